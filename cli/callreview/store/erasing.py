"""Erasing a call or a person from every table, within one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from callreview.store import schema
from callreview.store.forgetting import Erased, Person, speaker_hash
from callreview.store.keys import forgotten_hash
from callreview.store.loading import load_after
from callreview.store.records import ReviewRecord
from callreview.store.writing import rewrite_reviews


def erase_call(connection: Connection, call_id: str) -> Erased:
    """Erase all that the ledger holds of a call, and remember its hash, so that it does not come back."""
    c, quotes = connection, (schema.evidence, schema.violations)
    reviews = select(schema.reviews.c.id).where(schema.reviews.c.call_id == call_id)
    counted = [select(func.count()).select_from(t).where(t.c.review_id.in_(reviews)) for t in quotes]
    texts = select(func.count()).select_from(schema.texts).where(schema.texts.c.id == call_id)
    erased = Erased(calls=1, quotes=sum(c.scalar(count) or 0 for count in counted), texts=c.scalar(texts) or 0)
    _remember(c, "call", forgotten_hash("call", call_id))
    links = schema.file_calls.c
    others = select(links.file_id).where(links.call_id != call_id)
    only_of_it = select(links.file_id).where(links.call_id == call_id, links.file_id.not_in(others))
    c.execute(update(schema.files).where(schema.files.c.id.in_(only_of_it)).values(path=None, reason=None))
    c.execute(delete(schema.calls).where(schema.calls.c.id == call_id))
    return erased


def erase_person(connection: Connection, name: str) -> Erased:
    """Erase what a person said, what names them, and their name, and remember its hash.

    Erases nothing where the ledger does not know them.
    """
    person = Person(name)
    erased, speaks_in = _erase_from_reviews(connection, person)
    _erase_from_files(connection, person, speaks_in)
    texts = _erase_texts(connection, person, speaks_in)
    _erase_from_notes(connection, person, speaks_in)
    _remember(connection, "speaker", speaker_hash(name))
    return Erased(calls=erased.calls, quotes=erased.quotes, texts=texts)


def _erase_from_reviews(connection: Connection, person: Person) -> tuple[Erased, frozenset[str]]:
    """What was erased, and the calls in which the person speaks."""
    calls, speaks_in, quotes = set(), set(), 0
    for records in _all_reviews(connection):
        speaks_in |= {record.call.id for record in records if person.speaks_in(record.call)}
        changed = [(record, new) for record in records if (new := person.without(record)) != record]
        rewrite_reviews(connection, [new for _, new in changed])
        calls |= {record.call.id for record, _ in changed}
        quotes += sum(len(record.quotes) - len(new.quotes) for record, new in changed)
    return Erased(calls=len(calls), quotes=quotes), frozenset(speaks_in)


def _all_reviews(connection: Connection) -> Iterator[Sequence[ReviewRecord]]:
    """All reviews, some at a time; what was given may be changed before the next are fetched."""
    last = ""
    while True:
        last, records = load_after(connection, last)
        if not records:
            return
        yield records


def _erase_from_files(connection: Connection, person: Person, speaks_in: frozenset[str]) -> None:
    files, links = schema.files.c, schema.file_calls.c
    of_calls: dict[str, set[str]] = {}
    for link in connection.execute(select(links.file_id, links.call_id)):
        of_calls.setdefault(link.file_id, set()).add(link.call_id)
    for row in connection.execute(select(files.id, files.path, files.reason)).all():
        speaks = not speaks_in.isdisjoint(of_calls.get(row.id, ()))
        path = None if row.path and person.named_in(row.path, speaks=speaks) else row.path
        # Why a file failed may list the speakers of calls that are in no review.
        reason = person.masked(row.reason, speaks=True) if row.reason else row.reason
        if (path, reason) != (row.path, row.reason):
            connection.execute(update(schema.files).where(files.id == row.id).values(path=path, reason=reason))


def _erase_texts(connection: Connection, person: Person, speaks_in: frozenset[str]) -> int:
    texts = schema.texts.c
    rows = connection.execute(select(texts.id, texts.text).execution_options(yield_per=50))
    gone = [row.id for row in rows if row.id in speaks_in or person.named_in(row.text, speaks=False)]
    for call_id in gone:
        connection.execute(delete(schema.texts).where(texts.id == call_id))
    return len(gone)


def _erase_from_notes(connection: Connection, person: Person, speaks_in: frozenset[str]) -> None:
    """What people wrote of calls, and under whose name."""
    _mask(connection, schema.verdicts, "note", person, speaks_in)
    _mask(connection, schema.outcomes, "note", person, speaks_in)
    by = schema.verdicts.c.by
    names = [row.by for row in connection.execute(select(by).distinct()) if person.bears(row.by)]
    if names:
        connection.execute(update(schema.verdicts).where(by.in_(names)).values(by=person.masked(names[0], speaks=True)))


def _mask(connection: Connection, table: Table, column: str, person: Person, speaks_in: frozenset[str]) -> None:
    for row in connection.execute(select(table).where(table.c[column] != "")).mappings().all():
        masked = person.masked(row[column], speaks=row["call_id"] in speaks_in)
        if masked != row[column]:
            connection.execute(update(table).where(table.c.id == row["id"]).values({column: masked}))


def _remember(connection: Connection, kind: str, name_hash: str) -> None:
    table = schema.forgotten
    same = select(table).where(table.c.kind == kind, table.c.hash == name_hash)
    if connection.execute(same).first() is None:
        connection.execute(insert(table).values(kind=kind, hash=name_hash))
