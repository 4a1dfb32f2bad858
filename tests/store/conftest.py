"""Reviews of the shipped calls, and empty ledgers for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, find_transcripts, read_calls
from callreview.store.keys import key_of
from callreview.store.ledger import Ledger, open_ledger
from callreview.store.records import FileOutcome, OutcomeRecord, ReviewRecord, RunRecord, VerdictRecord
from callreview.store.taking import record_of
from tests.postgres import Server


@pytest.fixture(scope="session")
def records(reviewer: Reviewer) -> tuple[ReviewRecord, ...]:
    """The reviews of the shipped calls."""
    paths = find_transcripts([shipped.transcripts()])
    calls = [call for path in paths for call in read_calls(path, options=ReadOptions())]
    return tuple(record_of(reviewer.review(call)) for call in calls)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, in each database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def ledger(store: str) -> Iterator[Ledger]:
    """An empty ledger, in which the run `first` goes on."""
    with open_ledger(store) as ledger:
        ledger.begin_run(a_run("first"))
        yield ledger


def a_run(run_id: str) -> RunRecord:
    return RunRecord(
        id=run_id,
        started_at=datetime(2026, 9, 14, 2, 0, tzinfo=UTC),
        rubric_id="upselling",
        rubric_digest="sha256:one",
        program_version="0.1.0",
    )


def outcome_of(*reviews: ReviewRecord) -> FileOutcome:
    """What comes of the file in which these reviews' calls lie."""
    path = reviews[0].call.path or ""
    return FileOutcome(path=path, size=100, mtime_ns=1, content_hash=key_of(path), reviews=reviews)


def moved(review: ReviewRecord, call_id: str, path: str) -> ReviewRecord:
    """The review as if of another call, in another file."""
    return replace(review, call=replace(review.call, id=call_id, path=path))


def a_verdict_of(call_id: str, note: str = "") -> VerdictRecord:
    at = datetime(2026, 9, 15, 9, 0, tzinfo=UTC)
    return VerdictRecord(call_id=call_id, by="Alex Webb", at=at, prompt="outcome", level=2, note=note)


def an_outcome_of(call_id: str) -> OutcomeRecord:
    return OutcomeRecord(call_id=call_id, outcome="renewed", on=date(2026, 10, 1))
