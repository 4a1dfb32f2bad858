"""The command from the ledger to each of its outputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call
from callreview.ingest.formats import callreview_json
from callreview.store.ledger import open_ledger
from callreview.store.records import FileOutcome, RunRecord
from callreview.store.taking import record_of
from tests.commands.conftest import Run

CALLS = sorted(path for path in shipped.transcripts().iterdir() if path.suffix != ".toml")
WEEK = "2026-W41"


@pytest.fixture(scope="module")
def stored(reviewer: Reviewer, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`stored()` is a ledger of the shipped calls in one week, with sources that can be read again."""
    folder = tmp_path_factory.mktemp("calls")
    for path in shipped.transcripts().iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    outcomes = []
    for path in CALLS:
        call = replace(read_call(folder / path.name, options=ReadOptions()), date=date(2026, 10, 7))
        outcomes.append((record_of(reviewer.review(call)), callreview_json.write(call)))

    def ledger(*, name: str = "ledger", keep: bool = False, sources: bool = True) -> Path:
        store = folder / f"{name}.db"
        with open_ledger(store) as opened:
            opened.begin_run(
                RunRecord(
                    id="one",
                    started_at=datetime(2026, 10, 8, tzinfo=UTC),
                    rubric_id="upselling",
                    rubric_digest=reviewer.rubric.digest,
                    program_version="0",
                )
            )
            for record, text in outcomes:
                path = record.call.path if sources else "/gone.txt"
                review = replace(record, call=replace(record.call, path=path))
                texts = {record.call.id: text} if keep else {}
                opened.write(
                    "one",
                    [
                        FileOutcome(
                            path=f"{path} {record.call.id}",
                            size=1,
                            mtime_ns=1,
                            content_hash=record.call.id,
                            reviews=(review,),
                            texts=texts,
                        )
                    ],
                )
        return store

    return ledger


@pytest.fixture(scope="module")
def store(stored: Callable[..., Path]) -> Path:
    return stored()


def test_the_week_is_printed(run: Run, store: Path) -> None:
    result = run("week", WEEK, "--store", store)
    assert (result.status, result.err) == (0, "")
    assert "5 October to 11 October 2026" in result.out
    assert "3 calls" in result.out
    assert "n too small" in result.out


@pytest.mark.parametrize("format", ["markdown", "csv", "json", "html"])
def test_all_formats_are_written_into_a_file(run: Run, store: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    result = run("week", WEEK, "--store", store, "--format", format, "--out", out)
    assert (result.status, result.out, result.err) == (0, "", "")
    assert WEEK in out.read_text()


def test_indicators_come_from_the_reviews(run: Run, store: Path) -> None:
    found = json.loads(run("week", WEEK, "--store", store, "--format", "json").out)
    names = [i["id"] for i in found["everybody"]["indicators"]]
    assert names == ["problems", "problem_kinds", "security", "finance", "operations", "steps", "complete_steps"]
    assert all(i["now"]["calls"] == 3 and i["now"]["mean"] is None for i in found["everybody"]["indicators"])


def test_a_page_has_the_transcripts_whose_source_is_still_the_same(run: Run, store: Path, tmp_path: Path) -> None:
    page = tmp_path / "week.html"
    run("week", WEEK, "--store", store, "--format", "html", "--out", page)
    assert page.read_text().count("could not be read again") == 0
    run("week", WEEK, "--store", store, "--format", "html", "--out", page, "--transcripts", "none")
    assert page.read_text().count("could not be read again") == 3
    with open_ledger(store, read_only=True) as ledger:
        source = Path(next(ledger.reviews()).call.path or "")
    before = source.read_bytes()
    source.write_bytes(before.replace(b" the ", b" our ", 1))
    run("week", WEEK, "--store", store, "--format", "html", "--out", page)
    source.write_bytes(before)
    assert page.read_text().count("could not be read again") == 1


def test_a_text_that_was_kept_needs_no_source(run: Run, stored: Callable[..., Path], tmp_path: Path) -> None:
    page = tmp_path / "week.html"
    gone = stored(name="gone", sources=False)
    run("week", WEEK, "--store", gone, "--format", "html", "--out", page)
    assert page.read_text().count("could not be read again") == 3
    kept = stored(name="kept", sources=False, keep=True)
    run("week", WEEK, "--store", kept, "--format", "html", "--out", page)
    assert page.read_text().count("could not be read again") == 0


@pytest.mark.parametrize("format", ["terminal", "markdown", "csv", "json", "html"])
def test_redacted_nobody_is_named(run: Run, store: Path, tmp_path: Path, format: str) -> None:
    with open_ledger(store, read_only=True) as ledger:
        speakers = {s.name for r in ledger.reviews() for s in r.call.speakers}
    parts = {part.lower() for name in speakers for part in name.split() if len(part) > 3}
    plain, masked = tmp_path / "plain", tmp_path / "masked"
    run("week", WEEK, "--store", store, "--format", format, "--out", plain)
    assert run("week", WEEK, "--store", store, "--format", format, "--out", masked, "--redact").status == 0
    assert any(part in plain.read_text().lower() for part in parts)
    assert [part for part in parts if part in masked.read_text().lower()] == []
    assert "Rep 1" in masked.read_text()


def test_a_rep_is_filtered_also_where_names_are_masked(run: Run, store: Path) -> None:
    with open_ledger(store, read_only=True) as ledger:
        rep = next(r.call.rep.name for r in ledger.reviews() if r.call.rep)
    found = json.loads(run("week", WEEK, "--store", store, "--rep", rep, "--format", "json", "--redact").out)
    assert [r["name"] for r in found["reps"]] == [found["rep"]]
    assert found["rep"].startswith("Rep ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["2026-47"], "weeks are named as in 2026-W47"),
        ([WEEK, "--rep", "Nobody"], "--rep: no call of 'Nobody' in these weeks"),
        ([WEEK, "--team", "Nowhere"], "--team: no call of 'Nowhere' in these weeks"),
        ([WEEK, "--format", "html"], "say where it is to go"),
        ([WEEK, "--out", "/no/such/folder/week.md"], "name a file in a folder that exists"),
    ],
)
def test_wrong_usage_tells_the_way_out(run: Run, store: Path, arguments: list[str], told: str) -> None:
    result = run("week", *arguments, "--store", store)
    assert (result.status, result.out) == (2, "")
    assert told in result.err


def test_without_a_ledger_the_way_out_is_told(run: Run, tmp_path: Path) -> None:
    result = run("week", "--store", tmp_path / "no.db")
    assert result.status != 0
    assert "there is no ledger here" in result.err
    assert not (tmp_path / "no.db").exists()


def test_without_a_name_it_is_the_last_whole_week(run: Run, store: Path) -> None:
    year, week, _ = date.fromordinal(date.today().toordinal() - 7).isocalendar()
    assert f"Week {year}-W{week:02}" in run("week", "--store", store).out
