"""A rubric compiled for detection: every phrase a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from callreview.detection.patterns import Compiled, Compiler
from callreview.detection.token_patterns import TokenPatterns
from callreview.rubric.model import Context, Phrase, Rubric, Signal
from callreview.rubric.names import BUILT_IN_LISTS


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


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile every phrase once."""
    compiler = Compiler(rubric.lists, BUILT_IN_LISTS)
    tokens = TokenPatterns(rubric.signals.values())

    def compiled(phrases: Iterable[Phrase]) -> tuple[Compiled, ...]:
        return tuple(compiler.compile(phrase) for phrase in phrases)

    signals = {
        s.id: CompiledSignal(signal=s, phrases=compiled(s.phrases) + tokens.of(s.id), but_not=compiled(s.but_not))
        for s in rubric.signals.values()
    }
    contexts = {
        c.id: CompiledContext(c, compiled(c.cues), compiled(c.ends), compiled(c.look_alikes))
        for c in rubric.contexts.values()
    }
    return CompiledRubric(rubric=rubric, signals=signals, contexts=contexts, tokens=tokens)
