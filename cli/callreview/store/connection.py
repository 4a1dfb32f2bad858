"""Opening the database of a ledger: SQLite where a path is given, PostgreSQL by its address.

Writers wait for each other: a transaction that writes takes the one right to write as it begins, so that what it
reads still holds when it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

BUSY_MS = 30_000
"""How long a writer waits for another one."""

_WRITES = "callreview_writes"
_LOCK = 0x63616C6C
"""The advisory lock of PostgreSQL that writers take."""


def engine_of(store: str | Path, *, read_only: bool) -> Engine:
    """The engine for a path or an address."""
    address = str(store)
    return create_engine(address) if "://" in address else _sqlite(Path(address), read_only=read_only)


def _sqlite(path: Path, *, read_only: bool) -> Engine:
    query = {"uri": "true", "mode": "ro" if read_only else "rwc"}
    url = URL.create("sqlite", database=path.absolute().as_uri(), query=query)
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # transactions begin as we say, not as the driver guesses
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes; it is committed whole or not at all."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the ledger as it is now, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection
