"""Many keys at once: more than a database takes in one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert

from callreview.store.rows import Values

_MOST_KEYS = 5_000


def asked(connection: Connection, question: Any, column: Column[Any], keys: Iterable[str]) -> Iterator[Any]:
    """The rows of a question of which a column has one of many values."""
    for some in _some(keys):
        yield from connection.execute(question.where(column.in_(some)))


def delete_all(connection: Connection, column: Column[Any], keys: Iterable[str]) -> None:
    """Delete the rows of which a column has one of many values."""
    for some in _some(keys):
        connection.execute(delete(column.table).where(column.in_(some)))


def insert_all(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Insert rows, which may be none."""
    if rows:
        connection.execute(insert(table), rows)


def _some(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _MOST_KEYS)):
        yield some
