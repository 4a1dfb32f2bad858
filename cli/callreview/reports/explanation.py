"""Why a prompt got its level: what was looked for, found, found and ignored, and what would raise it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from callreview.assessment.review import Review
from callreview.detection.hearing import Hearing, Sighting
from callreview.reports.quoting import quoted, where
from callreview.rubric.model import Rubric
from callreview.rubric.schema import Condition, PromptShape

REASONS = {
    "speaker": "the other side said it",
    "negated": "it is negated",
    "reported": "somebody else's words",
    "conditional": "it is conditional",
    "question": "it is asked, not said",
    "joking": "a joke",
    "look-alike": "it only looks like it",
}


def explanation(review: Review, hearing: Hearing, prompt: PromptShape, rubric: Rubric) -> RenderableType:
    """One prompt, explained in the order that a doubter asks."""
    return Group(*_parts(review, hearing, prompt, rubric))


def _parts(review: Review, hearing: Hearing, prompt: PromptShape, rubric: Rubric) -> Iterator[RenderableType]:
    looked_for = prompt.listens_to
    answer = review.answer(prompt.id)
    level = "n/a" if answer.level is None else f"{answer.level} of {answer.max_level}"
    yield Text(f"{prompt.number} {prompt.question}", style="bold")
    yield Text(f"level {level}: {answer.why}")
    yield Text(f"why it matters: {prompt.why} ({prompt.source})", style="dim")
    yield from _ladder(prompt)
    yield Text("\nLooked for", style="bold")
    for name in looked_for:
        yield _row(f"{name}: {_title(rubric, name)}")
    yield Text("\nEvidence", style="bold")
    yield from _sightings(review, answer.evidence) if answer.evidence else [_row("none")]
    counted = {(s.turn, s.passage.start, s.signal) for s in answer.evidence}
    others = [s for s in hearing.of(*looked_for) if (s.turn, s.passage.start, s.signal) not in counted]
    yield Text("\nHeard, but without weight for the level", style="bold")
    yield from _sightings(review, others) if others else [_row("nothing")]
    ignored = [s for s in hearing.ignored if s.signal in looked_for]
    yield Text("\nHeard and ignored", style="bold")
    yield from _sightings(review, ignored) if ignored else [_row("nothing")]
    if answer.missing:
        yield Text("\nTo raise the level", style="bold")
        yield _row(f"missing: {answer.missing}")
        yield _row(f"next time: {answer.coach}")


def _ladder(prompt: PromptShape) -> Iterator[RenderableType]:
    take = "the best place counts" if prompt.take == "best" else "the worst handled one counts"
    yield Text(f"\nLadder ({take})", style="bold")
    for rung in prompt.ladder:
        yield _row(f"{rung.level}  {rung.means}{f' [{_condition(rung.when)}]' if rung.when else ''}")


def _condition(condition: Condition) -> str:
    parts = [f"all of {', '.join(condition.all)}"] if condition.all else []
    parts += [f"any of {', '.join(condition.any)}"] if condition.any else []
    parts += [f"none of {', '.join(condition.none)}"] if condition.none else []
    parts += [f"at least {condition.at_least} of {', '.join(condition.of)}"] if condition.at_least else []
    return "; ".join(parts)


def _title(rubric: Rubric, name: str) -> str:
    if name in rubric.signals:
        return rubric.signals[name].file.title
    return rubric.combinations[name].shape.title


def _sightings(review: Review, sightings: tuple[Sighting, ...] | list[Sighting]) -> Iterator[RenderableType]:
    for s in sightings:
        reason = f" · ignored: {REASONS.get(s.ignored_because, s.ignored_because)}" if s.ignored_because else ""
        yield _row(f"{where(review.call, s)} (turn {s.turn})  {quoted(review.call, s)}")
        words = review.call.quote(s.passage)
        yield Padding(Text(f"{s.signal} by {s.rule}: “{words}”{reason}", style="dim"), (0, 0, 0, 6))


def _row(text: str) -> Padding:
    return Padding(Text(text), (0, 0, 0, 2))
