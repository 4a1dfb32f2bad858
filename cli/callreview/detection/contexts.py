"""Contexts: words around a find that change what it says.

A cue has a direction and a reach in words, ended by terminators; a look-alike ("no penalty") is no cue. The idea is
that of ConText (Harkema et al., 2009, "ConText: an algorithm for determining negation, experiencer and temporal
status from clinical reports").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callreview.detection.compiled import CompiledContext
from callreview.detection.patterns import Compiled
from callreview.detection.scenes import Scene


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a context is switched on, as a half-open word range, and how far it reaches to each side."""

    first: int
    after: int
    reaches_from: int
    reaches_to: int


def active_contexts(
    contexts: Mapping[str, CompiledContext],
    scene: Scene,
    closing: str,
    first: int,
    after: int,
    phrase: Compiled,
    remembered: dict[str, list[Cue]],
) -> tuple[str, ...]:
    """The contexts that hold for the words `first` to `after`; `remembered` keeps a sentence's cues."""
    active = []
    for name, context in contexts.items():
        if closing and closing in context.context.shape.closing:
            active.append(name)
            continue
        if name not in remembered:
            remembered[name] = _cues(context, scene)
        if any(_covers(cue, scene, first, after, phrase) for cue in remembered[name]):
            active.append(name)
    return tuple(active)


def _cues(context: CompiledContext, scene: Scene) -> list[Cue]:
    said = _spans(context.cues, scene)
    if not said:
        return []
    look_alikes = _spans(context.look_alikes, scene)
    found = [span for span in said if not any(a <= span[0] and span[1] <= b for a, b in look_alikes)]
    ends = _spans(context.ends, scene)
    return [_cue(context, scene, span, ends) for span in found]


def _cue(context: CompiledContext, scene: Scene, span: tuple[int, int], ends: list[tuple[int, int]]) -> Cue:
    """A cue with its reach cut at the nearest terminators."""
    shape = context.context.shape
    first, after = span
    forward = min([after + shape.reach, *[a for a, _ in ends if a >= after], len(scene.words)])
    backward = max([first - shape.reach, *[b for _, b in ends if b <= first], 0])
    reaches_to = forward if shape.direction in ("forward", "both") else after
    reaches_from = backward if shape.direction in ("backward", "both") else first
    return Cue(first, after, reaches_from, reaches_to)


def _spans(phrases: Iterable[Compiled], scene: Scene) -> list[tuple[int, int]]:
    return [span for phrase in phrases for span in phrase.search(scene)]


def _covers(cue: Cue, scene: Scene, first: int, after: int, phrase: Compiled) -> bool:
    """A cue before or behind the find, or in a gap of it, but not a word that the phrase itself says."""
    if cue.first >= first and cue.after <= after:
        return not any(word in phrase.vocabulary for word in scene.words[cue.first : cue.after])
    if cue.first < first:
        return cue.reaches_to > first
    return cue.reaches_from < after
