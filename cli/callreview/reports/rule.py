"""A rule's page with fixed headings: what it finds, why it matters, says, does not count, source."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from callreview.rubric.model import Combination, Rubric, Signal
from callreview.rubric.schema import Dialogue, PromptShape, ViolationShape


def rule_page(rubric: Rubric, name: str) -> RenderableType | None:
    """The page of a signal, combination, prompt or violation; None where there is no such rule.

    A violation and its signal may share a name: both are shown.
    """
    lines: list[str] = []
    for prompt in rubric.prompts:
        if prompt.id == name:
            lines += _prompt(prompt)
    for violation in rubric.violations:
        if violation.id == name:
            lines += _violation(violation)
    if name in rubric.signals:
        lines += _signal(rubric.signals[name])
    if name in rubric.combinations:
        lines += _combination(rubric.combinations[name])
    return Group(*(Text(line) for line in lines)) if lines else None


def _prompt(prompt: PromptShape) -> Iterator[str]:
    yield f"PROMPT {prompt.number} {prompt.id}: {prompt.question}"
    yield f"Why it matters\n  {prompt.why}"
    yield "Levels" + "".join(f"\n  {rung.level}  {rung.means}" for rung in prompt.ladder)
    yield f"Listens to\n  {', '.join(prompt.listens_to)}"
    yield f"Source\n  {prompt.source}"


def _violation(violation: ViolationShape) -> Iterator[str]:
    yield f"VIOLATION {violation.id} ({violation.severity}): {violation.title}"
    yield f"Why it matters\n  {violation.why}"
    yield f"Say instead\n  {violation.instead}"
    yield f"Source\n  {violation.source}"


def _signal(signal: Signal) -> Iterator[str]:
    file = signal.file
    yield f"SIGNAL {signal.id}: {file.title} (said by: {file.side})"
    yield f"Why it matters\n  {file.why}"
    yield "Says" + "".join(f"\n  {phrase.text}" for phrase in signal.phrases)
    yield "Finds" + "".join(f"\n  {_shown(example)}" for example in file.finds)
    yield "Does not count" + "".join(f"\n  {_shown(e.text)}  [{e.because}]" for e in file.ignores)
    if file.known_misses:
        yield "Known misses" + "".join(f"\n  {_shown(example)}" for example in file.known_misses)
    if file.known_false_alarms:
        yield "Known false alarms" + "".join(f"\n  {_shown(example)}" for example in file.known_false_alarms)
    yield f"Source\n  {file.source}"


def _combination(combination: Combination) -> Iterator[str]:
    shape = combination.shape
    yield f"COMBINATION {combination.id}: {shape.title}"
    yield f"Why it matters\n  {shape.why}"
    yield f"Says\n  {' + '.join(shape.all_of)} within {shape.within_turns} turns, same {shape.same}"


def _shown(example: Dialogue) -> str:
    return example if isinstance(example, str) else " / ".join(example)
