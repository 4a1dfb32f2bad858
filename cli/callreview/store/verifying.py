"""Whether each quote of the ledger still stands in its source, at its place.

A source is known by the talk in it: a call's id is a hash of its turns, so a file that holds the id holds the talk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, select

from callreview.conversation import Turn
from callreview.errors import CallreviewError
from callreview.ingest import ReadOptions, read_turns
from callreview.ingest.turns import call_id
from callreview.store import schema
from callreview.store.loading import Wanted, load
from callreview.store.records import CallRecord, QuoteRecord

_FILES_AT_HAND = 64


class Standing(StrEnum):
    """What became of a call's source."""

    PROVED = "proved"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """One call, compared with its source.

    `found_at` is where the talk is now, for `proved`, `moved` and `wrong`; `wrong` are the quotes that do not stand
    there. The source is `unknown` where its path was forgotten. `why` tells what is unreadable.
    """

    call_id: str
    title: str
    path: str | None
    standing: Standing
    quotes: int
    found_at: str | None = None
    wrong: tuple[QuoteRecord, ...] = ()
    why: str | None = None


class Verifier:
    """Compares calls with their sources, which may have been moved within their folders or into one of `folders`."""

    def __init__(self, options: ReadOptions, folders: Sequence[Path] = ()) -> None:
        self._options, self._folders = options, folders
        self._talks = lru_cache(maxsize=_FILES_AT_HAND)(self._read)
        self._by_size = cache(_by_size)

    def verify(self, connection: Connection) -> Iterator[Verified]:
        """All calls, in the order of their dates."""
        reviews = load(connection, Wanted(every=True))
        for _, of_call in groupby(reviews, key=lambda review: review.call.id):
            found = list(of_call)
            quotes = [quote for review in found for quote in review.quotes]
            yield self._verified(found[0].call, quotes, _sources(connection, found[0].call))

    def _verified(
        self, call: CallRecord, quotes: Sequence[QuoteRecord], sources: Mapping[Path, int | None]
    ) -> Verified:
        told = Verified(
            call_id=call.id, title=call.title, path=call.path, standing=Standing.UNKNOWN, quotes=len(quotes)
        )
        if not sources:
            return told
        there = [path for path in sources if path.is_file()]
        for path in there:
            if turns := self._talks(path).get(call.id):
                return _compared(told, Standing.PROVED, path, turns, quotes)
        for path in self._elsewhere(sources):
            if turns := self._talks(path).get(call.id):
                return _compared(told, Standing.MOVED, path, turns, quotes)
        if not there:
            return replace(told, standing=Standing.MISSING)
        why = next(filter(None, map(self._why_unreadable, there)), None)
        return replace(told, standing=Standing.UNREADABLE if why else Standing.CHANGED, why=why)

    def _elsewhere(self, sources: Mapping[Path, int | None]) -> Iterator[Path]:
        """Files as large as a source, beside it and in the folders."""
        sizes = {size for size in sources.values() if size is not None}
        folders = dict.fromkeys([*(path.parent for path in sources), *self._folders])
        found = (path for folder in folders for size in sizes for path in self._by_size(folder).get(size, ()))
        return (path for path in found if path not in sources)

    def _read(self, path: Path) -> Mapping[str, tuple[Turn, ...]]:
        """The talks in a file by the ids of their calls; none where it cannot be read."""
        try:
            return {call_id(turns): turns for turns in read_turns(path, options=self._options)}
        except (CallreviewError, OSError):
            return {}

    def _why_unreadable(self, path: Path) -> str | None:
        try:
            read_turns(path, options=self._options)
        except CallreviewError as error:
            return error.message
        return None


def _compared(
    told: Verified, standing: Standing, path: Path, turns: Sequence[Turn], quotes: Sequence[QuoteRecord]
) -> Verified:
    wrong = tuple(quote for quote in quotes if not stands(quote, turns))
    return replace(told, standing=Standing.WRONG if wrong else standing, found_at=str(path), wrong=wrong)


def stands(quote: QuoteRecord, turns: Sequence[Turn]) -> bool:
    """Whether a talk holds these words, said by this speaker, at this very place."""
    if not 1 <= quote.turn <= len(turns):
        return False
    turn, (start, end) = turns[quote.turn - 1], quote.sentence
    return turn.speaker == quote.speaker and turn.text[start:end] == quote.quote


def _sources(connection: Connection, call: CallRecord) -> Mapping[Path, int | None]:
    """The files in which the call was found, with their sizes; the one that the ledger names first."""
    files, links = schema.files.c, schema.file_calls.c
    query = select(files.path, files.size).join(schema.file_calls, links.file_id == files.id)
    rows = connection.execute(query.where(links.call_id == call.id, files.path.is_not(None)).order_by(files.id)).all()
    named = {Path(call.path): None} if call.path else {}
    return named | {Path(row.path): row.size for row in rows}


def _by_size(folder: Path) -> Mapping[int, Sequence[Path]]:
    """The files of a folder and below by their sizes."""
    sizes: dict[int, list[Path]] = {}
    for path in sorted(folder.rglob("*")):
        with suppress(OSError):
            if path.is_file():
                sizes.setdefault(path.stat().st_size, []).append(path)
    return sizes
