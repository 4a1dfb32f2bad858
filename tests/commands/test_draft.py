import csv
import io
import json
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call
from callreview.store.ledger import open_ledger
from callreview.store.taking import record_of
from tests.commands.conftest import Run
from tests.commands.test_redact import CALL, SECRETS
from tests.store.conftest import a_run, outcome_of

SAMPLE = shipped.transcripts() / "2026-09-24-vet-clinics-reminders.txt"


@pytest.mark.parametrize(
    ("kind", "begins"),
    [("plan", "# Mutual action plan"), ("email", "Subject: "), ("crm", "{"), ("exit", "# Stage exit")],
)
def test_each_draft_is_printed(run: Run, kind: str, begins: str) -> None:
    result = run("draft", kind, SAMPLE)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith(begins)
    assert "under eight by the end of March" in result.out or kind == "exit"


def test_crm_fields_as_json_and_as_csv(run: Run) -> None:
    fields = json.loads(run("draft", "crm", SAMPLE).out)["fields"]
    rows = list(csv.DictReader(io.StringIO(run("draft", "crm", SAMPLE, "--format", "csv").out)))
    assert list(dict.fromkeys(row["field"] for row in rows)) == [field["field"] for field in fields]
    assert fields[3]["state"] == "recorded"


@pytest.mark.parametrize(
    "arguments", [["plan"], ["email"], ["exit"], ["crm"], ["crm", "--format", "csv"]], ids=" ".join
)
def test_nobody_is_named_where_masks_are_asked_for(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "thorben_brandvold.txt"
    file.write_text(CALL)
    kind, *rest = arguments
    masked = run("draft", kind, file, *rest, "--seller", "Marisela Okonjo", "--redact")
    assert masked.status == 0
    assert [secret for secret in SECRETS if secret in masked.out.lower() and secret not in ("vance", "ingrid")] == []


def test_a_call_of_the_ledger_is_drafted_from_its_transcript(run: Run, reviewer: Reviewer, tmp_path: Path) -> None:
    transcript, store = tmp_path / "call.txt", tmp_path / "calls.db"
    transcript.write_text(SAMPLE.read_text())
    review = reviewer.review(read_call(transcript, options=ReadOptions()))
    with open_ledger(store) as ledger:
        ledger.begin_run(a_run("first"))
        ledger.write("first", [outcome_of(record_of(review))])
    known = review.call.id[:8]
    assert run("draft", "plan", known, "--store", store).out == run("draft", "plan", transcript).out
    assert run("draft", "plan", "nosuchcall", "--store", store).status == 2
    transcript.write_text(SAMPLE.read_text().replace("fourteen percent", "thirteen percent"))
    changed = run("draft", "plan", known, "--store", store)
    assert changed.status == 3
    assert "the transcript has changed" in changed.err


def test_errors_name_nobody_either_where_masks_are_asked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "thorben.txt"
    file.write_text(CALL)
    result = run("draft", "plan", file, "--seller", "Nobody Here", "--redact")
    assert result.status == 2
    assert [secret for secret in SECRETS if secret in (result.out + result.err).lower() and secret != "thorben"] == []
