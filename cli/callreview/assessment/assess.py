"""From a hearing to a review."""

from __future__ import annotations

from typing import Literal

from callreview import __version__
from callreview.assessment.indicators import indicators
from callreview.assessment.ladder import answer
from callreview.assessment.metrics import talk_metrics
from callreview.assessment.moment import moment_of
from callreview.assessment.offers import kinds_of_offer
from callreview.assessment.readings import findings
from callreview.assessment.recitation import recited_turns
from callreview.assessment.review import Answer, Review, Score, Violation
from callreview.assessment.spoiling import hearings, violating
from callreview.conversation import Side, SideSource, Speaker
from callreview.detection.hearing import Hearing, Sighting
from callreview.rubric.model import Rubric

POOR_TEXT_WORDS = 150
DOUBTFUL_CAP = 2


def assess(hearing: Hearing, rubric: Rubric) -> Review:
    """The review of one call. Pure: the same hearing and rubric give the same review."""
    offers = kinds_of_offer(hearing)
    upsell = "upsell" in offers
    doubtful = _doubtful_sides(hearing)
    recited = recited_turns(hearing, rubric.recitation)
    cap = DOUBTFUL_CAP if doubtful else None
    heard_by = hearings(hearing, rubric)
    answers = tuple(
        answer(prompt, findings(prompt.reading, heard_by[prompt.id]), upsell=upsell, cap=cap, recited=recited)
        for prompt in rubric.prompts
    )
    violations = _violations(hearing, rubric)
    return Review(
        call=hearing.call,
        moment=moment_of(hearing, rubric),
        upsell=upsell,
        kinds_of_offer=offers,
        answers=answers,
        violations=violations,
        autonomy=_heard(hearing, rubric.autonomy, rubric.autonomy_reading),
        consent=_heard(hearing, rubric.consent, rubric.consent_reading),
        ignored=hearing.ignored,
        metrics=talk_metrics(hearing),
        score=_score(hearing, answers, violations),
        notes=(*hearing.call.notes, *_notes(hearing, doubtful, recited)),
        rubric_id=rubric.id,
        rubric_version=rubric.version,
        rubric_digest=rubric.digest,
        program_version=__version__,
        indicators=indicators(hearing, rubric.indicators),
    )


def _violations(hearing: Hearing, rubric: Rubric) -> tuple[Violation, ...]:
    found = [
        Violation(kind=shape.id, title=shape.title, severity=shape.severity, sighting=s, instead=shape.instead)
        for shape in rubric.violations
        for s in _one_a_turn(violating(hearing, shape))
    ]
    return tuple(sorted(found, key=lambda v: (v.sighting.turn, v.sighting.passage.start, v.kind)))


def _heard(hearing: Hearing, signals: tuple[str, ...], reading: str | None) -> tuple[Sighting, ...]:
    """The signals as they stand, or what a reading makes of them."""
    if reading is None:
        return _one_a_turn(hearing.of(*signals))
    return _one_a_turn(tuple(f.evidence[0] for f in findings(reading, hearing) if f.evidence))


def _one_a_turn(sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    by_turn: dict[int, Sighting] = {}
    for s in sightings:
        by_turn.setdefault(s.turn, s)
    return tuple(by_turn[turn] for turn in sorted(by_turn))


def _doubtful_sides(hearing: Hearing) -> bool:
    return any(map(_is_doubtful, hearing.call.speakers))


def _is_doubtful(speaker: Speaker) -> bool:
    return speaker.side_from is SideSource.INFERRED or speaker.side is Side.UNKNOWN


def _notes(hearing: Hearing, doubtful: bool, recited: frozenset[int]) -> list[str]:
    notes = []
    if recited:
        turns = ", ".join(map(str, sorted(recited)))
        notes.append(
            f"playbook words piled up in turn {turns}: words alone earn nothing, so level 1 at most from there"
        )
    if doubtful:
        names = ", ".join(s.name for s in hearing.call.speakers if _is_doubtful(s))
        notes.append(f"no level above {DOUBTFUL_CAP} is given while sides are inferred or unknown: {names}")
    if _is_poor(hearing):
        notes.append(f"only {hearing.once(_words)} words were said: too few for a score, and for much else")
    return notes


def _words(hearing: Hearing) -> int:
    return sum(len(s.words) for s in hearing.sentences)


def _is_poor(hearing: Hearing) -> bool:
    """Whether a number would say more of the transcript's length than of the call."""
    return hearing.once(_words) < POOR_TEXT_WORDS


def _score(hearing: Hearing, answers: tuple[Answer, ...], violations: tuple[Violation, ...]) -> Score:
    applying = [a for a in answers if a.level is not None]
    points = sum((a.level or 0) * a.weight for a in applying)
    of = sum(a.max_level * a.weight for a in applying)
    blocked = any(v.severity == "blocker" for v in violations)
    if _is_poor(hearing) or not of:
        return Score(points=0, of=0, percent=None, status="blocked" if blocked else "unscorable")
    percent = round(100 * points / of, 1)
    if blocked:
        return Score(points=points, of=of, percent=percent, status="blocked")
    status: Literal["strong", "sound", "needs work"] = (
        "strong" if percent >= 80 else "sound" if percent >= 60 else "needs work"
    )
    return Score(points=points, of=of, percent=percent, status=status)
