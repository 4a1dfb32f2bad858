"""One run a ledger: a lock that the system takes back from a process that ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callreview.errors import CallreviewError, Place, StoreError
from callreview.store.connection import Database

_KEY = 0x6361_6C6C_6261
"""The advisory lock of PostgreSQL that a run holds."""


class AnotherRun(CallreviewError):
    """Another run works on the same ledger."""

    exit_status = 75
    """What system programs end with where it is worth trying again later (EX_TEMPFAIL)."""


@contextmanager
def only_run(database: Database) -> Iterator[None]:
    """Holds the right to be the only run on a ledger; raises AnotherRun where it is taken."""
    with _beside(database.path) if database.path else _within(database):
        yield


@contextmanager
def _beside(store: Path) -> Iterator[None]:
    """A lock on a file beside the ledger, which stays there and means nothing without a process that holds it."""
    from filelock import FileLock, Timeout

    lock = FileLock(store.with_name(f"{store.name}.lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise _another(str(store)) from None
    except OSError as error:
        raise StoreError(
            f"no file can be made beside the ledger: {error.strerror}",
            place=Place(path=str(store)),
            hint="ask for the right to write its folder, or see whether the disk is full",
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _within(database: Database) -> Iterator[None]:
    """A lock of PostgreSQL, which ends with the connection."""
    from sqlalchemy import text

    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY}).scalar():
            raise _another(database.name)
        try:
            yield
        finally:
            connection.invalidate()  # the server lets go of the lock, as it does for a process that was killed


def _another(store: str) -> AnotherRun:
    return AnotherRun(
        "another run works on this ledger",
        place=Place(path=store),
        hint="wait until it is done; a run that was killed is in nobody's way",
    )
