"""A run over files: each is read and reviewed on its own, and what goes wrong with one never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.commands import console
from callreview.errors import CallreviewError, Defect, InputError, Place, SidesUnknown, WrongSpeaker

if TYPE_CHECKING:
    from callreview.assessment.review import Review
    from callreview.assessment.reviewer import Reviewer
    from callreview.conversation import Call
    from callreview.ingest import ReadOptions

SOME_UNREAD, FAILED = 3, 4


class Run:
    """Reviews files and counts what became of them; troubles are told on standard error.

    `unread` counts what cannot be read or does not fit the options, `failed` what a fault of our own stopped.
    """

    def __init__(self, reading: ReadOptions, progress: console.Progress) -> None:
        self.reading, self.progress = reading, progress
        self.reviewed = self.unread = self.failed = 0
        self._sides_unknown: list[SidesUnknown] = []

    @property
    def status(self) -> int:
        """The exit status that the run calls for; 0 where every file was reviewed."""
        return FAILED if self.failed else SOME_UNREAD if self.unread else 0

    def reviews(
        self, paths: Sequence[Path], reviewer: Reviewer, render: Callable[[Review], str]
    ) -> Iterator[tuple[Review, str]]:
        """The reviews in the order of the files, each as it is to be printed."""
        for path in paths:
            try:
                reviewed = [(review, render(review)) for review in map(reviewer.review, self._read(path))]
            except SidesUnknown as error:
                self.unread += 1
                self._sides_unknown.append(error)
            except (InputError, WrongSpeaker) as error:
                # A seller who is not in one call of many is that call's trouble; of a single one, it is wrong usage.
                if isinstance(error, WrongSpeaker) and len(paths) == 1:
                    raise
                self.skip(error)
            except CallreviewError:
                raise
            except Exception as error:
                self.failed += 1
                self._tell(Defect(error, place=Place(path=str(path))))
            else:
                self.reviewed += len(reviewed)
                yield from reviewed
            self.progress.done()

    def _read(self, path: Path) -> tuple[Call, ...]:
        from callreview.ingest import read_calls
        from callreview.ingest.text import shortened

        name = shortened(path.name)
        self.progress.on(f"reading {name}")
        calls = read_calls("-" if str(path) == "-" else path, options=self.reading)
        self.progress.on(f"reviewing {name}, {sum(len(call.turns) for call in calls):,} turns")
        return calls

    def skip(self, error: InputError | WrongSpeaker) -> None:
        """Tell why a file is left out, and count it."""
        self.unread += 1
        self._tell(error)

    def close(self, *, quiet: bool) -> None:
        """Tell once, when all else is told: the calls of which nothing tells the sides, and the counts of the run."""
        from callreview.ingest.sides import several_unknown

        if self._sides_unknown:
            console.complain(several_unknown(self._sides_unknown))
        counts = {"reviewed": self.reviewed, "unread": self.unread, "failed": self.failed}
        if sum(counts.values()) > 1 and not (quiet and self.status == 0):
            told = {name: count for name, count in counts.items() if count or name == "reviewed"}
            console.tell(", ".join(f"{count:,} {name}" for name, count in told.items()))

    def _tell(self, error: CallreviewError) -> None:
        with self.progress.aside():
            console.complain(error)
