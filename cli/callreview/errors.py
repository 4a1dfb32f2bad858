"""Everything that can go wrong, and how it is said.

    CallreviewError
    ├── UsageError            wrong options, unknown names                     exit 2
    ├── RubricError           one or more mistakes in rubric files             exit 2
    ├── InputError            a transcript that cannot be read                 exit 3
    │   ├── UnknownFormat
    │   ├── AmbiguousFormat
    │   └── SidesUnknown
    └── LabelError            a label file that does not follow its shape      exit 2

Each error names the file, the place in it and the way out. Errors are printed, never shown as tracebacks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


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
    """Base of all errors that callreview raises on purpose."""

    exit_status = 4

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


class InputError(CallreviewError):
    """A transcript cannot be read."""

    exit_status = 3


class UnknownFormat(InputError):
    """No reader recognises the content."""


class AmbiguousFormat(InputError):
    """More than one reader recognises the content."""


class SidesUnknown(InputError):
    """Nothing tells who sells and who buys."""


class LabelError(CallreviewError):
    """A label file does not follow its shape."""

    exit_status = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in a rubric file, with its address and a hint."""

    place: Place
    message: str
    hint: str | None = None

    def __str__(self) -> str:
        return render(self.message, self.place, self.hint)


class RubricError(CallreviewError):
    """One or more mistakes in rubric files, all that were found in one run."""

    exit_status = 2

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        count = len(mistakes)
        super().__init__(f"{count} mistake{'s' if count != 1 else ''} in the rubric")
        self.mistakes = tuple(mistakes)

    def __str__(self) -> str:
        return "\n\n".join([*map(str, self.mistakes), self.message])


def render(message: str, place: Place | None, hint: str | None) -> str:
    """An error as people read it: place and message, the line with a caret, one line of help.

    >>> print(render("unknown key", Place(path="a.yaml", line=2, column=1, source="tilte: x"), "did you mean 'title'?"))
    a.yaml:2:1: unknown key
        tilte: x
        ^
      help: did you mean 'title'?
    """
    lines = [f"{place}: {message}" if place else message]
    if place and place.source is not None and place.column is not None:
        lines += [f"    {place.source}", "    " + " " * (place.column - 1) + "^"]
    if hint:
        lines.append(f"  help: {hint}")
    return "\n".join(lines)
