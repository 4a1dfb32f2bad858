"""A loaded rubric: typed rules that know their line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callreview.errors import Place
from callreview.rubric.phrases import Sequence, parse
from callreview.rubric.schema import (
    CombinationShape,
    ContextShape,
    IndicatorShape,
    PromptShape,
    SignalFile,
    TokenShape,
    ViolationShape,
)
from callreview.rubric.source import Path_, Source


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule is written; `own` is false where the playbook has it from one that it extends."""

    source: Source
    path: Path_
    own: bool

    def place(self, *steps: str | int) -> Place:
        """The place of the rule, or of a part of it such as `"finds", 0`."""
        return self.source.place((*self.path, *steps), key=not steps)


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One phrase, and where it is written: at a path of a file. It is parsed and placed when that is asked for."""

    text: str
    source: Source
    path: Path_

    @property
    def tree(self) -> Sequence:
        """The phrase, parsed."""
        return parse(self.text)

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.source.place(self.path)

    @property
    def rule(self) -> str:
        """`file:line`, as reviews print it."""
        return f"{self.place.path}:{self.place.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPattern:
    """A raw spaCy pattern, with where it is written."""

    pattern: tuple[TokenShape, ...]
    place: Place

    @property
    def rule(self) -> str:
        """`file:line`, as reviews print it."""
        return f"{self.place.path}:{self.place.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A rule for one thing that can be heard in one sentence."""

    id: str
    file: SignalFile
    phrases: tuple[Phrase, ...]
    tokens: tuple[TokenPattern, ...]
    but_not: tuple[Phrase, ...]
    origin: Origin

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.origin.place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Cues that change what a find says."""

    id: str
    shape: ContextShape
    cues: tuple[Phrase, ...]
    ends: tuple[Phrase, ...]
    look_alikes: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Signals over turns that are one."""

    id: str
    shape: CombinationShape
    origin: Origin

    @property
    def place(self) -> Place:
        """Where its name stands."""
        return self.origin.place()

    @property
    def parts(self) -> tuple[frozenset[str], ...]:
        """Per part, the signals of which one must be heard."""
        return tuple(frozenset(p.strip() for p in part.split("|")) for part in self.shape.all_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A playbook, ready to be compiled; `folders` are those that it extends, and its own at the end."""

    id: str
    version: str
    title: str
    digest: str
    signals: Mapping[str, Signal]
    contexts: Mapping[str, Context]
    lists: Mapping[str, tuple[Phrase, ...]]
    list_origins: Mapping[str, Origin]
    combinations: Mapping[str, Combination]
    prompts: tuple[PromptShape, ...]
    violations: tuple[ViolationShape, ...]
    indicators: tuple[IndicatorShape, ...]
    autonomy: tuple[str, ...]
    consent: tuple[str, ...]
    autonomy_reading: str | None
    consent_reading: str | None
    recitation: tuple[str, ...]
    moments: Mapping[str, tuple[str, ...]]
    coaching: Mapping[str, tuple[str, ...]]
    folders: tuple[Path, ...]
    reading_places: Mapping[str, Place]
