"""The made-up quarter is what it says it is, and the program finds in it what is declared."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest

from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_calls
from callreview.store.ledger import open_ledger
from tests.ledgers.cast import COACHINGS, Coaching
from tests.ledgers.generator import MadeCall, Truth, quarter, write
from tests.ledgers.records import record, write_ledger

Quarter = tuple[MadeCall, ...]
EVERY = 9
FAIR_CHANGE = 0.9


def test_a_quarter_is_twelve_weeks_of_fifty_calls_and_the_same_each_time(made_quarter: Quarter) -> None:
    weeks = Counter(call.truth.week for call in made_quarter)
    assert len(made_quarter) >= 600
    assert list(weeks) == [f"2026-W{week}" for week in range(36, 48)]
    assert len({call.truth.file for call in made_quarter}) == len(made_quarter)
    assert made_quarter == tuple(quarter())
    assert made_quarter != tuple(quarter(seed=8))


def test_calls_are_long_enough_for_a_score_and_seldom_alike(made_quarter: Quarter) -> None:
    assert min(len(call.text.split()) for call in made_quarter) > 200
    assert len({tuple(turn.text for turn in call.turns) for call in made_quarter}) == len(made_quarter)


def test_the_program_finds_what_is_declared(made_quarter: Quarter, reviewer: Reviewer, tmp_path: Path) -> None:
    sample = made_quarter[::EVERY]
    write(sample, tmp_path)
    assert {call.truth.file: _found(reviewer, tmp_path / call.truth.file) for call in sample} == {
        call.truth.file: _declared(call.truth) for call in sample
    }


@pytest.mark.parametrize("coaching", COACHINGS, ids=lambda coaching: coaching.rep)
def test_coaching_took_where_it_is_said_to(made_quarter: Quarter, coaching: Coaching) -> None:
    weeks = list(dict.fromkeys(call.truth.week for call in made_quarter))
    levels: dict[bool, list[int]] = {True: [], False: []}
    for call in made_quarter:
        level = call.truth.levels[coaching.prompt]
        if call.truth.rep == coaching.rep and level is not None:
            levels[weeks.index(call.truth.week) + 1 >= coaching.week].append(level)
    assert (mean(levels[True]) - mean(levels[False]) > FAIR_CHANGE) is coaching.took


def test_a_ledger_of_truths_holds_the_quarter(made_quarter: Quarter, tmp_path: Path) -> None:
    write_ledger(made_quarter[:60], tmp_path / "calls.db")
    with open_ledger(tmp_path / "calls.db", create=False) as ledger:
        held = {review.call.id: review for review in ledger.reviews()}
    assert held == {review.call.id: review for review in map(record, made_quarter[:60])}


def _found(reviewer: Reviewer, file: Path) -> dict[str, object]:
    (call,) = read_calls(file, options=ReadOptions())
    review = reviewer.review(call)
    return {
        "about": (str(call.date), call.account),
        "moment": review.moment,
        "upsell": review.upsell,
        "levels": {answer.prompt: answer.level for answer in review.answers},
        "violations": [(v.kind, v.sighting.turn) for v in review.violations],
        "autonomy": [s.turn for s in review.autonomy],
    }


def _declared(truth: Truth) -> dict[str, object]:
    return {
        "about": (truth.date, truth.account),
        "moment": truth.moment,
        "upsell": truth.upsell,
        "levels": dict(truth.levels),
        "violations": list(truth.violations),
        "autonomy": list(truth.autonomy),
    }
