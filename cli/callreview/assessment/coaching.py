"""What a rep can do better: the gaps that matter most in this moment of the sale, each with a line that says it better.

Gaps come from a review, lines from the playbook; what fills them was said in this call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from callreview.assessment.review import Answer, Review, Violation
from callreview.assessment.spans import Filling, Spans
from callreview.conversation import Passage, Side
from callreview.detection.hearing import Hearing, Sighting
from callreview.rubric import Rubric
from callreview.rubric.lines import Slot, parse_line
from callreview.rubric.schema import PromptShape

MOST_GAPS = 3
# Of these, so many may be violations: the rest is for what would make the call better.
MOST_VIOLATIONS = 2
# Below this level something is missing; from it on, it could be sharper.
SOUND = 2
_SEVERITIES = ("blocker", "major", "minor")


@dataclass(frozen=True, slots=True)
class Blank:
    """What nobody said in this call: words for what the rep has to fill in."""

    words: str


# A part of a line: the playbook's words, words of the call, a speaker's name, or what is left to fill in.
Part: TypeAlias = str | Passage | Blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One thing to do better: an answer below its highest level, or a violation.

    `own` are the words at the spot, `advice` is what to do in the playbook's words, `line` what to say; it is empty
    where the playbook has none.
    """

    answer: Answer | None = None
    violation: Violation | None = None
    own: tuple[Sighting, ...]
    advice: str
    line: tuple[Part, ...]


def coaching(hearing: Hearing, review: Review, rubric: Rubric) -> tuple[Gap, ...]:
    """The gaps that matter most, the worst violation first where there is one, at most three."""
    spans = Spans(hearing, review)
    gaps = [_of_violation(violation, rubric, spans) for violation in _worst(review.violations)]
    gaps += [_of_answer(answer, hearing, rubric, spans) for answer in _weakest(review, rubric)]
    return tuple(gaps[:MOST_GAPS])


def _worst(violations: Sequence[Violation]) -> list[Violation]:
    """Of the blockers one of each kind; where there are none, the worst of the others."""
    kinds: dict[str, Violation] = {}
    for violation in sorted(violations, key=lambda v: _SEVERITIES.index(v.severity)):
        kinds.setdefault(violation.kind, violation)
    blockers = [violation for violation in kinds.values() if violation.severity == "blocker"]
    return blockers[:MOST_VIOLATIONS] or list(kinds.values())[:1]


def _weakest(review: Review, rubric: Rubric) -> list[Answer]:
    """What the moment asks for and is missing, in the playbook's order; then what could be sharper."""
    order = rubric.coaching.get(review.moment) or tuple(prompt.id for prompt in rubric.prompts)
    asked = [review.answer(prompt) for prompt in order]
    open_ = [a for a in asked if a.level is not None and a.level < a.max_level and a.coach]
    return sorted(open_, key=lambda a: (a.level or 0) >= SOUND)


def _of_violation(violation: Violation, rubric: Rubric, spans: Spans) -> Gap:
    shape = next(shape for shape in rubric.violations if shape.id == violation.kind)
    return Gap(
        violation=violation,
        own=(violation.sighting,),
        advice=violation.instead,
        line=_line(shape.lines, spans),
    )


def _of_answer(answer: Answer, hearing: Hearing, rubric: Rubric, spans: Spans) -> Gap:
    prompt = next(prompt for prompt in rubric.prompts if prompt.id == answer.prompt)
    return Gap(
        answer=answer,
        own=tuple(_own_words(answer, prompt, hearing)),
        advice=answer.coach or "",
        line=_line(answer.lines, spans),
    )


def _own_words(answer: Answer, prompt: PromptShape, hearing: Hearing) -> list[Sighting]:
    """What the seller said there; where an answer to the buyer is judged, the buyer's words before it.

    Where the seller said nothing of the kind, the buyer's words, or else the spot where it could have been said.
    """
    heard = (*answer.carried_by, *answer.evidence)
    said, asked = _first_of(Side.SELLER, heard, hearing), _first_of(Side.BUYER, heard, hearing)
    if prompt.take == "worst":
        return asked + said
    return said or asked or _first_of(Side.SELLER, (s for spot in prompt.spot for s in hearing.of(spot)), hearing)


def _first_of(side: Side, sightings: Iterable[Sighting], hearing: Hearing) -> list[Sighting]:
    return [s for s in sightings if hearing.side(s.turn) is side][:1]


def _line(lines: Sequence[str], spans: Spans) -> tuple[Part, ...]:
    """The first line of which all slots can be filled, else the last one with its blanks; empty where there is none."""
    filled: tuple[Part, ...] = ()
    for text in lines:
        filled = tuple(_part(part, spans) for part in parse_line(text))
        if not any(isinstance(part, Blank) for part in filled):
            break
    return filled


def _part(part: str | Slot, spans: Spans) -> Part:
    if isinstance(part, str):
        return part
    filling: Filling | None = spans.filling(part.name)
    return Blank(part.blank or part.name) if filling is None else filling
