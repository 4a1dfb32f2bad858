"""The ledger's tables as files for warehouses: streamed, and put in their places only when all are written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Double, Integer, Table, Text, select, type_coerce

from callreview.errors import CallreviewError, Place, UsageError
from callreview.store import schema
from callreview.store.asking import asked
from callreview.store.columns import FilePath, Json, Moment
from callreview.store.keys import review_id
from callreview.store.loading import Wanted, load
from callreview.store.records import ReviewRecord
from callreview.store.rows import call_row, review_row
from callreview.store.writing import PARTS

if TYPE_CHECKING:
    import pyarrow

TABLES = tuple(table for table in schema.metadata.sorted_tables if table is not schema.forgotten)
_OF_REVIEWS = (schema.calls, schema.reviews, *(table for table, _ in PARTS))
_NAMELESS: Mapping[str, Mapping[str, str | None]] = {
    "files": {"path": None, "reason": None},
    "verdicts": {"by": "", "note": ""},
    "outcomes": {"note": ""},
}
"""What stands for words that may name somebody."""
_PLACES = frozenset(["sentence_start", "sentence_end", "match_start", "match_end"])
_AT_ONCE = 2_000
"""Rows that are written together."""

Rows: TypeAlias = Sequence[Mapping[str, Any]]
Mask: TypeAlias = Callable[[ReviewRecord], ReviewRecord]
Format: TypeAlias = Literal["parquet", "csv"]


def export(connection: Connection, folder: Path, format: Format, mask: Mask | None = None) -> Mapping[str, int]:
    """Write each table into a file of the folder, and tell the number of its rows.

    With `mask`, reviews are written as it gives them, and what else may name people is left out: texts, paths,
    reasons, notes, and who gave a verdict. Raises CallreviewError where it cannot be written.
    """
    tables = [table for table in TABLES if mask is None or table is not schema.texts]
    names = {table.name: f"{table.name}.{format}" for table in tables}
    with _put_in_place(folder, list(names.values())) as beside, ExitStack() as files:
        sinks = {t.name: files.enter_context(_Sink(t, beside / names[t.name], format)) for t in tables}
        for table, rows in _all_rows(connection, tables, mask):
            sinks[table.name].write(rows)
    return {name: sink.count for name, sink in sinks.items()}


# --- rows ----------------------------------------------------------------------------------------


def _all_rows(connection: Connection, tables: Sequence[Table], mask: Mask | None) -> Iterator[tuple[Table, Rows]]:
    if mask:
        yield from _masked_reviews(connection, mask)
        tables = [table for table in tables if table not in _OF_REVIEWS]
    for table in tables:
        nameless = _NAMELESS.get(table.name, {}) if mask else {}
        for rows in _stored(connection, table):
            yield table, [{**row, **nameless} for row in rows]


def _stored(connection: Connection, table: Table) -> Iterator[Rows]:
    """The rows of a table, some at a time; JSON and paths as the text that they are stored as."""
    columns = [type_coerce(c, Text).label(c.name) if isinstance(c.type, (Json, FilePath)) else c for c in table.columns]
    query = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
    for rows in connection.execute(query).partitions():
        yield [row._asdict() for row in rows]


def _masked_reviews(connection: Connection, mask: Mask) -> Iterator[tuple[Table, Rows]]:
    """The rows of masked reviews and their calls; places are those in the turns as they were said."""
    records = load(connection, Wanted(every=True))
    last = None
    while some := [(record, mask(record)) for record in islice(records, _AT_ONCE // 10)]:
        calls = [next(same)[1].call for _, same in groupby(some, key=lambda pair: pair[0].call.id)]
        yield schema.calls, [_as_stored(schema.calls, call_row(call)) for call in calls if call.id != last]
        last = calls[-1].id
        yield schema.reviews, list(_masked_rows(connection, [masked for _, masked in some]))
        for table, rows_of in PARTS:
            pairs = [pair for record, masked in some for pair in zip(rows_of(record), rows_of(masked), strict=True)]
            yield table, [row | {key: said[key] for key in _PLACES & row.keys()} for said, row in pairs]


def _masked_rows(connection: Connection, reviews: Sequence[ReviewRecord]) -> Iterator[Mapping[str, Any]]:
    """The rows of the reviews alone, with when and by which run each was taken."""
    r = schema.reviews.c
    taken = asked(connection, select(r.id, r.reviewed_at, r.run_id), r.id, map(review_id, reviews))
    by_id = {row.id: {"reviewed_at": row.reviewed_at, "run_id": row.run_id} for row in taken}
    return (_as_stored(schema.reviews, review_row(review)) | by_id[review_id(review)] for review in reviews)


def _as_stored(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    kinds = {name: table.c[name].type for name in row}
    return {
        name: kind.process_bind_param(row[name], None) if isinstance(kind, (Json, FilePath)) else row[name]
        for name, kind in kinds.items()
    }


# --- files ---------------------------------------------------------------------------------------


class _Sink:
    """One file that rows are appended to."""

    def __init__(self, table: Table, path: Path, format: Format) -> None:
        pa = _pyarrow()
        self._schema = pa.schema([(column.name, _arrow_type(column)) for column in table.columns])
        self._path, self._format = path, format
        self.count = 0

    def __enter__(self) -> _Sink:
        from pyarrow import csv, parquet

        kind: Any = parquet.ParquetWriter if self._format == "parquet" else csv.CSVWriter
        self._writer = kind(str(self._path), self._schema)
        return self

    def write(self, rows: Rows) -> None:
        """Append rows; columns that are missing in them are null."""
        pa = _pyarrow()
        columns = [pa.array([row.get(f.name) for row in rows], type=f.type) for f in self._schema]
        self._writer.write(pa.record_batch(columns, schema=self._schema))
        self.count += len(rows)

    def __exit__(self, *_: object) -> None:
        self._writer.close()


def _arrow_type(column: Column[Any]) -> pyarrow.DataType:
    pa = _pyarrow()
    kinds = {
        Boolean: pa.bool_(),
        Date: pa.date32(),
        Moment: pa.timestamp("us", tz="UTC"),
        Double: pa.float64(),
        BigInteger: pa.int64(),
        Integer: pa.int32(),
    }
    return next((arrow for kind, arrow in kinds.items() if isinstance(column.type, kind)), pa.string())


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise UsageError(
            "exporting needs a library that is not installed", hint="pip install 'callreview[export]'"
        ) from None
    return pyarrow


@contextmanager
def _put_in_place(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """A folder to write files in; they take their places together, and none does where something fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".export-") as beside:
            yield Path(beside)
            for name in names:
                _sync(Path(beside, name))
            for name in names:
                Path(beside, name).replace(folder / name)
            _sync(folder)
    except OSError as error:
        raise CallreviewError(
            f"the export cannot be written: {error.strerror or error}; what was there before is as it was",
            place=Place(path=str(folder)),
            hint="name a folder that may be written, with room in it: --to FOLDER",
        ) from None


def _sync(path: Path) -> None:
    """Have the system write it down; a folder only where the system can."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
