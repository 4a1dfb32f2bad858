"""A rubric compiled for detection: every phrase a pattern."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spacy.matcher import Matcher

from callreview.detection.patterns import Compiled, Compiler
from callreview.detection.words import pipeline
from callreview.errors import Mistake, RubricError
from callreview.rubric.loader import BUILT_IN_LISTS
from callreview.rubric.model import Context, Phrase, Rubric, Signal


@dataclass(frozen=True, slots=True)
class CompiledSignal:
    """A signal's phrases and look-alikes."""

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
    token_matcher: Matcher | None
    token_rules: Mapping[str, tuple[str, str]]


def compile_rubric(rubric: Rubric) -> CompiledRubric:
    """Compile every phrase once; raises RubricError for token patterns that spaCy refuses."""
    compiler = Compiler(rubric.lists, BUILT_IN_LISTS)

    def compiled(phrases: Iterable[Phrase]) -> tuple[Compiled, ...]:
        return tuple(compiler.compile(phrase) for phrase in phrases)

    signals = {
        s.id: CompiledSignal(signal=s, phrases=compiled(s.phrases), but_not=compiled(s.but_not))
        for s in rubric.signals.values()
    }
    contexts = {
        c.id: CompiledContext(c, compiled(c.cues), compiled(c.ends), compiled(c.look_alikes))
        for c in rubric.contexts.values()
    }
    matcher, rules = _token_matcher(rubric)
    return CompiledRubric(
        rubric=rubric,
        signals=signals,
        contexts=contexts,
        token_matcher=matcher,
        token_rules=rules,
    )


def _token_matcher(rubric: Rubric) -> tuple[Matcher | None, dict[str, tuple[str, str]]]:
    """spaCy's Matcher for the raw patterns; its keys lead to (signal, rule)."""
    matcher = Matcher(pipeline().vocab, validate=True)
    rules: dict[str, tuple[str, str]] = {}
    mistakes: list[Mistake] = []
    for signal in rubric.signals.values():
        for pattern in signal.tokens:
            try:
                matcher.add(pattern.rule, [[dict(token) for token in pattern.pattern]])
            except ValueError as error:
                message = f"spaCy refuses this token pattern: {str(error).splitlines()[0]}"
                mistakes.append(Mistake(place=pattern.place, message=message, hint="see spaCy's Matcher documentation"))
            rules[pattern.rule] = (signal.id, pattern.rule)
    if mistakes:
        raise RubricError(mistakes)
    return (matcher if rules else None), rules
