"""Stores that cannot be opened or written end in a message with the way out, and stay as they are."""

from __future__ import annotations

import os
import pwd
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import event

from callreview.errors import StoreError, UsageError
from callreview.store.ledger import Ledger, open_ledger
from callreview.store.records import ReviewRecord
from tests.store.conftest import a_run, moved, outcome_of


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dana: hello\n" * 500)
    with pytest.raises(StoreError, match="this file is no ledger, and was left as it is"):
        open_ledger(file)
    assert file.read_text() == "Dana: hello\n" * 500


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "crm.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE deals (id)")
    with pytest.raises(StoreError, match=r"of another program; it holds deals"):
        open_ledger(file)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("deals",)]


def test_a_ledger_of_a_newer_callreview_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    open_ledger(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE callreview_schema SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"a newer callreview wrote this ledger .*\n  help: nothing was changed"):
        open_ledger(file)


@pytest.mark.parametrize(
    ("name", "told"),
    [("none.db", "there is no ledger here"), (".", "this is a folder"), ("no/such.db", "there is no such folder")],
)
def test_what_is_not_there_is_told_apart(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        open_ledger(tmp_path / name, create=False)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("address", ["mysql://localhost/x", "sqlite:///x.db", "postgresql://localhost/x", "://"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(UsageError, match="name a file for SQLite, or postgresql"):
        open_ledger(address)


def test_a_database_that_nobody_serves_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be reached") as raised:
        open_ledger(f"postgresql+psycopg://dana:secret@/calls?host={tmp_path}")
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_full_disk_writes_nothing_of_the_batch(ledger: Ledger, records: tuple[ReviewRecord, ...]) -> None:
    ledger.write("first", [outcome_of(records[0])])
    before = list(ledger.dump())
    engine = ledger.database.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count = 60"))
    many = [outcome_of(moved(records[0], f"{n:016x}", f"/calls/{n}")) for n in range(100)]
    with pytest.raises(StoreError, match=r"the disk is full: .*\n  help: free some space"):
        ledger.write("first", many)
    assert list(ledger.dump()) == before


@pytest.fixture
def somebody_else() -> Iterator[Callable[[], None]]:
    """Makes this process one of a user without rights."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody else")
    yield lambda: os.seteuid(pwd.getpwnam("nobody").pw_uid)
    os.seteuid(0)


@pytest.mark.parametrize("log_is_there", [False, True])
def test_a_ledger_that_may_only_be_read(
    records: tuple[ReviewRecord, ...], somebody_else: Callable[[], None], log_is_there: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_on:
        Path(folder).chmod(0o755)
        file = Path(folder, "ledger.db")
        ledger = open_on.enter_context(open_ledger(file))
        ledger.begin_run(a_run("first"))
        ledger.write("first", [outcome_of(records[0])])
        if not log_is_there:
            open_on.close()
        somebody_else()
        with open_ledger(file, read_only=True) as readable:
            assert list(readable.reviews()) == [records[0]]
        with pytest.raises(StoreError, match="the ledger may not be written"), open_ledger(file) as readable:
            readable.end_run("first", {}, "done")
        os.seteuid(0)
