"""Agreement of people and program, and where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callreview.analysis.calibration import LEAST_CALLS, Calibration, calibrate, standing
from callreview.store.records import ReviewRecord, VerdictRecord
from tests.ledgers.generator import MadeCall
from tests.ledgers.records import record

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Reviews = tuple[ReviewRecord, ...]


@pytest.fixture(scope="module")
def reviews(made_quarter: tuple[MadeCall, ...]) -> Reviews:
    return tuple(map(record, made_quarter[-60:]))


def said(
    review: ReviewRecord, level: int | None, by: str = "Alex", prompt: str = "outcome", later: int = 0
) -> VerdictRecord:
    return VerdictRecord(
        call_id=review.call.id, by=by, at=NOON + timedelta(minutes=later), prompt=prompt, level=level, note="so I heard"
    )


def of(calibration: Calibration, prompt: str = "outcome"):  # type: ignore[no-untyped-def]
    return next(p for p in calibration.prompts if p.prompt == prompt)


def lowered(review: ReviewRecord) -> int:
    return max(0, (review.answer("outcome").level or 0) - 1)


def test_who_always_agrees_agrees_fully(reviews: Reviews) -> None:
    program = of(calibrate(reviews, [said(r, r.answer("outcome").level) for r in reviews])).program
    assert (program.calls, program.pairs) == (60, 60)
    for figure in (program.exact, program.kappa, program.weighted_kappa, program.ac1):
        assert figure.value == pytest.approx(1)
        assert figure.interval == pytest.approx((1, 1))


def test_figures_are_those_that_a_hand_would_reckon(reviews: Reviews) -> None:
    levels = [
        (lowered(r) if i % 3 == 0 else r.answer("outcome").level, r.answer("outcome").level)
        for i, r in enumerate(reviews)
    ]
    program = of(calibrate(reviews, [said(r, one) for r, (one, _) in zip(reviews, levels, strict=True)])).program
    n = len(levels)
    observed = sum(one == other for one, other in levels) / n
    ones, others = [one for one, _ in levels], [other for _, other in levels]
    chance = sum(ones.count(x) * others.count(x) for x in range(4)) / n**2
    assert program.exact.value == pytest.approx(observed)
    assert program.kappa.value == pytest.approx((observed - chance) / (1 - chance))
    low, high = program.exact.interval
    assert low < observed < high
    assert dict(program.confusion) == {pair: levels.count(pair) for pair in set(levels)}


def test_na_is_a_level_but_not_for_the_weighted_kappa(reviews: Reviews) -> None:
    without = [r for r in reviews if r.answer("risk").level is None][:3]
    others = [r for r in reviews if r.answer("risk").level is not None][:6]
    verdicts = [said(r, r.answer("risk").level, prompt="risk") for r in (*without, *others)]
    program = of(calibrate(reviews, verdicts), "risk").program
    assert (program.pairs, program.both) == (9, 6)
    assert program.exact.value == 1
    assert calibrate(reviews, verdicts).levels_disputed == ()


@pytest.mark.parametrize("calls", [0, LEAST_CALLS - 1])
def test_few_calls_give_no_figure(reviews: Reviews, calls: int) -> None:
    program = of(
        calibrate(reviews, [said(r, 0) for r in reviews[:calls]] or [said(reviews[0], 1, prompt="risk")])
    ).program
    assert program.calls == calls
    assert (program.exact, program.kappa, program.weighted_kappa, program.ac1) == (None, None, None, None)


def test_people_are_held_against_each_other(reviews: Reviews) -> None:
    verdicts = [said(r, 1, by) for r in reviews[:10] for by in ("Alex", "Ines")]
    verdicts += [said(r, 2, "Tom") for r in reviews[:10]]
    people = of(calibrate(reviews, verdicts)).people
    assert (people.calls, people.pairs) == (10, 30)
    assert people.exact.value == pytest.approx(1 / 3)
    assert dict(people.confusion) == {(1, 1): 10, (1, 2): 20}


def test_a_later_verdict_of_the_same_person_stands(reviews: Reviews) -> None:
    first, other = said(reviews[0], 0), said(reviews[0], 0, by="Ines")
    later = said(reviews[0], 3, later=1)
    assert standing([later, first, other]) == (other, later)


def test_the_widest_gap_comes_first_with_both_reasons(reviews: Reviews) -> None:
    low = next(r for r in reviews if r.answer("outcome").level == 1)
    high = next(r for r in reviews if r.answer("outcome").level == 3)
    disputes = calibrate(reviews, [said(low, 2), said(high, 0), said(high, 3, by="Ines")]).levels_disputed
    assert [(d.review, d.gap) for d in disputes] == [(high, 3), (low, 1)]
    assert {v.by: v.note for v in disputes[0].verdicts} == {"Alex": "so I heard", "Ines": "so I heard"}
    assert disputes[0].answer.why


def test_violations_that_people_confirm_are_right(reviews: Reviews) -> None:
    found = next(r for r in reviews if r.violations)
    kind = found.violations[0].kind
    clean = [r for r in reviews if not r.violations][:2]
    verdicts = [
        replace(said(r, None), prompt=None, violation=kind, holds=holds)
        for r, holds in [(found, True), (clean[0], True), (clean[1], False)]
    ]
    verdicts.append(replace(verdicts[0], by="Ines", holds=False))
    calibration = calibrate(reviews, verdicts)
    counts = calibration.violations[kind]
    assert (counts.tp, counts.fp, counts.fn) == (1, 1, 1)
    assert {d.review.call.id for d in calibration.violations_disputed} == {found.call.id, clean[0].call.id}


def test_verdicts_without_a_review_are_counted_and_left_out(reviews: Reviews) -> None:
    gone = replace(said(reviews[0], 1), call_id="0000000000000000")
    strange = said(reviews[0], 1, prompt="weather")
    calibration = calibrate(reviews, [gone, strange, said(reviews[1], 1)])
    assert (calibration.unknown, calibration.calls) == (2, 1)
