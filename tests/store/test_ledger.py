"""What is written comes back, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from time import process_time
from typing import Self

import pytest
from sqlalchemy import event

from callreview.store.ledger import Ledger
from callreview.store.records import ReviewRecord, Written
from tests.store.conftest import moved, outcome_of

Records = tuple[ReviewRecord, ...]


def test_a_review_comes_back_as_it_was_written(ledger: Ledger, records: Records) -> None:
    ledger.write("first", [outcome_of(record) for record in records])
    assert {record.call.id: record for record in ledger.reviews()} == {r.call.id: r for r in records}


def test_reviewing_again_changes_nothing_and_a_new_rubric_adds(ledger: Ledger, records: Records) -> None:
    record = records[0]
    newer = replace(record, rubric_digest="sha256:newer")
    assert ledger.write("first", [outcome_of(record)]) == Written(added=1)
    assert ledger.write("first", [outcome_of(record)]) == Written(unchanged=1)
    assert ledger.write("first", [outcome_of(newer)]) == Written(added=1)
    assert list(ledger.reviews()) == [newer]
    assert list(ledger.reviews(every=True)) == [record, newer]
    assert list(ledger.reviews(rubric=record.rubric_digest)) == [record]


def test_a_clock_that_was_set_back_makes_no_old_review_the_latest(
    ledger: Ledger, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.write("first", [outcome_of(records[0])])
    monkeypatch.setattr("callreview.store.ledger.datetime", Yesterday)
    newer = replace(records[0], rubric_digest="sha256:newer")
    ledger.write("first", [outcome_of(newer)])
    assert list(ledger.reviews()) == [newer]


class Yesterday(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) - timedelta(days=1)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_thousand_calls_load_in_about_a_second(ledger: Ledger, records: Records) -> None:
    many = [moved(records[n % len(records)], f"{n:016x}", f"/calls/{n}") for n in range(1000)]
    ledger.write("first", [outcome_of(record) for record in many])
    asked: list[str] = []
    event.listen(ledger.database.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    began = process_time()
    assert sum(1 for _ in ledger.reviews()) == 1000
    assert process_time() - began < 4  # 0.6 s on an idle machine
    assert len(asked) < 15
