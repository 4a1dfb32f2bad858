"""Ladders: from facts to a level, by conditions that a manager can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from callreview.assessment.recitation import RECITED_CAP
from callreview.assessment.review import Answer, Finding
from callreview.detection.hearing import Sighting
from callreview.rubric.schema import Condition, LackShape, LevelShape, PromptShape


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
        return _answer(prompt, None, reason, (), [])
    graded = [(_grade(prompt, finding, recited), finding) for finding in findings]
    choose = max if prompt.take == "best" else min
    level = choose((level for level, _ in graded), default=0)
    carrying = [finding for grade, finding in graded if grade == level]
    ordered = sorted(graded, key=lambda pair: pair[0], reverse=prompt.take == "best")
    found = _answer(prompt, level, _rung(prompt, level).means, _evidence(f for _, f in ordered), carrying)
    return found if cap is None or level <= cap else _capped(found, cap)


def _capped(found: Answer, cap: int) -> Answer:
    """The answer where nobody told who sells and who buys: what was heard stays, but not all of it counts."""
    why = f"{found.why} (capped at {cap}: who sells and who buys is doubtful)"
    return replace(found, level=cap, why=why, missing="certainty about who sells and who buys", coach=None, lines=())


def _grade(prompt: PromptShape, finding: Finding, recited: frozenset[int]) -> int:
    level = level_of(prompt, finding.facts)
    return min(level, RECITED_CAP) if any(s.turn in recited for s in finding.evidence) else level


def _not_applicable(prompt: PromptShape, findings: Sequence[Finding], upsell: bool) -> str | None:
    if findings or prompt.not_applicable == "never":
        return None
    if prompt.not_applicable == "nothing heard":
        return "does not apply: nothing of the kind was heard"
    return None if upsell else "does not apply: no upsell, and nothing of the kind was heard"


def _answer(
    prompt: PromptShape,
    level: int | None,
    why: str,
    evidence: tuple[Sighting, ...],
    carrying: Sequence[Finding],
) -> Answer:
    lack = _lack(_rung(prompt, level + 1), carrying) if level is not None and level < _top(prompt) else None
    return Answer(
        prompt=prompt.id,
        number=prompt.number,
        question=prompt.question,
        level=level,
        max_level=_top(prompt),
        why=why,
        carried_by=_evidence(carrying),
        evidence=evidence,
        missing=lack.missing if lack else None,
        coach=lack.coach if lack else None,
        weight=prompt.weight,
        lines=tuple(lack.lines) if lack else (),
    )


def _lack(above: LevelShape, carrying: Iterable[Finding]) -> LevelShape | LackShape:
    """What is missing for the next level: one fact where a finding is short of that alone, else what the level says."""
    excluded = above.when.none if above.when else []
    for finding in carrying:
        lacking = [lack for fact, lack in above.lacks.items() if (fact in finding.facts) == (fact in excluded)]
        if len(lacking) == 1:
            return lacking[0]
    return above


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
