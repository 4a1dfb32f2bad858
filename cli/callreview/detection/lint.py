"""Weak spots of a playbook that loads: too few examples, phrases that no example reaches, what nobody uses."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.detection.compiled import compile_rubric
from callreview.errors import Mistake
from callreview.rubric.model import Rubric, Signal
from callreview.rubric.phrases import list_refs

FINDS, IGNORES = 12, 8


def lint(rubric: Rubric) -> Iterator[Mistake]:
    """All weak spots, each with its place."""
    for signal in rubric.signals.values():
        yield from _examples(signal)
        yield from _reasons(rubric, signal)
    yield from _unused_lists(rubric)
    yield from _unheard_signals(rubric)
    compile_rubric(rubric)


def _examples(signal: Signal) -> Iterator[Mistake]:
    for key, least in (("finds", FINDS), ("ignores", IGNORES)):
        count = len(getattr(signal.file, key))
        if count < least:
            message = f"only {count} {key}; {least} keep a rule honest"
            yield Mistake(place=signal.place, message=message, hint="add sentences that people really say")


def _reasons(rubric: Rubric, signal: Signal) -> Iterator[Mistake]:
    known = {"speaker", "look-alike", "no phrase", *rubric.contexts}
    for i, example in enumerate(signal.file.ignores):
        if example.because not in known:
            place = rubric.places[f"{signal.id}.ignores.{i}"]
            yield Mistake(
                place=place, message=f"unknown reason {example.because!r}", hint=f"one of: {', '.join(sorted(known))}"
            )


def _unused_lists(rubric: Rubric) -> Iterator[Mistake]:
    phrases = [p for s in rubric.signals.values() for p in (*s.phrases, *s.but_not)]
    phrases += [p for c in rubric.contexts.values() for p in (*c.cues, *c.ends, *c.look_alikes)]
    phrases += [p for entries in rubric.lists.values() for p in entries]
    used = {ref.name for phrase in phrases for ref in list_refs(phrase.tree)}
    for name in rubric.lists:
        if name not in used:
            place = rubric.places[f"list {name}"]
            yield Mistake(place=place, message=f"<{name}> is used by no phrase", hint="remove it, or use it")


def _unheard_signals(rubric: Rubric) -> Iterator[Mistake]:
    used = {name for p in rubric.prompts for name in p.listens_to}
    used |= {name for v in rubric.violations for name in (*v.signals, *v.listens_to)}
    used |= {name for names in rubric.moments.values() for name in names} | {
        *rubric.autonomy,
        *rubric.consent,
        *rubric.recitation,
    }
    used |= {name for c in rubric.combinations.values() for part in c.parts for name in part}
    for signal in rubric.signals.values():
        if signal.id not in used:
            yield Mistake(place=signal.place, message=f"nothing listens to {signal.id}", hint="name it in rubric.yaml")
