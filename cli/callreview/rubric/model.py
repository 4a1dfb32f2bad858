"""A loaded rubric: typed rules that know their line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from callreview.errors import Place
from callreview.rubric.phrases import Sequence
from callreview.rubric.schema import CombinationShape, ContextShape, PromptShape, SignalFile, ViolationShape


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase, parsed, with where it is written."""

    text: str
    tree: Sequence
    place: Place

    @property
    def rule(self) -> str:
        """`file:line`, as reviews print it."""
        return f"{self.place.path}:{self.place.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPattern:
    """A raw spaCy pattern, with where it is written."""

    pattern: tuple[Mapping[str, Any], ...]
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
    place: Place


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
    place: Place

    @property
    def parts(self) -> tuple[frozenset[str], ...]:
        """Per part, the signals of which one must be heard."""
        return tuple(frozenset(p.strip() for p in part.split("|")) for part in self.shape.all_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A playbook, ready to be compiled."""

    id: str
    version: str
    title: str
    digest: str
    signals: Mapping[str, Signal]
    contexts: Mapping[str, Context]
    lists: Mapping[str, tuple[Phrase, ...]]
    combinations: Mapping[str, Combination]
    prompts: tuple[PromptShape, ...]
    violations: tuple[ViolationShape, ...]
    autonomy: tuple[str, ...]
    consent: tuple[str, ...]
    autonomy_reading: str | None
    consent_reading: str | None
    recitation: tuple[str, ...]
    moments: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place]
