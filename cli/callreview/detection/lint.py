"""Weak spots of a playbook that loads: too few examples, and what nobody uses.

Only what the playbook itself holds is looked at, not what it has from one that it extends.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.errors import Mistake
from callreview.rubric.model import Rubric, Signal
from callreview.rubric.phrases import list_refs

FINDS, IGNORES = 12, 8


def lint(rubric: Rubric) -> Iterator[Mistake]:
    """All weak spots, each with its place."""
    heard = _listened_to(rubric)
    for signal in rubric.signals.values():
        if signal.origin.own:
            yield from _examples(signal)
            if signal.id not in heard:
                yield Mistake(
                    place=signal.place, message=f"nothing listens to {signal.id}", hint="name it in rubric.yaml"
                )
    used = _used_lists(rubric)
    for name, origin in rubric.list_origins.items():
        if origin.own and name not in used:
            yield Mistake(place=origin.place(), message=f"<{name}> is used by no phrase", hint="remove it, or use it")


def _examples(signal: Signal) -> Iterator[Mistake]:
    for key, least in (("finds", FINDS), ("ignores", IGNORES)):
        count = len(getattr(signal.file, key))
        if count < least:
            message = f"only {count} {key}; {least} keep a rule honest"
            yield Mistake(place=signal.place, message=message, hint="add sentences that people really say")


def _used_lists(rubric: Rubric) -> set[str]:
    phrases = [p for s in rubric.signals.values() for p in (*s.phrases, *s.but_not)]
    phrases += [p for c in rubric.contexts.values() for p in (*c.cues, *c.ends, *c.look_alikes)]
    phrases += [p for entries in rubric.lists.values() for p in entries]
    return {ref.name for phrase in phrases for ref in list_refs(phrase.tree)}


def _listened_to(rubric: Rubric) -> set[str]:
    """The signals that rubric.yaml or a combination names."""
    named = [*rubric.autonomy, *rubric.consent, *rubric.recitation]
    named += [name for prompt in rubric.prompts for name in prompt.listens_to]
    named += [name for violation in rubric.violations for name in (*violation.signals, *violation.listens_to)]
    named += [name for one in rubric.indicators for name in (*one.signals, *one.listens_to)]
    named += [name for signals in rubric.moments.values() for name in signals]
    named += [name for combination in rubric.combinations.values() for part in combination.parts for name in part]
    return set(named)
