"""What the ledger was told to forget, so that it does not come back with what is written later."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, select

from callreview.store import schema
from callreview.store.asking import asked
from callreview.store.forgetting import MARK, Person, names_in, speaker_hash, texts_of
from callreview.store.keys import forgotten_hash
from callreview.store.records import ReviewRecord


class Memory:
    """The hashes of calls and people that were forgotten, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        table = schema.forgotten.c
        self._people = frozenset(connection.scalars(select(table.hash).where(table.kind == "speaker")))

    def calls(self, call_ids: Collection[str]) -> set[str]:
        """Those of the calls that were forgotten."""
        hashes = {forgotten_hash("call", call_id): call_id for call_id in call_ids}
        table = schema.forgotten.c
        rows = asked(self._connection, select(table.hash).where(table.kind == "call"), table.hash, hashes)
        return {hashes[row.hash] for row in rows}

    def has_forgotten(self, name: str) -> bool:
        """Whether the person of this name was forgotten."""
        return speaker_hash(name) in self._people

    def without_people(self, review: ReviewRecord) -> ReviewRecord:
        """The review without those who were forgotten."""
        names = {speaker.name for speaker in review.call.speakers}
        names |= {name for text in texts_of(review) for name in names_in(text)} if self._people else set()
        for person in self._among(names):
            review = person.without(review)
        return review

    def may_keep(self, text: str, review: ReviewRecord) -> bool:
        """Whether nobody who was forgotten speaks in the text of a call or is named in it."""
        speaks = any(speaker.name == MARK for speaker in review.call.speakers)
        return not self._people or not (speaks or any(self._among(set(names_in(text)))))

    def masked(self, text: str) -> str:
        """A text without the names of those who were forgotten."""
        names = set(names_in(text, least=1)) if self._people else set()
        for person in self._among(names):
            text = person.masked(text, speaks=True)
        return text

    def _among(self, names: Collection[str]) -> Iterator[Person]:
        if self._people:
            yield from (Person(name) for name in sorted(names) if speaker_hash(name) in self._people)
