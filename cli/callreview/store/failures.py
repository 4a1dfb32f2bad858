"""What the database says when it fails, in our words and with the way out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from callreview.errors import CallreviewError, Defect, Place, StoreError

_FULL = ("the disk is full: what was being written is not in the ledger", "free some space, then run again")
_READ_ONLY = ("the ledger may not be written", "ask for the right to write it and its folder, or name another --store")
_BUSY = ("another program has kept the ledger busy for long", "wait until it is done, then run again")
_DAMAGED = ("the ledger is damaged", "take the last backup; the transcripts can be reviewed again")
_NO_LEDGER = ("this file is no ledger, and was left as it is", "name another --store")
_UNREACHABLE = ("the database cannot be reached", "see that it runs, and that the address in --store is right")
_REFUSED = ("the database refuses this user", "see the user, the password and the rights in the database")

_SQLITE = {
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _NO_LEDGER,
    "SQLITE_IOERR": ("the ledger's file cannot be read or written", "see the disk that it lies on, then run again"),
}
_POSTGRES = {
    "53100": _FULL,
    "25006": _READ_ONLY,
    "42501": _REFUSED,
    "28": _REFUSED,
    "3D": ("there is no such database", "make it with createdb, or name another in --store"),
    "08": _UNREACHABLE,
    "57P": _UNREACHABLE,
    "55P03": _BUSY,
}
"""By the first characters of the SQLSTATE."""


def store_error(error: DBAPIError | sqlite3.Error, name: str, path: Path | None) -> CallreviewError:
    """The error for what a database says; a Defect where only a fault of our own can be the reason."""
    original = error.orig if isinstance(error, DBAPIError) else error
    place = Place(path=name)
    told = _sqlite(original, path) if isinstance(original, sqlite3.Error) else _postgres(original)
    if told is None:
        return Defect(error, place=place)
    return StoreError(told[0], place=place, hint=told[1])


def _sqlite(error: sqlite3.Error, path: Path | None) -> tuple[str, str] | None:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith("SQLITE_CANTOPEN"):
        return _cannot_open(path)
    return next((told for start, told in _SQLITE.items() if code.startswith(start)), None)


def _cannot_open(path: Path | None) -> tuple[str, str]:
    if path and path.is_dir():
        return "this is a folder, not a ledger", "name a file in it: --store FOLDER/ledger.db"
    if path and not path.absolute().parent.is_dir():
        return "there is no such folder", "make it first, or name another --store"
    if path and not path.exists():
        return "there is no ledger here", "`callreview batch` makes one; or name another --store"
    return "the ledger cannot be opened", "ask for the right to read and write it and its folder"


def _postgres(error: BaseException | None) -> tuple[str, str] | None:
    state = getattr(error, "sqlstate", None)
    if state is None:  # nobody answered
        words = " ".join(str(error).split())
        return f"{_UNREACHABLE[0]}: {words}", _UNREACHABLE[1]
    return next((told for start, told in _POSTGRES.items() if state.startswith(start)), None)
