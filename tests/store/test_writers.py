"""Whatever the order, and however many write at once, the ledger holds the same."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from callreview.store.ledger import Ledger, open_ledger
from callreview.store.records import FileOutcome, ReviewRecord
from tests.store.conftest import a_run, moved, outcome_of

CALLS, AT_ONCE = 60, 4


def dump_of(path: Path, batches: Sequence[Sequence[FileOutcome]]) -> list[str]:
    with open_ledger(path) as ledger:
        ledger.begin_run(a_run("run"))
        for batch in batches:
            ledger.write("run", batch)
        return list(ledger.dump())


def test_the_order_of_files_makes_no_difference(tmp_path: Path, records: tuple[ReviewRecord, ...]) -> None:
    """Not even where the same talk lies in several files, with other titles and texts."""
    talk = records[0]
    copies = [
        replace(talk, call=replace(talk.call, path=f"/{name}.txt", title=name), notes=(name,))
        for name in ("b", "a", "c")
    ]
    outcomes = [replace(outcome_of(c), texts={c.call.id: f"as in {c.call.title}"}) for c in copies]
    dumps = [
        dump_of(tmp_path / f"{number}.db", [order[:1], [*order[1:], outcome_of(records[1])]])
        for number, order in enumerate(permutations(outcomes))
    ]
    assert all(dump == dumps[0] for dump in dumps)
    assert sum(line.startswith("reviews ") for line in dumps[0]) == 2
    assert any('"text": "as in a"' in line for line in dumps[0])


def write_all(store: str, run_id: str, outcomes: Sequence[FileOutcome], start: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    with open_ledger(store) as ledger:
        ledger.begin_run(a_run(run_id))
        for at in range(0, len(outcomes), AT_ONCE):
            ledger.write(run_id, outcomes[at : at + AT_ONCE])


@pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
def test_two_writers_at_once_neither_double_nor_lose(
    store: str, tmp_path: Path, records: tuple[ReviewRecord, ...]
) -> None:
    """They begin in the same moment, before there is a ledger, on the same files in opposite order."""
    outcomes = [outcome_of(moved(records[n % 3], f"{n:016x}", f"/calls/{n}")) for n in range(CALLS)]
    context = multiprocessing.get_context("fork")
    start = context.Barrier(2)
    orders = {"one": outcomes, "two": outcomes[::-1]}
    writers = [context.Process(target=write_all, args=(store, run, order, start)) for run, order in orders.items()]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with open_ledger(store) as ledger:
        assert list(ledger.dump()) == dump_of(tmp_path / "alone.db", [outcomes])
        assert sum(1 for _ in ledger.runs()) == 2


def test_a_batch_that_fails_leaves_nothing(ledger: Ledger, records: tuple[ReviewRecord, ...]) -> None:
    before = list(ledger.dump())
    broken = replace(outcome_of(records[1]), size=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match="size"):
        ledger.write("first", [outcome_of(records[0]), broken])
    assert list(ledger.dump()) == before
