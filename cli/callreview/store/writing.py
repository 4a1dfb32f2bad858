"""What a batch of outcomes changes in the ledger.

The same talk may lie in several files. What the ledger tells of it then comes from the file whose path sorts first,
so that the order in which files are reviewed makes no difference.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from callreview.store import schema
from callreview.store.asking import asked, delete_all, insert_all
from callreview.store.keys import file_id, review_id
from callreview.store.memory import Memory
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

PARTS = (
    (schema.speakers, speaker_rows),
    (schema.answers, answer_rows),
    (schema.evidence, evidence_rows),
    (schema.violations, violation_rows),
)
"""The tables that a review is in besides its own, with what makes its rows."""


def write_outcomes(connection: Connection, outcomes: Sequence[FileOutcome], *, run_id: str, now: datetime) -> Written:
    """Write what came of some files, within the transaction of the connection.

    A review is taken later than all that were taken before, also where the clock was set back.
    """
    last = connection.scalar(select(func.max(schema.reviews.c.reviewed_at)))
    now = max(now, last + timedelta(microseconds=1)) if last else now
    memory = Memory(connection)
    records = [review for outcome in outcomes for review in outcome.reviews]
    forgotten = memory.calls({record.call.id for record in records})
    kept = [memory.without_people(record) for record in records if record.call.id not in forgotten]
    calls = _first_by_path((record.call.id, record) for record in kept)
    reviews = _first_by_path((review_id(record), record) for record in kept)
    known = _known_paths(connection, calls)
    ids = schema.reviews.c.id
    there = {row.id for row in asked(connection, select(ids), ids, reviews)}
    added = [record for key, record in reviews.items() if key not in there]
    better = {key for key, record in calls.items() if key in known and _path(record) < known[key]}
    newer = {record.call.id for record in added if _path(record) == known.get(record.call.id)}
    insert_all(connection, schema.calls, [call_row(r.call) for key, r in calls.items() if key not in known])
    _update_calls(connection, [calls[key] for key in sorted(better | newer)])
    same = {key: r for key, r in reviews.items() if key in there and _path(r) == known.get(r.call.id)}
    mended = _mended(connection, same)
    again = [r for key, r in reviews.items() if key in mended or (key in there and r.call.id in better)]
    rewrite_reviews(connection, again)
    insert_reviews(connection, added, run_id=run_id, now=now)
    _write_texts(connection, _texts(outcomes, calls, memory), better | newer)
    _write_files(connection, outcomes, run_id, memory, forgotten)
    return Written(added=len(added), unchanged=len(kept) - len(added), forgotten=len(records) - len(kept))


def _mended(connection: Connection, reviews: Mapping[str, ReviewRecord]) -> set[str]:
    """The keys of those in which people, their sides or teams are others than in the ledger.

    The same file, playbook and version tell that only where a roster, a sidecar or an option was mended since.
    """
    table = schema.speakers
    told: dict[str, list[Values]] = {}
    query = select(table).order_by(table.c.review_id, table.c.position)
    for row in asked(connection, query, table.c.review_id, reviews):
        told.setdefault(row.review_id, []).append(dict(row._mapping))
    return {key for key, record in reviews.items() if told.get(key, []) != speaker_rows(record)}


def insert_reviews(connection: Connection, records: Sequence[ReviewRecord], *, run_id: str, now: datetime) -> None:
    """Insert reviews of calls that are there, as taken now by this run."""
    taken = {"reviewed_at": now, "run_id": run_id}
    insert_all(connection, schema.reviews, [review_row(record) | taken for record in records])
    _insert_parts(connection, records)


def rewrite_reviews(connection: Connection, records: Sequence[ReviewRecord]) -> None:
    """Put these in place of what the ledger holds under the same keys; when and by which run they were taken stays."""
    keys = list(map(review_id, records))
    for table, _ in PARTS:
        delete_all(connection, table.c.review_id, keys)
    for record, key in zip(records, keys, strict=True):
        connection.execute(update(schema.reviews).where(schema.reviews.c.id == key).values(review_row(record)))
    _update_calls(connection, records)
    _insert_parts(connection, records)


def _insert_parts(connection: Connection, records: Sequence[ReviewRecord]) -> None:
    for table, rows_of in PARTS:
        insert_all(connection, table, [row for record in records for row in rows_of(record)])


def _update_calls(connection: Connection, records: Iterable[ReviewRecord]) -> None:
    for record in records:
        of_it = schema.calls.c.id == record.call.id
        connection.execute(update(schema.calls).where(of_it).values(call_row(record.call)))


def _texts(outcomes: Iterable[FileOutcome], calls: Mapping[str, ReviewRecord], memory: Memory) -> Mapping[str, str]:
    """The texts that may be kept, by call; of several, the one from the file whose path sorts first."""
    last_first = sorted(outcomes, key=lambda outcome: outcome.path, reverse=True)
    texts = {call_id: text for outcome in last_first for call_id, text in outcome.texts.items() if call_id in calls}
    return {call_id: text for call_id, text in texts.items() if memory.may_keep(text, calls[call_id])}


def _write_texts(connection: Connection, texts: Mapping[str, str], changed: Collection[str]) -> None:
    """Keep the texts of calls that changed, or that had none."""
    ids = schema.texts.c.id
    delete_all(connection, ids, changed & texts.keys())
    there = {row.id for row in asked(connection, select(ids), ids, texts)}
    insert_all(connection, schema.texts, [{"id": k, "text": text} for k, text in texts.items() if k not in there])


def _write_files(
    connection: Connection, outcomes: Iterable[FileOutcome], run_id: str, memory: Memory, forgotten: Collection[str]
) -> None:
    files = {file_id(outcome.path): outcome for outcome in outcomes}
    run = connection.execute(select(schema.runs).where(schema.runs.c.id == run_id)).one()
    by_run = {"rubric_digest": run.rubric_digest, "program_version": run.program_version, "run_id": run_id}
    delete_all(connection, schema.files.c.id, files)
    rows = [{"id": key, **_file_row(outcome, memory, forgotten), **by_run} for key, outcome in files.items()]
    insert_all(connection, schema.files, rows)
    links = [
        {"file_id": key, "position": position, "call_id": review.call.id}
        for key, outcome in files.items()
        for position, review in enumerate(outcome.reviews)
        if review.call.id not in forgotten
    ]
    insert_all(connection, schema.file_calls, links)


def _file_row(outcome: FileOutcome, memory: Memory, forgotten: Collection[str]) -> Values:
    """The file; without its path where that names somebody who was forgotten, or holds forgotten calls alone."""
    ids = {review.call.id for review in outcome.reviews}
    hidden = bool(ids) and ids <= set(forgotten)
    failure = outcome.failure
    return {
        "path": None if hidden or memory.masked(outcome.path) != outcome.path else outcome.path,
        "size": outcome.size,
        "mtime_ns": outcome.mtime_ns,
        "content_hash": outcome.content_hash,
        "state": outcome.state.value,
        "failure_kind": failure.kind if failure else None,
        "reason": memory.masked(failure.reason) if failure and not hidden else None,
    }


def _first_by_path(records: Iterable[tuple[str, ReviewRecord]]) -> dict[str, ReviewRecord]:
    """Of the records with one key, the one from the file whose path sorts first."""
    first: dict[str, ReviewRecord] = {}
    for key, record in records:
        if key not in first or _path(record) < _path(first[key]):
            first[key] = record
    return first


def _path(record: ReviewRecord) -> str:
    return record.call.path or ""


def _known_paths(connection: Connection, call_ids: Iterable[str]) -> Mapping[str, str]:
    """The paths by id of the calls that are there."""
    calls = schema.calls.c
    rows = asked(connection, select(calls.id, calls.path), calls.id, call_ids)
    return {row.id: row.path or "" for row in rows}
