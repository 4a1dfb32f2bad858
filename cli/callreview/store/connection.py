"""The database of a ledger: SQLite where a path is given, PostgreSQL by its address.

Writers wait for each other: a transaction that writes takes the one right to write as it begins, so that what it
reads still holds when it writes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.url import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from callreview.errors import Place, StoreError, UsageError
from callreview.store.failures import store_error

Mode: TypeAlias = Literal["ro", "rw", "rwc"]
"""Only read; read and write what is there; make it where it is not there."""

BUSY_S = 30.0
"""How long a writer waits for another one."""

_POSTGRES = "postgresql+psycopg"
_ADDRESSES = "name a file for SQLite, or postgresql+psycopg://USER@HOST/DATABASE"
_WRITES = "callreview_writes"
_LOCK = 0x63616C6C
"""The advisory lock of PostgreSQL that writers take."""


class Database:
    """Transactions on one database; whatever fails in them becomes a StoreError. `name` is without passwords."""

    def __init__(self, store: str | Path, mode: Mode) -> None:
        self.path = None if "://" in str(store) else Path(store)
        self.engine = _sqlite(self.path, mode) if self.path else _postgres(str(store))
        self.name = str(self.path) if self.path else self.engine.url.render_as_string(hide_password=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of ours alone."""
        return self.path is not None

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; it is committed whole or not at all."""
        with self._told(), self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees the ledger as it is now, whatever is written meanwhile."""
        with self._told(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def clean_up(self) -> None:
        """Make what was deleted unreadable also in the files of the database.

        StoreError where somebody reads on: then the deleted bytes are in the write-ahead log still.
        """
        if not self.is_sqlite:
            with self._told(), self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM FULL")
            return
        with self._told(), closing(self.engine.raw_connection()) as connection:
            done = _overwrite(connection.cursor())
        if not done:
            raise StoreError(
                "all is deleted, but another program still reads the ledger, so that the bytes are not overwritten",
                place=Place(path=self.name),
                hint="let the other program end, then give the same command again",
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            raise store_error(error, self.name, self.path) from error


def _sqlite(path: Path, mode: Mode) -> Engine:
    address = path.absolute().as_uri()
    query = {"uri": "true", "mode": mode} | ({"immutable": "1"} if mode == "ro" and _is_still(path) else {})
    url = URL.create("sqlite", database=address, query=query)
    engine = create_engine(url, connect_args={"timeout": BUSY_S})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        connection.execute("PRAGMA foreign_keys = ON")
        if mode != "ro":
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _overwrite(cursor: Any) -> bool:
    """Rebuild the file and empty the log; False where others keep that from being done."""
    try:
        cursor.execute("VACUUM")
        (busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return False
        raise
    return not busy


def _is_still(path: Path) -> bool:
    """Whether nobody can be writing: SQLite otherwise wants to make files beside the database even to read it."""
    effective = os.access in os.supports_effective_ids
    writable = os.access(path.absolute().parent, os.W_OK, effective_ids=effective)
    return not writable and not path.with_name(f"{path.name}-wal").exists()


def _postgres(address: str) -> Engine:
    try:
        url = make_url(address)
    except ArgumentError:
        raise UsageError(f"this is no address of a database: {address!r}", hint=_ADDRESSES) from None
    if url.drivername != _POSTGRES:
        raise UsageError(f"a ledger does not live in {url.drivername!r}", hint=_ADDRESSES)
    try:
        return create_engine(url, pool_pre_ping=True)
    except ImportError:
        raise UsageError(
            "PostgreSQL needs a driver that is not installed", hint="pip install 'callreview[postgres]'"
        ) from None
