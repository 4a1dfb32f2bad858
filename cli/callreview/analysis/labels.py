"""Labelled calls: what people found in a call, in the shape that `docs/labelling.md` gives."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from callreview.errors import LabelError, Mistake, Place, UsageError, did_you_mean
from callreview.ingest.about import ENDING as SIDECAR
from callreview.rubric.complaints import shaped
from callreview.rubric.schema import Shape
from callreview.rubric.source import Path_, Source, read


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except (TypeError, ValueError):
        raise PydanticCustomError("day", "{day} is no date: write 2026-09-14", {"day": repr(written)}) from None


def _number(written: str) -> int:
    if isinstance(written, str) and written.isdecimal() and int(written) > 0:
        return int(written)
    raise PydanticCustomError("turn", "{turn} is no turn: the first one is 1", {"turn": repr(written)})


Level: TypeAlias = Literal["0", "1", "2", "3", "na"]
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
TurnNumber: TypeAlias = Annotated[int, BeforeValidator(_number)]
Turns: TypeAlias = tuple[TurnNumber, ...]


class Levels(Shape):
    """The level of each prompt, `na` where it does not apply."""

    outcome: Level
    risk: Level
    options: Level
    proof: Level
    stop_rule: Level
    owners: Level
    delay: Level
    pushback: Level


class Evidence(Shape):
    """The 1-based turns that prove each level; for delay and pushback also those of the seller's response."""

    outcome: Turns = ()
    risk: Turns = ()
    options: Turns = ()
    proof: Turns = ()
    stop_rule: Turns = ()
    owners: Turns = ()
    delay: Turns = ()
    delay_response: Turns = ()
    pushback: Turns = ()
    pushback_response: Turns = ()


PROMPTS = tuple(Levels.model_fields)


class LabelledViolation(Shape):
    """A violation, by its kind and the 1-based turn."""

    kind: str
    turn: TurnNumber


class LabelFile(Shape):
    """`NAME.yaml` beside a transcript called NAME."""

    call: str
    date: Day | None = None
    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    moment: str | None = None
    upsell: bool | None = None
    levels: Levels
    evidence: Evidence = Evidence()
    autonomy: Turns = ()
    consent: Turns = ()
    violations: tuple[LabelledViolation, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One call as people or the program judged it; turns are 1-based, a level is None for n/a."""

    levels: dict[str, int | None]
    evidence: dict[str, tuple[int, ...]]
    violations: tuple[tuple[str, int], ...]
    autonomy: tuple[int, ...]
    moment: str | None
    upsell: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCall:
    """A label file, as it reads and as it is written, with the transcript that it belongs to."""

    name: str
    transcript: Path
    file: LabelFile
    source: Source

    @property
    def sellers(self) -> tuple[str, ...]:
        """Who sells."""
        return self.file.sellers

    @property
    def buyers(self) -> tuple[str, ...]:
        """Who buys; where nobody is named, all others do."""
        return self.file.buyers

    @property
    def labels(self) -> Labels:
        """What people found."""
        levels, evidence = dict(self.file.levels), dict(self.file.evidence)
        return Labels(
            levels={p: None if levels[p] == "na" else int(levels[p]) for p in PROMPTS},
            evidence={p: (*evidence[p], *evidence.get(f"{p}_response", ())) for p in PROMPTS},
            violations=tuple((v.kind, v.turn) for v in self.file.violations),
            autonomy=self.file.autonomy,
            moment=self.file.moment,
            upsell=self.file.upsell,
        )

    def mistake(self, path: Path_, message: str, hint: str | None) -> Mistake:
        """A mistake in the value at a path of the label file."""
        return Mistake(place=self.source.place(path), message=message, hint=hint)


def read_folder(folder: Path) -> list[LabelledCall]:
    """All labelled calls of a folder, by name.

    Raises UsageError where there are none, LabelError with all mistakes of files that do not follow the shape.
    """
    place = Place(path=str(folder))
    hint = "it holds NAME.yaml beside each transcript; see docs/labelling.md"
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".yaml" and not file.name.endswith(SIDECAR))
    except OSError as error:
        raise UsageError(f"no folder of labels: {error.strerror}", place=place, hint=hint) from None
    if not files:
        raise UsageError("no labels in this folder", place=place, hint=hint)
    calls: list[LabelledCall] = []
    mistakes: list[Mistake] = []
    for file in files:
        try:
            calls.append(_read(file))
        except LabelError as error:
            mistakes += error.mistakes
    if mistakes:
        raise LabelError(mistakes)
    return calls


def _read(file: Path) -> LabelledCall:
    source = read(file, str(file))
    shape, mistakes = shaped(source, LabelFile)
    if shape is None:
        raise LabelError(mistakes)
    return LabelledCall(name=file.stem, transcript=_transcript(file), file=shape, source=source)


def _transcript(file: Path) -> Path:
    others = [p for p in sorted(file.parent.glob(f"{glob.escape(file.stem)}.*")) if p.suffix not in {".yaml", ".yml"}]
    if not others:
        raise LabelError(
            [
                Mistake(
                    place=Place(path=str(file)),
                    message="no transcript of this name beside it",
                    hint=f"expected {file.stem}.txt or .vtt",
                )
            ]
        )
    return others[0]


def refuse_misfits(labelled: LabelledCall, *, turns: int, kinds: Collection[str], moments: Collection[str]) -> None:
    """Raise LabelError where labels name a turn, a violation or a moment that the call or the rubric does not have."""
    mistakes = [
        labelled.mistake(path, f"there is no turn {turn}", f"the transcript has {turns} turns")
        for path, turn in _labelled_turns(labelled.file)
        if turn > turns
    ]
    mistakes += [
        labelled.mistake(path, f"unknown {path[-1]} {word!r}", _one_of(word, known))
        for path, word, known in _labelled_words(labelled.file, kinds, moments)
        if word not in known
    ]
    if mistakes:
        raise LabelError(mistakes)


def _labelled_turns(file: LabelFile) -> Iterator[tuple[Path_, int]]:
    """Each turn that is labelled, with its place in the file."""
    lists: list[tuple[Path_, Turns]] = [(("autonomy",), file.autonomy), (("consent",), file.consent)]
    lists += [(("evidence", prompt), turns) for prompt, turns in file.evidence]
    for path, turns in lists:
        yield from (((*path, i), turn) for i, turn in enumerate(turns))
    yield from ((("violations", i, "turn"), v.turn) for i, v in enumerate(file.violations))


def _labelled_words(
    file: LabelFile, kinds: Collection[str], moments: Collection[str]
) -> Iterator[tuple[Path_, str, Collection[str]]]:
    """Each word that must be known to the rubric, with its place in the file and what is known."""
    if file.moment is not None:
        yield ("moment",), file.moment, moments
    yield from ((("violations", i, "kind"), v.kind, kinds) for i, v in enumerate(file.violations))


def _one_of(word: str, known: Collection[str]) -> str:
    close = did_you_mean(word, known)
    return f"did you mean {close!r}?" if close else f"one of: {', '.join(known)}"
