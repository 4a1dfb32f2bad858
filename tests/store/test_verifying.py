"""Each stored quote is compared with its source, and what became of sources is told apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, find_transcripts, read_calls
from callreview.store import schema
from callreview.store.ledger import Ledger
from callreview.store.taking import record_of
from callreview.store.verifying import Standing, Verified
from tests.store.conftest import outcome_of

TRANSCRIPT = "Dana (AE, Acme): What outcome do you want?\nSam (Buyer): We want tickets under four hours by March.\n"


@pytest.fixture
def source(tmp_path: Path, ledger: Ledger, reviewer: Reviewer) -> Path:
    """A transcript whose review is in the ledger."""
    path = tmp_path / "calls" / "acme.txt"
    path.parent.mkdir()
    path.write_text(TRANSCRIPT)
    (call,) = read_calls(path, options=ReadOptions())
    record = record_of(reviewer.review(call))
    ledger.write("first", [replace(outcome_of(record), size=path.stat().st_size)])
    return path


def verified(ledger: Ledger, *folders: Path) -> Verified:
    (found,) = ledger.verify(ReadOptions(), folders)
    return found


def test_a_source_as_it_was_proves_all_quotes(ledger: Ledger, source: Path) -> None:
    found = verified(ledger)
    assert (found.standing, found.found_at, found.wrong) == (Standing.PROVED, str(source), ())
    assert found.quotes > 0


Act = Callable[[Path], object]


def add_a_line(path: Path) -> None:
    path.write_text(TRANSCRIPT + "Dana: Good.\n")


def empty(path: Path) -> None:
    path.write_text("")


@pytest.mark.parametrize(
    ("act", "standing"),
    [
        (add_a_line, Standing.CHANGED),
        (Path.unlink, Standing.MISSING),
        (empty, Standing.UNREADABLE),
        (lambda path: path.rename(path.with_name("renamed.txt")), Standing.MOVED),
        (lambda path: path.rename(path.parents[1] / "moved.txt"), Standing.MISSING),
    ],
)
def test_what_became_of_a_source_is_told_apart(ledger: Ledger, source: Path, act: Act, standing: Standing) -> None:
    act(source)
    assert verified(ledger).standing is standing


def test_a_moved_source_is_found_where_one_says(ledger: Ledger, source: Path, tmp_path: Path) -> None:
    source.rename(tmp_path / "moved.txt")
    found = verified(ledger, tmp_path)
    assert (found.standing, found.found_at) == (Standing.MOVED, str(tmp_path / "moved.txt"))


def test_a_quote_that_was_tampered_with_is_found(ledger: Ledger, source: Path) -> None:
    with ledger.database.writing() as connection:
        connection.execute(update(schema.evidence).values(quote="We want everything."))
    found = verified(ledger)
    assert found.standing is Standing.WRONG
    assert {quote.quote for quote in found.wrong} == {"We want everything."}


def test_all_quotes_of_the_shipped_calls_stand(ledger: Ledger, reviewer: Reviewer) -> None:
    for path in find_transcripts([shipped.transcripts()]):
        for call in read_calls(path, options=ReadOptions()):
            ledger.write("first", [outcome_of(record_of(reviewer.review(call)))])
    assert {found.standing for found in ledger.verify(ReadOptions())} == {Standing.PROVED}
