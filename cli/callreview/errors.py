"""Everything that can go wrong, and how it is said.

    CallreviewError
    ├── UsageError            wrong options, unknown names                     exit 2
    │   └── WrongSpeaker      a seller or buyer who is not in the call
    ├── MistakesError         all mistakes found in files that people write    exit 2
    │   ├── RubricError
    │   ├── LabelError
    │   └── VerdictError
    ├── InputError            a transcript that cannot be read                 exit 3
    │   ├── UnknownFormat
    │   ├── AmbiguousFormat
    │   ├── NoCall            belongs to the calls beside it
    │   ├── NothingFound      a folder or a pattern without a transcript
    │   └── SidesUnknown
    ├── StoreError            a ledger that cannot be opened, read or written   exit 4
    └── Defect                a fault of callreview itself                     exit 4

Each error names the file, the place in it and the way out. Errors are printed, never shown as tracebacks.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SHOWN = 160
"""Characters of a line that are shown around a mistake."""

_TOLD = 200
"""Characters of an unexpected exception's text that are shown: it may hold a whole transcript."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to a mistyped one, or None.

    >>> did_you_mean("sellr", ["seller", "buyer"])
    'seller'
    """
    by_lower = {k.lower(): k for k in known}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file: 1-based line and column; the line's text where it helps."""

    path: str
    line: int | None = None
    column: int | None = None
    source: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class CallreviewError(Exception):
    """Base of all errors that callreview raises on purpose; `people` are those whom it may name."""

    exit_status = 4
    people: Sequence[str] = ()

    def __init__(self, message: str, *, place: Place | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        return render(self.message, self.place, self.hint)


class UsageError(CallreviewError):
    """The command was called in a way that cannot work."""

    exit_status = 2


class WrongSpeaker(UsageError):
    """Who is named as seller or buyer is not in this call, is several people, or is named for both sides."""


class InputError(CallreviewError):
    """A transcript cannot be read."""

    exit_status = 3


class UnknownFormat(InputError):
    """No reader recognises the content."""


class AmbiguousFormat(InputError):
    """More than one reader recognises the content."""


class NoCall(InputError):
    """A file that belongs to calls and holds none: what a recorder tells of them, a chat. Beside calls it is fine."""


class NothingFound(InputError):
    """A folder without a transcript in it, or a pattern that no file matches; where files come and go, it is fine."""


class SidesUnknown(InputError):
    """Nothing tells who sells and who buys; `speakers` are those who could be named."""

    def __init__(self, message: str, *, place: Place, hint: str, speakers: Sequence[str]) -> None:
        super().__init__(message, place=place, hint=hint)
        self.speakers = tuple(speakers)


class StoreError(CallreviewError):
    """The ledger cannot be opened, read or written; what was being written is not in it at all."""


class Defect(CallreviewError):
    """An exception that nobody expected; the exception itself is the `__cause__`."""

    exit_status = 4

    def __init__(self, cause: Exception, *, place: Place | None = None) -> None:
        told = " ".join(str(cause).split())[:_TOLD]
        what = f"{type(cause).__name__}: {told}" if told else type(cause).__name__
        super().__init__(
            f"callreview failed through a fault of its own ({what})",
            place=place,
            hint="please report it, with what the same command prints when CALLREVIEW_DEBUG=1 stands before it",
        )
        self.__cause__ = cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in a rubric file, with its address and a hint."""

    place: Place
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        return render(self.message, self.place, self.hint)


class MistakesError(CallreviewError):
    """All mistakes that one run found in files that people write; `files` says what these are."""

    exit_status = 2
    files = "files"

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        count = len(mistakes)
        super().__init__(f"{count} mistake{'s' if count != 1 else ''} in the {self.files}")
        self.mistakes = tuple(mistakes)

    def __str__(self) -> str:
        return "\n\n".join([*map(str, self.mistakes), self.message])


class RubricError(MistakesError):
    """Rubric files that do not follow their shape."""

    files = "rubric"


class LabelError(MistakesError):
    """Label files that do not follow their shape or do not fit their transcripts."""

    files = "labels"


class VerdictError(MistakesError):
    """Files of verdicts that do not follow their shape, or speak of calls and prompts that the ledger does not hold."""

    files = "verdicts"


def render(message: str, place: Place | None, hint: str | None) -> str:
    """An error as people read it: place and message, the line with a caret, one line of help.

    >>> print(render("unknown key", Place(path="a.yaml", line=2, column=1, source="tilte: x"), "did you mean 'title'?"))
    a.yaml:2:1: unknown key
        tilte: x
        ^
      help: did you mean 'title'?
    """
    lines = [f"{place}: {message}" if place else message]
    if place and place.source and place.column is not None:
        lines += [f"    {line}" for line in _pointed(place.source, place.column)]
    if hint:
        lines.append(f"  help: {hint}")
    return "\n".join(lines)


def _pointed(source: str, column: int) -> tuple[str, str]:
    """The part of a line around a 1-based column, and a caret below it.

    >>> _pointed("x" * 300 + "here", 301)[0].endswith("xxhere")
    True
    """
    first = max(0, column - 1 - _SHOWN // 2) if len(source) > _SHOWN else 0
    before = source[first : column - 1]
    return source[first : first + _SHOWN], re.sub(r"[^\t]", " ", before) + "^"
