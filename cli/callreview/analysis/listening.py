"""Which calls a manager should listen to: the gravest, the most doubtful, and one by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from callreview.conversation import Side, SideSource
from callreview.store.records import QuoteRecord, ReviewRecord

MOST = 5
OF_A_KIND = 2
"""How many calls for severity, and how many for doubt; what one kind leaves free goes to the other."""

LEAD_IN_S = 30.0
"""Seconds before the place itself, so that one hears what led to it."""

SEVERITIES = ("blocker", "major", "minor")
# Barely heard is level 1; so many prompts of that kind, and it may be that a rule is too strict or too lax.
BARELY, BARELY_MANY = 1, 4

Kind: TypeAlias = Literal["severity", "doubt", "chance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToListen:
    """A call to listen to, why, and where to begin: `turn` (1-based), and seconds where they are known."""

    review: ReviewRecord
    kind: Kind
    reason: str
    turn: int
    start_s: float | None


def to_listen(reviews: Sequence[ReviewRecord], seed: str, most: int = MOST) -> tuple[ToListen, ...]:
    """At most so many of the calls: first the gravest, then the doubtful, the last by chance.

    The same calls and seed give the same choice, in whatever order the calls are.
    """
    rest = sorted(reviews, key=lambda r: r.call.id)
    grave = [_grave(r) for r in sorted(rest, key=_gravity) if r.violations]
    doubtful = [_doubtful(r) for r in sorted(rest, key=_doubt) if _doubts(r)]
    chosen: dict[str, ToListen] = {}
    for candidates, places in ((grave, OF_A_KIND), (doubtful, 2 * OF_A_KIND), (grave, 2 * OF_A_KIND)):
        for one in candidates:
            if len(chosen) < min(places, most - 1):
                chosen.setdefault(one.review.call.id, one)
    left = [r for r in rest if r.call.id not in chosen]
    by_chance = random.Random(seed).sample(left, min(most - len(chosen), len(left)))
    return (*chosen.values(), *map(_by_chance, by_chance))


def _gravity(review: ReviewRecord) -> tuple[int, ...]:
    return tuple(-sum(v.severity == severity for v in review.violations) for severity in SEVERITIES)


def _grave(review: ReviewRecord) -> ToListen:
    worst = min(review.violations, key=lambda v: SEVERITIES.index(v.severity))
    count = len(review.violations)
    reason = f"{worst.severity}: {worst.title}" + (f", and {count - 1} more" if count > 1 else "")
    return _at(review, "severity", reason, worst.quote)


def _doubt(review: ReviewRecord) -> tuple[int, ...]:
    return -len(_doubtful_sides(review)), -len(review.notes), -len(_barely(review))


def _doubts(review: ReviewRecord) -> list[str]:
    """What makes the review doubtful, the most doubtful first."""
    if sides := _doubtful_sides(review):
        return [f"who sells and who buys is doubtful: {', '.join(sides)}"]
    doubts = list(review.notes)
    if review.upsell and len(barely := _barely(review)) >= BARELY_MANY:
        doubts.append(f"an upsell, and {len(barely)} of the eight prompts barely heard")
    return doubts


def _doubtful(review: ReviewRecord) -> ToListen:
    return _at(review, "doubt", _doubts(review)[0], min(_barely(review), key=_place, default=None))


def _doubtful_sides(review: ReviewRecord) -> list[str]:
    return [s.name for s in review.call.speakers if s.side is Side.UNKNOWN or s.side_from is SideSource.INFERRED]


def _barely(review: ReviewRecord) -> list[QuoteRecord]:
    """The best evidence of each prompt that was barely heard."""
    return [a.evidence[0] for a in review.answers if a.level == BARELY and a.evidence]


def _by_chance(review: ReviewRecord) -> ToListen:
    heard = [a.evidence[0] for a in review.answers if a.evidence]
    return _at(
        review, "chance", "drawn by lot, so that ordinary calls are heard too", min(heard, key=_place, default=None)
    )


def _place(quote: QuoteRecord) -> tuple[int, int]:
    return quote.turn, quote.sentence[0]


def _at(review: ReviewRecord, kind: Kind, reason: str, quote: QuoteRecord | None) -> ToListen:
    if quote is None:
        return ToListen(review=review, kind=kind, reason=reason, turn=1, start_s=None)
    start = None if quote.start_s is None else max(0.0, quote.start_s - LEAD_IN_S)
    return ToListen(review=review, kind=kind, reason=reason, turn=quote.turn, start_s=start)
