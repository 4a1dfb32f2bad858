"""A rubric compiled for detection: every phrase a pattern, and which words call for which phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from callreview.detection.patterns import Compiled, Pattern
from callreview.detection.program import Writer, patterns
from callreview.detection.token_patterns import TokenPatterns
from callreview.rubric.model import Context, Phrase, Rubric, Signal
from callreview.rubric.names import BUILT_IN_LISTS


class Anchors:
    """From the words of a stretch to the patterns that may match in it: each needs one of some words, or none."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._always: set[Pattern] = set()
        self._called: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            needed = pattern.needed()
            if needed is None:
                self._always.add(pattern)
            for word in needed or ():
                self._called.setdefault(word, []).append(pattern)

    def present(self, words: Iterable[str]) -> set[Pattern]:
        """The patterns that these words call for."""
        present = set(self._always)
        for word in words:
            present.update(self._called.get(word, ()))
        return present


@dataclass(frozen=True, slots=True)
class CompiledSignal:
    """A signal's phrases, its raw token patterns among them, and look-alikes."""

    signal: Signal
    phrases: tuple[Compiled, ...]
    but_not: tuple[Compiled, ...]


@dataclass(frozen=True, slots=True)
class CompiledContext:
    """A context's cues, terminators and look-alikes."""

    context: Context
    cues: tuple[Compiled, ...]
    ends: tuple[Compiled, ...]
    look_alikes: tuple[Compiled, ...]


@dataclass(frozen=True, slots=True)
class CompiledRubric:
    """All patterns of a rubric."""

    rubric: Rubric
    signals: Mapping[str, CompiledSignal]
    contexts: Mapping[str, CompiledContext]
    tokens: TokenPatterns
    anchors: Anchors


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile every phrase once."""
    writer = Writer(rubric.lists, BUILT_IN_LISTS)
    everything = [*_phrases_of(rubric)]
    rows = [writer.write(phrase) for phrase in everything]
    made = patterns(writer.rows)
    by_phrase = {id(phrase): Compiled(made[row], phrase.rule) for phrase, row in zip(everything, rows, strict=True)}
    tokens = TokenPatterns(rubric.signals.values())

    def compiled(phrases: Iterable[Phrase], more: Iterable[Compiled] = ()) -> tuple[Compiled, ...]:
        return (*(by_phrase[id(phrase)] for phrase in phrases), *more)

    signals = {
        s.id: CompiledSignal(signal=s, phrases=compiled(s.phrases, tokens.of(s.id)), but_not=compiled(s.but_not))
        for s in rubric.signals.values()
    }
    contexts = {
        c.id: CompiledContext(c, compiled(c.cues), compiled(c.ends), compiled(c.look_alikes))
        for c in rubric.contexts.values()
    }
    anchors = Anchors([*made, *(raw.pattern for s in rubric.signals for raw in tokens.of(s))])
    return CompiledRubric(rubric=rubric, signals=signals, contexts=contexts, tokens=tokens, anchors=anchors)


def _phrases_of(rubric: Rubric) -> Iterator[Phrase]:
    for signal in rubric.signals.values():
        yield from (*signal.phrases, *signal.but_not)
    for context in rubric.contexts.values():
        yield from (*context.cues, *context.ends, *context.look_alikes)
