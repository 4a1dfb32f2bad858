"""What is exported is what the ledger holds, as a warehouse reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from callreview.errors import CallreviewError
from callreview.store import exporting
from callreview.store.exporting import TABLES, Format
from callreview.store.ledger import Ledger
from callreview.store.records import ReviewRecord
from tests.store.conftest import a_verdict_of, an_outcome_of, moved, outcome_of

Records = tuple[ReviewRecord, ...]
FORMATS = pytest.mark.parametrize("format", ["parquet", "csv"])


def asked(folder: Path, question: str, format: Format) -> list[tuple[Any, ...]]:
    """The answer of a warehouse that has but these files."""
    with duckdb.connect() as warehouse:
        for file in folder.glob(f"*.{format}"):
            warehouse.execute(f"CREATE VIEW {file.stem} AS FROM read_{format}('{file}')")
        return warehouse.execute(question).fetchall()


@pytest.fixture
def filled(ledger: Ledger, records: Records) -> Ledger:
    outcomes = [outcome_of(replace(r, call=replace(r.call, date=date(2026, 9, n)))) for n, r in enumerate(records, 1)]
    ledger.write("first", [replace(outcomes[0], texts={records[0].call.id: "Dana: Hello."}), *outcomes[1:]])
    ledger.add_verdict(a_verdict_of(records[0].call.id, note='"well", he said,\nand left'))
    ledger.add_outcome(an_outcome_of(records[0].call.id))
    return ledger


@FORMATS
def test_a_warehouse_reads_every_table(filled: Ledger, records: Records, tmp_path: Path, format: Format) -> None:
    counts = filled.export(tmp_path / "out", format)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {f"{table.name}.{format}" for table in TABLES}
    for table, count in counts.items():
        assert asked(tmp_path / "out", f"SELECT count(*) FROM {table}", format) == [(count,)]
    question = """SELECT c.id, c.date, r.percent, s.words, r.upsell, e.quote
        FROM calls c JOIN reviews r ON r.call_id = c.id JOIN speakers s ON s.review_id = r.id
        JOIN evidence e ON e.review_id = r.id WHERE s.position = 0 AND e.position = 0 ORDER BY c.date"""
    assert asked(tmp_path / "out", question, format) == [
        (r.call.id, date(2026, 9, n), r.percent, r.call.speakers[0].words, r.upsell, r.quotes[0].quote)
        for n, r in enumerate(records, 1)
    ]
    assert asked(tmp_path / "out", "SELECT note FROM verdicts", format) == [('"well", he said,\nand left',)]


def test_many_rows_are_streamed(filled: Ledger, records: Records, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", 20)
    filled.write("first", [outcome_of(moved(records[0], f"{n:016x}", f"/calls/{n}")) for n in range(50)])
    assert filled.export(tmp_path, "parquet")["calls"] == 53
    assert filled.export(tmp_path, "parquet", mask=lambda record: record)["calls"] == 53
    assert asked(tmp_path, "SELECT count(DISTINCT id) FROM calls", "parquet") == [(53,)]


@FORMATS
def test_what_is_masked_is_all_that_goes_out(filled: Ledger, tmp_path: Path, format: Format) -> None:
    def mask(record: ReviewRecord) -> ReviewRecord:
        return replace(record, call=replace(record.call, title="[NAME]", path=None), notes=("ü",))

    filled.export(tmp_path / "plain", format)
    filled.export(tmp_path / "masked", format, mask)
    assert not (tmp_path / "masked" / f"texts.{format}").exists()
    plain = asked(
        tmp_path / "plain",
        "SELECT * EXCLUDE (title, notes, path) FROM calls c JOIN reviews r ON c.id = call_id ORDER BY c.id",
        format,
    )
    assert plain == asked(
        tmp_path / "masked",
        "SELECT * EXCLUDE (title, notes, path) FROM calls c JOIN reviews r ON c.id = call_id ORDER BY c.id",
        format,
    )
    assert asked(
        tmp_path / "masked", "SELECT DISTINCT title, notes FROM calls c JOIN reviews r ON c.id = call_id", format
    ) == [("[NAME]", '["ü"]')]
    assert asked(tmp_path / "masked", "SELECT count(path) FROM files", format) == [(0,)]


def test_a_failure_leaves_the_last_export(filled: Ledger, tmp_path: Path, monkeypatch: Any) -> None:
    filled.export(tmp_path, "csv")
    before = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    filled.add_verdict(a_verdict_of(next(filled.reviews()).call.id, note="another"))
    monkeypatch.setattr(exporting, "_sync", full)
    with pytest.raises(CallreviewError, match="No space left on device; what was there before is as it was"):
        filled.export(tmp_path, "csv")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.suffix == ".csv"} == before
    assert not list(tmp_path.glob(".export-*"))
