"""Ladders: from facts to a level, by conditions that a manager can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from callreview.assessment.recitation import RECITED_CAP
from callreview.assessment.review import Answer, Finding
from callreview.detection.hearing import Sighting
from callreview.rubric.schema import Condition, LevelShape, PromptShape


def holds(condition: Condition, facts: frozenset[str]) -> bool:
    """Whether a condition holds over some facts.

    >>> holds(Condition(all=["a"], none=["c"]), frozenset({"a", "b"}))
    True
    >>> holds(Condition(at_least=2, of=["a", "b", "c"]), frozenset({"a"}))
    False
    """
    return (
        all(fact in facts for fact in condition.all)
        and (not condition.any or any(fact in facts for fact in condition.any))
        and not any(fact in facts for fact in condition.none)
        and sum(fact in facts for fact in condition.of) >= condition.at_least
    )


def level_of(prompt: PromptShape, facts: frozenset[str]) -> int:
    """The highest level whose condition holds; each level is tested on its own."""
    reached = [rung.level for rung in prompt.ladder if rung.when is not None and holds(rung.when, facts)]
    return max(reached, default=0)


def answer(
    prompt: PromptShape,
    findings: Sequence[Finding],
    *,
    upsell: bool,
    cap: int | None,
    recited: frozenset[int] = frozenset(),
) -> Answer:
    """The answer to a prompt from its findings.

    `cap` limits the level where the transcript is doubtful; evidence in `recited` turns reaches level 1 at
    most.
    """
    if (reason := _not_applicable(prompt, findings, upsell)) is not None:
        return _answer(prompt, None, reason, ())
    graded = [(_grade(prompt, finding, recited), finding) for finding in findings]
    choose = max if prompt.take == "best" else min
    level = choose((level for level, _ in graded), default=0)
    why = _rung(prompt, level).means
    if cap is not None and level > cap:
        level, why = cap, f"{why} (capped at {cap}: who sells and who buys is doubtful)"
    # The findings that gave the level first; among the others, those that hold evidence of any level.
    ordered = sorted(graded, key=lambda pair: pair[0], reverse=prompt.take == "best")
    return _answer(prompt, level, why, _evidence(f for _, f in ordered))


def _grade(prompt: PromptShape, finding: Finding, recited: frozenset[int]) -> int:
    level = level_of(prompt, finding.facts)
    return min(level, RECITED_CAP) if any(s.turn in recited for s in finding.evidence) else level


def _not_applicable(prompt: PromptShape, findings: Sequence[Finding], upsell: bool) -> str | None:
    if findings or prompt.not_applicable == "never":
        return None
    if prompt.not_applicable == "nothing heard":
        return "does not apply: nothing of the kind was heard"
    return None if upsell else "does not apply: no upsell was proposed, and nothing of the kind was heard"


def _answer(prompt: PromptShape, level: int | None, why: str, evidence: tuple[Sighting, ...]) -> Answer:
    above = _rung(prompt, level + 1) if level is not None and level < _top(prompt) else None
    return Answer(
        prompt=prompt.id,
        number=prompt.number,
        question=prompt.question,
        level=level,
        max_level=_top(prompt),
        why=why,
        evidence=evidence,
        missing=above.missing if above else None,
        coach=above.coach if above else None,
        weight=prompt.weight,
    )


def _rung(prompt: PromptShape, level: int) -> LevelShape:
    return next(rung for rung in prompt.ladder if rung.level == level)


def _top(prompt: PromptShape) -> int:
    return max(rung.level for rung in prompt.ladder)


def _evidence(findings: Iterable[Finding]) -> tuple[Sighting, ...]:
    seen: dict[tuple[int, int, int, str], Sighting] = {}
    for finding in findings:
        for s in finding.evidence:
            seen.setdefault((s.turn, s.passage.start, s.passage.end, s.signal), s)
    return tuple(seen.values())
