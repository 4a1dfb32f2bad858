"""Texts of a playbook that stand for more than words: phrases, coaching lines, and names of rules and facts.

They are checked as they are written, whatever else is wrong with their file. Names of a kind that cannot be known,
because a file cannot be read, are not complained about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from callreview.errors import Mistake, Place, did_you_mean
from callreview.rubric.folders import File
from callreview.rubric.lines import SLOTS, LineSyntaxError, Slot, parse_line
from callreview.rubric.phrases import PhraseSyntaxError, list_refs, parse
from callreview.rubric.schema import FILES
from callreview.rubric.source import Path_
from callreview.rubric.walk import Spot, spots

BUILT_IN_LISTS = frozenset({"number", "money", "percent", "date", "duration", "time", "name"})
REASONS = ("speaker", "look-alike", "no phrase")

# The readings that exist, with the facts that each can give.
Readings: TypeAlias = Mapping[str, frozenset[str]]
# The names of each kind, None where they cannot be told.
_Known: TypeAlias = Mapping[str, Collection[str] | None]

_MOST_TOLD = 12
_WHERE = {
    "signal": "a signal is a file signals/NAME.yaml, or a combination",
    "list": "lists stand in lists*.yaml, in the playbook's folder or the one above it",
    "slot": f"known slots: {', '.join(SLOTS)}",
    "moment": "a moment is a key of 'moments'",
    "context": "contexts stand in contexts.yaml, in the playbook's folder or the one above it",
}


@dataclass(frozen=True, slots=True)
class Defined:
    """Something that a file defines, such as a list."""

    name: str
    file: File
    path: Path_

    @property
    def place(self) -> Place:
        """Where its name stands."""
        return self.file.source.place(self.path, key=True)


def defined(files: Iterable[File], kind: str) -> list[Defined] | None:
    """What the files of a kind define under the key of that name, in their order; None where one has no such key."""
    found: list[Defined] = []
    for file in files:
        if file.kind == kind:
            group = file.source.value((kind,))
            if not isinstance(group, dict):
                return None
            found += [Defined(name, file, (kind, name)) for name in group]
    return found


def check_texts(files: Sequence[File], readings: Readings | None) -> Iterator[Mistake]:
    """Mistakes in phrases and names; readings and their facts are not checked where `readings` is None."""
    known = _known(files, readings)
    for file in files:
        for spot in spots(FILES[file.kind], file.source.data):
            if spot.stands_for and isinstance(spot.data, str) and spot.data.strip():
                yield from _check(file, spot, spot.data, known, readings or {})


def _known(files: Sequence[File], readings: Readings | None) -> _Known:
    """The names of each kind, None where they cannot be told."""
    signals = [file.name for file in files if file.kind == "signal"]
    return {
        "list": _with(defined(files, "lists"), BUILT_IN_LISTS),
        "context": _with(defined(files, "contexts"), ()),
        "reason": _with(defined(files, "contexts"), REASONS),
        "signal": _with(defined(files, "combinations"), signals),
        "reading": None if readings is None else list(readings),
        "moment": _moments(files),
    }


def _with(found: Sequence[Defined] | None, more: Iterable[str]) -> frozenset[str] | None:
    return None if found is None else frozenset((*more, *(d.name for d in found)))


def _moments(files: Iterable[File]) -> frozenset[str] | None:
    groups = [file.source.value(("moments",)) or {} for file in files if file.kind == "rubric"]
    return frozenset().union(*groups) if all(isinstance(group, dict) for group in groups) else None


def _check(file: File, spot: Spot, text: str, known: _Known, readings: Readings) -> Iterator[Mistake]:
    match spot.stands_for:
        case "phrase":
            yield from _phrase(file, spot, text, known["list"])
        case "line":
            yield from _line(file, spot, text)
        case "fact":
            yield from _fact(file, spot, text.strip(), readings)
        case "signals":
            offset = 0
            for part in text.split("|"):
                yield from _name(file, spot, "signal", part, known["signal"], offset)
                offset += len(part) + 1
        case kind:
            yield from _name(file, spot, str(kind), text, known[str(kind)])


def _phrase(file: File, spot: Spot, text: str, known: Collection[str] | None) -> Iterator[Mistake]:
    try:
        refs = list_refs(parse(text))
    except PhraseSyntaxError as error:
        yield Mistake(place=_place(file, spot, error.offset), message=str(error), hint=error.hint)
        return
    for ref in refs:
        if known is not None and ref.name not in known:
            yield _unknown(_place(file, spot, ref.offset), "list", f"<{ref.name}>", [f"<{name}>" for name in known])


def _line(file: File, spot: Spot, text: str) -> Iterator[Mistake]:
    try:
        parts = parse_line(text)
    except LineSyntaxError as error:
        hint = "a slot is written {name} or {name|words for where nothing fits}"
        yield Mistake(place=_place(file, spot, error.offset), message=str(error), hint=hint)
        return
    for part in parts:
        if isinstance(part, Slot) and part.name not in SLOTS:
            yield _unknown(_place(file, spot, part.offset), "slot", part.name, SLOTS)


def _name(
    file: File, spot: Spot, kind: str, text: str, known: Collection[str] | None, offset: int = 0
) -> Iterator[Mistake]:
    if known is not None and text.strip() not in known:
        place = _place(file, spot, offset + len(text) - len(text.lstrip()))
        yield _unknown(place, kind, text.strip(), known)


def _unknown(place: Place, kind: str, name: str, known: Collection[str]) -> Mistake:
    close = did_you_mean(name, sorted(known))
    listed = f"known {kind}s: {', '.join(sorted(known))}" if 0 < len(known) <= _MOST_TOLD else _WHERE.get(kind)
    return Mistake(
        place=place, message=f"unknown {kind} {name!r}", hint=f"did you mean {close!r}?" if close else listed
    )


def _fact(file: File, spot: Spot, fact: str, readings: Readings) -> Iterator[Mistake]:
    """A fact must be one that the prompt's own reading can give."""
    reading = file.source.value((*spot.path[:2], "reading"))
    known = readings.get(reading) if isinstance(reading, str) else None
    if known is not None and fact not in known:
        told = f"the reading {reading!r} gives {', '.join(sorted(known)) or 'no facts'}"
        close = did_you_mean(fact, sorted(known))
        hint = f"did you mean {close!r}? {told}" if close else told
        yield Mistake(place=_place(file, spot), message=f"unknown fact {fact!r}", hint=hint)


def _place(file: File, spot: Spot, offset: int = 0) -> Place:
    return file.source.place(spot.path, offset=offset, key=spot.is_key)
