"""What a batch of outcomes changes in the ledger.

The same talk may lie in several files. What the ledger tells of it then comes from the file whose path sorts first,
so that the order in which files are reviewed makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, insert, select

from callreview.store import schema
from callreview.store.keys import file_id, forgotten_hash, review_id
from callreview.store.records import FileOutcome, ReviewRecord, Written
from callreview.store.rows import (
    Values,
    answer_rows,
    call_row,
    evidence_rows,
    review_row,
    speaker_rows,
    violation_rows,
)

_MOST_KEYS = 5_000
"""Keys in one question to the database."""

_PARTS = (
    (schema.speakers, speaker_rows),
    (schema.answers, answer_rows),
    (schema.evidence, evidence_rows),
    (schema.violations, violation_rows),
)


def write_outcomes(connection: Connection, outcomes: Sequence[FileOutcome], *, run_id: str, now: datetime) -> Written:
    """Write what came of some files, within the transaction of the connection."""
    records = [review for outcome in outcomes for review in outcome.reviews]
    forgotten = _forgotten_calls(connection, {record.call.id for record in records})
    kept = [record for record in records if record.call.id not in forgotten]
    reviews = _first_by_path((review_id(record), record) for record in kept)
    known = _paths(connection, schema.reviews, reviews)
    added = [record for key, record in reviews.items() if key not in known]
    better = [record for key, record in reviews.items() if key in known and _path(record) < known[key]]
    _write_calls(connection, kept, added)
    _write_texts(connection, outcomes, forgotten)
    _delete(connection, schema.reviews.c.id, map(review_id, better))
    insert_reviews(connection, [*added, *better], run_id=run_id, now=now)
    _write_files(connection, outcomes, run_id, forgotten)
    return Written(added=len(added), unchanged=len(kept) - len(added), forgotten=len(records) - len(kept))


def insert_reviews(connection: Connection, records: Sequence[ReviewRecord], *, run_id: str, now: datetime) -> None:
    """Insert reviews of calls that are there, as taken now by this run."""
    taken = {"reviewed_at": now, "run_id": run_id}
    _insert(connection, schema.reviews, [review_row(record) | taken for record in records])
    for table, rows_of in _PARTS:
        _insert(connection, table, [row for record in records for row in rows_of(record)])


def _write_calls(connection: Connection, kept: Iterable[ReviewRecord], added: Iterable[ReviewRecord]) -> None:
    """Write the calls that are new, and those of which this batch knows better or newer."""
    calls = _first_by_path((record.call.id, record) for record in kept)
    known = _paths(connection, schema.calls, calls)
    news = {record.call.id for record in added}
    for call_id, record in calls.items():
        path = _path(record)
        if call_id in known and (path < known[call_id] or (path == known[call_id] and call_id in news)):
            row = call_row(record.call)
            connection.execute(schema.calls.update().where(schema.calls.c.id == call_id).values(row))
    _insert(connection, schema.calls, [call_row(r.call) for call_id, r in calls.items() if call_id not in known])


def _write_texts(connection: Connection, outcomes: Iterable[FileOutcome], forgotten: Collection[str]) -> None:
    """Keep the texts that were given."""
    texts: dict[str, tuple[str, str]] = {}
    for outcome in outcomes:
        for call_id, text in outcome.texts.items():
            if call_id not in forgotten:
                texts[call_id] = min(texts.get(call_id, (outcome.path, text)), (outcome.path, text))
    known = _paths(connection, schema.texts, texts)
    better = {key: (path, text) for key, (path, text) in texts.items() if key not in known or path < known[key]}
    _delete(connection, schema.texts.c.id, better)
    _insert(connection, schema.texts, [{"id": key, "path": path, "text": text} for key, (path, text) in better.items()])


def _write_files(
    connection: Connection, outcomes: Iterable[FileOutcome], run_id: str, forgotten: Collection[str]
) -> None:
    files = {file_id(outcome.path): outcome for outcome in outcomes}
    run = connection.execute(select(schema.runs).where(schema.runs.c.id == run_id)).one()
    _delete(connection, schema.files.c.id, files)
    _insert(
        connection,
        schema.files,
        [
            {
                "id": key,
                "path": outcome.path,
                "size": outcome.size,
                "mtime_ns": outcome.mtime_ns,
                "content_hash": outcome.content_hash,
                "state": outcome.state.value,
                "failure_kind": outcome.failure.kind if outcome.failure else None,
                "reason": outcome.failure.reason if outcome.failure else None,
                "rubric_digest": run.rubric_digest,
                "program_version": run.program_version,
                "run_id": run_id,
            }
            for key, outcome in files.items()
        ],
    )
    _insert(
        connection,
        schema.file_calls,
        [
            {"file_id": key, "position": position, "call_id": review.call.id}
            for key, outcome in files.items()
            for position, review in enumerate(outcome.reviews)
            if review.call.id not in forgotten
        ],
    )


def _forgotten_calls(connection: Connection, call_ids: Collection[str]) -> set[str]:
    """Those of the calls that must not come back."""
    hashes = {forgotten_hash("call", call_id): call_id for call_id in call_ids}
    table = schema.forgotten
    rows = asked(connection, select(table.c.hash).where(table.c.kind == "call"), table.c.hash, hashes)
    return {hashes[row.hash] for row in rows}


def _first_by_path(records: Iterable[tuple[str, ReviewRecord]]) -> dict[str, ReviewRecord]:
    """Of the records with one key, the one from the file whose path sorts first."""
    first: dict[str, ReviewRecord] = {}
    for key, record in records:
        if key not in first or _path(record) < _path(first[key]):
            first[key] = record
    return first


def _path(record: ReviewRecord) -> str:
    return record.call.path or ""


def _paths(connection: Connection, table: Table, keys: Iterable[str]) -> Mapping[str, str]:
    """The path by key of the rows that are there."""
    rows = asked(connection, select(table.c.id, table.c.path), table.c.id, keys)
    return {row.id: row.path or "" for row in rows}


# --- many keys at once ---------------------------------------------------------------------------


def asked(connection: Connection, question: Any, column: Column[Any], keys: Iterable[str]) -> Iterator[Any]:
    """The rows of a question of which a column has one of many values."""
    for some in _some(keys):
        yield from connection.execute(question.where(column.in_(some)))


def _delete(connection: Connection, column: Column[Any], keys: Iterable[str]) -> None:
    for some in _some(keys):
        connection.execute(delete(column.table).where(column.in_(some)))


def _some(keys: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while some := list(islice(rest, _MOST_KEYS)):
        yield some


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(insert(table), rows)
