"""Which files are to be reviewed: those new or changed since the ledger heard of them, and no longer written to.

Path, size and time tell quickly that a file is as it was; where they differ, its content tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path

from callreview.batch.contents import Stat, Surroundings, content_hash, is_still, same_surroundings, stat_of
from callreview.batch.worker import Task
from callreview.errors import InputError
from callreview.ingest.finding import not_readable
from callreview.ingest.reading import read_bytes
from callreview.store.records import FileRecord, FileState

_AT_ONCE = 500
"""Files that the ledger is asked about together."""
_NS = 1_000_000_000

Known = Callable[[Sequence[str]], Mapping[str, FileRecord]]


class LeftAlone(StrEnum):
    """Why a file is not reviewed in this run."""

    UNCHANGED = "unchanged"
    FAILED_BEFORE = "failed_before"
    BEING_WRITTEN = "being_written"
    BEFORE_SINCE = "before_since"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person wants of a run: files changed `since`, unchanged for `settle_s` seconds, failed ones again."""

    since: datetime | None = None
    settle_s: float = 0.0
    retry_failed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Sorts files into those to review and those to leave alone.

    `known` gives the ledger's rows of paths; they count where rubric and program are those of this run.
    """

    wanted: Wanted
    surroundings: Surroundings
    known: Known
    rubric_digest: str
    program_version: str

    def of(self, paths: Sequence[Path]) -> Iterator[tuple[Path, Task | LeftAlone | InputError]]:
        """What is to be done with each file, in their order; last, those of which the time tells nothing.

        An InputError is why a file cannot even be looked at.
        """
        doubtful: list[tuple[Path, Stat]] = []
        began = time.monotonic()
        for some in _some(paths):
            known = self.known([str(path) for path in some])
            for path in some:
                try:
                    stat = stat_of(path)
                    if self._is_from_the_future(stat):
                        doubtful.append((path, stat))
                    else:
                        yield path, self._sorted(path, stat, known.get(str(path)))
                except OSError as error:
                    yield path, _unseen(path, error)
        yield from self._settled(doubtful, began)

    def _settled(
        self, doubtful: Sequence[tuple[Path, Stat]], began: float
    ) -> Iterator[tuple[Path, Task | LeftAlone | InputError]]:
        """Files that were changed in the future, as after a clock was set: they are watched instead."""
        known = self.known([str(path) for path, _ in doubtful])
        fresh = [(path, stat) for path, stat in doubtful if not _is_as_known(stat, known.get(str(path)))]
        if fresh:
            time.sleep(max(0.0, began + self.wanted.settle_s - time.monotonic()))
        for path, stat in doubtful:
            if is_still(path, stat):
                yield path, self._sorted(path, stat, known.get(str(path)))
            else:
                yield path, LeftAlone.BEING_WRITTEN if path.exists() else LeftAlone.VANISHED

    def _sorted(self, path: Path, stat: Stat, known: FileRecord | None) -> Task | LeftAlone | InputError:
        surroundings = self.surroundings.of(path)
        if known and _is_as_known(stat, known) and same_surroundings(known.content_hash, surroundings):
            found = known.content_hash
        else:
            if self._is_young(stat):
                return LeftAlone.BEING_WRITTEN
            if self.wanted.since and stat.mtime_ns < self.wanted.since.timestamp() * _NS:
                return LeftAlone.BEFORE_SINCE
            try:
                found = content_hash(read_bytes(path), surroundings)
            except InputError as error:
                return error if path.exists() else LeftAlone.VANISHED
        if known and self._is_settled(known, found):
            if known.state is FileState.REVIEWED:
                return LeftAlone.UNCHANGED
            if not self.wanted.retry_failed:
                return LeftAlone.FAILED_BEFORE
        return Task(path=path, stat=stat, content_hash=found)

    def _is_settled(self, known: FileRecord, found: str) -> bool:
        return (known.content_hash, known.rubric_digest, known.program_version) == (
            found,
            self.rubric_digest,
            self.program_version,
        )

    def _is_young(self, stat: Stat) -> bool:
        return not self._is_from_the_future(stat) and time.time_ns() - stat.mtime_ns < self.wanted.settle_s * _NS

    def _is_from_the_future(self, stat: Stat) -> bool:
        return self.wanted.settle_s > 0 and stat.mtime_ns > time.time_ns() + _NS


def _is_as_known(stat: Stat, known: FileRecord | None) -> bool:
    return known is not None and (known.size, known.mtime_ns) == (stat.size, stat.mtime_ns)


def _unseen(path: Path, error: OSError) -> LeftAlone | InputError:
    gone = isinstance(error, FileNotFoundError) and not path.is_symlink()
    return LeftAlone.VANISHED if gone else not_readable(path, error)


def _some(paths: Sequence[Path]) -> Iterator[list[Path]]:
    rest = iter(paths)
    while some := list(islice(rest, _AT_ONCE)):
        yield some
