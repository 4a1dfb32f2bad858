"""Contexts: words around a find that change what it says.

A cue has a direction and a reach in words, ended by terminators; a look-alike ("no penalty") is no cue. The idea is
that of ConText (Harkema et al., 2009, "ConText: an algorithm for determining negation, experiencer and temporal
status from clinical reports").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from callreview.detection.compiled import CompiledContext
from callreview.detection.patterns import Compiled, spans
from callreview.detection.scenes import Stretch
from callreview.rubric.schema import ContextShape

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a context is switched on, as a half-open range of places, and how far it reaches to each side."""

    first: int
    after: int
    reaches_from: int
    reaches_to: int

    def covers(self, stretch: Stretch, first: int, after: int, phrase: Compiled) -> bool:
        """A cue before or behind the find, or in a gap of it, but not a word that the phrase itself says."""
        if self.first >= first and self.after <= after:
            return not any(word in phrase.vocabulary for word in stretch.words[self.first : self.after])
        if self.first < first:
            return self.reaches_to > first
        return self.reaches_from < after


class Contexts:
    """The contexts of a stretch, sentence by sentence; `closings` are the marks that end its sentences."""

    def __init__(self, contexts: Mapping[str, CompiledContext], stretch: Stretch, closings: Sequence[str]) -> None:
        self._stretch = stretch
        self._by_closing: dict[str, frozenset[str]] = {"": frozenset()}
        for closing in {*closings} - {""}:
            names = [name for name, context in contexts.items() if closing in context.context.shape.closing]
            self._by_closing[closing] = frozenset(names)
        self._closings = closings
        self._order = tuple(contexts)
        self._cues: dict[int, list[tuple[str, Cue]]] = {}
        for name, context in contexts.items():
            for sentence, cue in _cues(context, stretch):
                self._cues.setdefault(sentence, []).append((name, cue))

    def active(self, first: int, after: int, phrase: Compiled) -> tuple[str, ...]:
        """The contexts that hold for the places `first` to `after`, within one sentence, where `phrase` was found."""
        sentence = self._stretch.sentence_at[first]
        closing = self._by_closing[self._closings[sentence]]
        cues = self._cues.get(sentence)
        if not closing and not cues:
            return ()
        active = {*closing}
        for name, cue in cues or ():
            if name not in active and cue.covers(self._stretch, first, after, phrase):
                active.add(name)
        return tuple(name for name in self._order if name in active) if active else ()


def _cues(context: CompiledContext, stretch: Stretch) -> Iterable[tuple[int, Cue]]:
    """The cues of a context, each with its sentence."""
    said = spans(context.cues, stretch)
    if not said:
        return
    look_alikes = _by_sentence(context.look_alikes, stretch)
    ends = _by_sentence(context.ends, stretch)
    for first, after in said:
        sentence = stretch.sentence_at[first]
        if not any(a <= first and after <= b for a, b in look_alikes.get(sentence, ())):
            yield sentence, _cue(context.context.shape, stretch, (first, after), ends.get(sentence, ()))


def _cue(shape: ContextShape, stretch: Stretch, span: Span, ends: Iterable[Span]) -> Cue:
    """A cue with its reach cut at the nearest terminators, and at its sentence's ends."""
    first, after = span
    start, end = stretch.sentence(first)
    forward = min([after + shape.reach, *[a for a, _ in ends if a >= after], end])
    backward = max([first - shape.reach, *[b for _, b in ends if b <= first], start])
    reaches_to = forward if shape.direction in ("forward", "both") else after
    reaches_from = backward if shape.direction in ("backward", "both") else first
    return Cue(first, after, reaches_from, reaches_to)


def _by_sentence(phrases: Iterable[Compiled], stretch: Stretch) -> Mapping[int, list[Span]]:
    grouped: dict[int, list[Span]] = {}
    for span in spans(phrases, stretch):
        grouped.setdefault(stretch.sentence_at[span[0]], []).append(span)
    return grouped
