"""A run over files: each call is read and worked on by itself, and what goes wrong with one never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from callreview.commands import console
from callreview.errors import CallreviewError, Defect, InputError, NoCall, Place, SidesUnknown, WrongSpeaker

if TYPE_CHECKING:
    from callreview.conversation import Call
    from callreview.ingest import ReadOptions

SOME_UNREAD, FAILED = 3, 4

Result = TypeVar("Result")


class Run:
    """Reads files call by call and counts what became of them; troubles are told on standard error.

    `unread` counts what cannot be read or does not fit the options, `failed` what a fault of our own stopped,
    `done` the calls that went well. With `redact` troubles name nobody. Files that only belong to calls are a
    trouble where no call is found.
    """

    def __init__(self, reading: ReadOptions, progress: console.Progress, *, redact: bool = False) -> None:
        self.reading, self.progress, self.redact = reading, progress, redact
        self.done = self.unread = self.failed = 0
        self._sides_unknown: list[SidesUnknown] = []
        self._beside: list[NoCall] = []

    @property
    def status(self) -> int:
        """The exit status that the run calls for; 0 where every call went well."""
        return FAILED if self.failed else SOME_UNREAD if self.unread else 0

    def each(self, paths: Iterable[Path], work: Callable[[Call], Result]) -> Iterator[Result]:
        """What `work` makes of the calls, in the order of the files and of the calls in them."""
        for calls in self.files(paths):
            for call in calls:
                yield from self.made_of(call, work)

    def files(self, paths: Iterable[Path]) -> Iterator[tuple[Call, ...]]:
        """The calls of each file."""
        alone = isinstance(paths, Sequence) and len(paths) == 1
        for path in paths:
            yield self._guarded(path, partial(self._read, path, alone=alone))
            self.progress.done()

    def made_of(self, call: Call, work: Callable[[Call], Result]) -> tuple[Result, ...]:
        """What `work` makes of a call; nothing where it fails."""
        results = self._guarded(call.path or Path("-"), lambda: (work(call),))
        self.done += len(results)
        return results

    def _guarded(self, path: Path, step: Callable[[], tuple[Result, ...]]) -> tuple[Result, ...]:
        """What a step gives; nothing where it fails in a way that need not stop the others."""
        try:
            return step()
        except InputError as error:
            self.skip(error)
        except CallreviewError:
            raise
        except Exception as error:
            self.failed += 1
            defect = Defect(error, place=Place(path=str(path)))
            self._mask(defect)
            self._tell(defect)
        return ()

    def _read(self, path: Path, *, alone: bool) -> tuple[Call, ...]:
        from callreview.ingest import read_calls
        from callreview.ingest.text import shortened

        name = shortened(path.name)
        self.progress.on(f"reading {name}")
        try:
            calls = read_calls("-" if str(path) == "-" else path, options=self.reading, otherwise=self.skip)
        except WrongSpeaker as error:
            # A seller who is not in one call of many is that call's trouble; of a single one, it is wrong usage.
            if alone:
                self._mask(error)
                raise
            self.skip(error)
            return ()
        self.progress.on(f"{name}, {sum(len(call.turns) for call in calls):,} turns")
        return calls

    def skip(self, error: InputError | WrongSpeaker) -> None:
        """Count what is left out, and tell why: at once, or at the end where others may belong with it."""
        self._mask(error)
        if isinstance(error, NoCall):
            self._beside.append(error)
            return
        self.unread += 1
        if isinstance(error, SidesUnknown):
            self._sides_unknown.append(error)
        else:
            self._tell(error)

    def close(self, done: str, *, quiet: bool) -> None:
        """Tell once, when all else is told: the calls of which nothing tells the sides, and the counts of the run.

        `done` is what was done to the calls that went well, such as `reviewed`.
        """
        from callreview.ingest.sides import several_unknown

        if not (self.done or self.unread or self.failed):
            self.unread = len(self._beside)
            for error in self._beside:
                console.complain(error)
            self._beside = []
        if self._sides_unknown:
            console.complain(several_unknown(self._sides_unknown))
        counts = {done: self.done, "beside calls": len(self._beside), "unread": self.unread, "failed": self.failed}
        if sum(counts.values()) > 1 and not (quiet and self.status == 0):
            told = {name: count for name, count in counts.items() if count or name == done}
            console.tell(", ".join(f"{count:,} {name}" for name, count in told.items()))

    def _mask(self, error: CallreviewError) -> None:
        if self.redact:
            from callreview.reports.redaction import redact_error

            redact_error(error)

    def _tell(self, error: CallreviewError) -> None:
        with self.progress.aside():
            console.complain(error)
