"""Reviewing labelled calls and holding the reviews against the labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from callreview.analysis.agreement import Agreement, compare, from_review
from callreview.analysis.labels import PROMPTS, LabelledCall
from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One level on which people and program differ; None is n/a."""

    call: Call
    name: str
    prompt: str
    people: int | None
    program: int | None
    people_turns: tuple[int, ...]
    review: Review

    @property
    def gap(self) -> int:
        """How far apart the levels are; n/a against a level counts as its distance from below 0."""
        return abs((-1 if self.people is None else self.people) - (-1 if self.program is None else self.program))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Agreement over a folder, and the disagreements, the worst first."""

    agreement: Agreement
    disagreements: tuple[Disagreement, ...]


def evaluate(calls: Sequence[LabelledCall], reviewer: Reviewer, read: Callable[[LabelledCall], Call]) -> Evaluation:
    """Review each labelled call; `read` turns one into a `Call` with its sides."""
    reviews = [reviewer.review(_dated(read(labelled), labelled)) for labelled in calls]
    pairs = [(labelled.labels, from_review(review)) for labelled, review in zip(calls, reviews, strict=True)]
    differing = [d for labelled, review in zip(calls, reviews, strict=True) for d in _disagreements(labelled, review)]
    return Evaluation(
        agreement=compare(pairs),
        disagreements=tuple(sorted(differing, key=lambda d: (-d.gap, d.name, PROMPTS.index(d.prompt)))),
    )


def _dated(call: Call, labelled: LabelledCall) -> Call:
    return replace(call, date=labelled.file.date) if labelled.file.date and call.date is None else call


def _disagreements(labelled: LabelledCall, review: Review) -> list[Disagreement]:
    return [
        Disagreement(
            call=review.call,
            name=labelled.name,
            prompt=prompt,
            people=labelled.labels.levels[prompt],
            program=review.answer(prompt).level,
            people_turns=labelled.labels.evidence[prompt],
            review=review,
        )
        for prompt in PROMPTS
        if labelled.labels.levels[prompt] != review.answer(prompt).level
    ]
