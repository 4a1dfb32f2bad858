"""Reviews out of the ledger, many at a time and never all at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, Table, and_, exists, func, or_, select

from callreview.conversation import Side
from callreview.store import schema
from callreview.store.records import ReviewRecord
from callreview.store.rows import Row, review_of

_AT_ONCE = 500
"""Reviews of which the parts are fetched together."""

_CALL = schema.calls.alias("call")
_REVIEW_AND_CALL = select(
    schema.reviews, *(column.label(f"call_{column.name}") for column in _CALL.c if column.name != "id")
).join(_CALL, _CALL.c.id == schema.reviews.c.call_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reviews are wanted, see `Ledger.reviews`."""

    since: date | None = None
    until: date | None = None
    undated: bool = False
    team: str | None = None
    rep: str | None = None
    rubric: str | None = None
    every: bool = False
    call_id: str | None = None


def load(connection: Connection, wanted: Wanted) -> Iterator[ReviewRecord]:
    """The wanted reviews by date, call and moment."""
    result = connection.execution_options(yield_per=_AT_ONCE).execute(_query(wanted))
    for rows in result.partitions():
        yield from (record for record in _records(connection, rows) if _is_reps(record, wanted))


def load_after(connection: Connection, review_id: str) -> tuple[str, Sequence[ReviewRecord]]:
    """The next reviews by id, and the id of the last of them; all there are, in the end none."""
    ids = schema.reviews.c.id
    rows = connection.execute(_REVIEW_AND_CALL.where(ids > review_id).order_by(ids).limit(_AT_ONCE)).all()
    return (rows[-1].id if rows else review_id), list(_records(connection, rows))


def _query(wanted: Wanted) -> Select[Any]:
    r = schema.reviews.c
    query = _REVIEW_AND_CALL.where(*_in_range(wanted), *_with_seller(wanted))
    if wanted.call_id is not None:
        query = query.where(r.call_id == wanted.call_id)
    if wanted.every:
        query = query.where(*_by_rubric(wanted))
    else:
        latest = _latest(wanted)
        query = query.join(latest, (latest.c.id == r.id) & (latest.c.age == 1))
    return query.order_by(_CALL.c.date.is_(None), _CALL.c.date, r.call_id, r.reviewed_at, r.id)


def _latest(wanted: Wanted) -> Subquery:
    """Each review of the rubric with its age among those of its call: 1 is the latest."""
    r = schema.reviews.c
    age = func.row_number().over(partition_by=r.call_id, order_by=(r.reviewed_at.desc(), r.id))
    return select(r.id, age.label("age")).where(*_by_rubric(wanted)).subquery("latest")


def _by_rubric(wanted: Wanted) -> list[ColumnElement[bool]]:
    r = schema.reviews.c
    return [or_(r.rubric_id == wanted.rubric, r.rubric_digest == wanted.rubric)] if wanted.rubric else []


def _in_range(wanted: Wanted) -> list[ColumnElement[bool]]:
    day = _CALL.c.date
    bounds = [day >= wanted.since] if wanted.since else []
    bounds += [day < wanted.until] if wanted.until else []
    if not bounds:
        return []
    return [or_(and_(*bounds), day.is_(None))] if wanted.undated else bounds


def _with_seller(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Who else sells in a call can be told only from its speakers; this leaves few of them to look at."""
    s = schema.speakers.c
    sells = exists().where(s.review_id == schema.reviews.c.id, s.side == Side.SELLER.value)
    pairs = ((s.team, wanted.team), (s.name, wanted.rep))
    return [sells.where(column == name) for column, name in pairs if name is not None]


def _is_reps(record: ReviewRecord, wanted: Wanted) -> bool:
    rep = record.call.rep
    if wanted.rep is not None and (rep is None or rep.name != wanted.rep):
        return False
    return wanted.team is None or (rep is not None and rep.team == wanted.team)


def _records(connection: Connection, rows: Sequence[Row]) -> Iterator[ReviewRecord]:
    ids = [row.id for row in rows]
    speakers = _parts(connection, schema.speakers, ids)
    answers = _parts(connection, schema.answers, ids)
    evidence = _parts(connection, schema.evidence, ids)
    violations = _parts(connection, schema.violations, ids)
    for row in rows:
        yield review_of(
            row,
            speakers=speakers.get(row.id, ()),
            answers=answers.get(row.id, ()),
            evidence=evidence.get(row.id, ()),
            violations=violations.get(row.id, ()),
        )


def _parts(connection: Connection, table: Table, ids: Sequence[str]) -> Mapping[str, Sequence[Row]]:
    """The rows of a table by review, in their order."""
    of = table.c.review_id
    rows = connection.execute(select(table).where(of.in_(ids)).order_by(of, table.c.position)).all()
    return {review_id: list(group) for review_id, group in groupby(rows, key=lambda row: row.review_id)}
