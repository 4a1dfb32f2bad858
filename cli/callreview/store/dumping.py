"""The whole ledger as lines, the same for the same contents in whatever order and database they were written."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, Text, select

from callreview.store import schema

_OF_A_RUN = frozenset(["run_id", "reviewed_at"])
_TABLES = tuple(table for table in schema.metadata.sorted_tables if table is not schema.runs)


def dump(connection: Connection) -> Iterator[str]:
    """Each row as a line of JSON led by its table, without what differs from run to run: runs and their moments."""
    c_order = "C" if connection.dialect.name == "postgresql" else "BINARY"
    for table in _TABLES:
        order = [c.collate(c_order) if isinstance(c.type, Text) else c for c in table.primary_key.columns]
        columns = [column for column in table.columns if column.name not in _OF_A_RUN]
        rows = connection.execution_options(yield_per=1000).execute(select(*columns).order_by(*order))
        for row in rows.mappings():
            yield f"{table.name} {json.dumps(dict(row), ensure_ascii=False, sort_keys=True, default=str)}"
