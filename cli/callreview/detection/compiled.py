"""A rubric compiled for detection: every phrase a pattern, and which words call for which phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from callreview.detection.patterns import Compiled
from callreview.detection.program import Row, Writer, patterns
from callreview.detection.scenes import Stretch
from callreview.detection.token_patterns import TokenPatterns
from callreview.rubric.model import Context, Phrase, Rubric, Signal
from callreview.rubric.names import BUILT_IN_LISTS


class Phrases:
    """Phrases that are searched for together; only those are looked at of which a needed word is there."""

    def __init__(self, phrases: Iterable[Compiled]) -> None:
        self.phrases = tuple(phrases)
        self._called: dict[str, list[int]] = {}
        self._always: list[int] = []
        for number, phrase in enumerate(self.phrases):
            if phrase.needed is None:
                self._always.append(number)
            for word in phrase.needed or ():
                self._called.setdefault(word, []).append(number)

    def possible(self, stretch: Stretch) -> list[Compiled]:
        """The phrases that may stand somewhere in a stretch, in their order."""
        called = {number for word in self._called.keys() & stretch.vocabulary for number in self._called[word]}
        return [self.phrases[number] for number in sorted({*called, *self._always})]

    def spans(self, stretch: Stretch) -> list[tuple[int, int]]:
        """Where any of them stands, as half-open ranges of places."""
        return [span for phrase in self.possible(stretch) for span in phrase.search(stretch)]


@dataclass(frozen=True, slots=True)
class CompiledSignal:
    """A signal's phrases, its raw token patterns among them, and look-alikes."""

    signal: Signal
    phrases: Phrases
    but_not: Phrases


@dataclass(frozen=True, slots=True)
class CompiledContext:
    """A context's cues, terminators and look-alikes."""

    context: Context
    cues: Phrases
    ends: Phrases
    look_alikes: Phrases


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """All patterns of a rubric."""

    rubric: Rubric
    signals: Mapping[str, CompiledSignal]
    contexts: Mapping[str, CompiledContext]
    tokens: TokenPatterns


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile every phrase once."""
    writer = Writer(rubric.lists, BUILT_IN_LISTS)
    everything = [*_phrases_of(rubric)]
    rows = [writer.write(phrase) for phrase in everything]
    made = patterns(writer.rows)
    by_phrase = {id(phrase): Compiled(made[row], phrase.rule) for phrase, row in zip(everything, rows, strict=True)}
    tokens = TokenPatterns(rubric.signals.values())

    def compiled(phrases: Iterable[Phrase], more: Iterable[Compiled] = ()) -> Phrases:
        return Phrases([*(by_phrase[id(phrase)] for phrase in phrases), *more])

    signals = {
        s.id: CompiledSignal(signal=s, phrases=compiled(s.phrases, tokens.of(s.id)), but_not=compiled(s.but_not))
        for s in rubric.signals.values()
    }
    contexts = {
        c.id: CompiledContext(c, compiled(c.cues), compiled(c.ends), compiled(c.look_alikes))
        for c in rubric.contexts.values()
    }
    return CompiledRubric(rubric=rubric, signals=signals, contexts=contexts, tokens=tokens)


def _phrases_of(rubric: Rubric) -> Iterator[Phrase]:
    for signal in rubric.signals.values():
        yield from (*signal.phrases, *signal.but_not)
    for context in rubric.contexts.values():
        yield from (*context.cues, *context.ends, *context.look_alikes)
