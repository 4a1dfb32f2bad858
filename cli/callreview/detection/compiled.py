"""A rubric compiled for detection: every phrase a pattern, and which words call for which phrases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from callreview.detection import keeping
from callreview.detection.patterns import Compiled, Pattern
from callreview.detection.program import Program, phrases_of, program
from callreview.detection.token_patterns import TokenPatterns
from callreview.rubric.model import Context, Phrase, Rubric, Signal
from callreview.rubric.source import Path_


class Anchors:
    """From the words of a stretch to the patterns that may match in it; `called` are those of each word (`calls`)."""

    def __init__(self, called: Mapping[str, Iterable[Pattern]]) -> None:
        self._called = called

    def present(self, words: Iterable[str]) -> set[Pattern]:
        """The patterns that these words call for."""
        present = set(self._called.get("", ()))
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


def compile_rubric(rubric: Rubric, *, keep: bool = False) -> CompiledRubric:
    """Compile every phrase once; `keep` what comes of it for the next time, and take what was kept."""
    phrases, called = _kept(rubric) if keep else program(rubric).compiled()
    tokens = TokenPatterns(rubric.signals.values())
    by_place = dict(zip((_key(phrase) for phrase in phrases_of(rubric)), phrases, strict=True))

    def compiled(phrases: Iterable[Phrase], more: Iterable[Compiled] = ()) -> tuple[Compiled, ...]:
        return (*(by_place[_key(phrase)] for phrase in phrases), *more)

    signals = {
        s.id: CompiledSignal(signal=s, phrases=compiled(s.phrases, tokens.of(s.id)), but_not=compiled(s.but_not))
        for s in rubric.signals.values()
    }
    contexts = {
        c.id: CompiledContext(c, compiled(c.cues), compiled(c.ends), compiled(c.look_alikes))
        for c in rubric.contexts.values()
    }
    called.setdefault("", []).extend(raw.pattern for s in rubric.signals for raw in tokens.of(s))
    return CompiledRubric(rubric=rubric, signals=signals, contexts=contexts, tokens=tokens, anchors=Anchors(called))


def _key(phrase: Phrase) -> tuple[str, Path_]:
    return phrase.source.name, phrase.path


def _kept(rubric: Rubric) -> tuple[list[Compiled], dict[str, list[Pattern]]]:
    """The phrases as they were kept the last time, or else made and kept anew."""
    data = keeping.kept(rubric.digest)
    if data is not None:
        with suppress(ValueError, KeyError, TypeError):
            phrases, called = Program(data["rows"], data["phrases"], data["called"]).compiled()
            if len(phrases) == sum(1 for _ in phrases_of(rubric)):
                return phrases, called
    new = program(rubric)
    keeping.keep(rubric.digest, {"rows": new.rows, "phrases": new.phrases, "called": new.called})
    return new.compiled()
