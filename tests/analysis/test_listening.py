"""Which calls are chosen to be listened to."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from callreview.analysis.listening import LEAD_IN_S, to_listen
from callreview.conversation import SideSource
from callreview.store.ledger import open_ledger
from callreview.store.records import ReviewRecord


@pytest.fixture(scope="module")
def calls(quarter_store: Path) -> list[ReviewRecord]:
    with open_ledger(quarter_store, read_only=True) as ledger:
        return list(ledger.reviews())[-50:]


def quiet(review: ReviewRecord) -> ReviewRecord:
    """The review with nothing grave and nothing doubtful."""
    answers = tuple(replace(a, level=3) for a in review.answers)
    return replace(review, violations=(), notes=(), answers=answers)


def test_the_choice_is_the_same_in_whatever_order_the_calls_are(calls: list[ReviewRecord]) -> None:
    shuffled = random.Random(1).sample(calls, len(calls))
    assert to_listen(calls, "2026-W47") == to_listen(shuffled, "2026-W47")


def test_five_different_calls_the_gravest_first_and_one_by_chance(calls: list[ReviewRecord]) -> None:
    chosen = to_listen(calls, "2026-W47")
    assert len({one.review.call.id for one in chosen}) == 5
    assert [one.kind for one in chosen] == ["severity", "severity", "doubt", "doubt", "chance"]
    blockers = [sum(v.severity == "blocker" for v in r.violations) for r in calls]
    assert sum(v.severity == "blocker" for v in chosen[0].review.violations) == max(blockers)


def test_another_week_draws_another_call(calls: list[ReviewRecord]) -> None:
    drawn = {to_listen(calls, f"2026-W{week}")[-1].review.call.id for week in range(30, 50)}
    assert len(drawn) > 3


def test_one_begins_to_listen_before_the_place(calls: list[ReviewRecord]) -> None:
    grave = to_listen(calls, "2026-W47")[0]
    worst = next(v.quote for v in grave.review.violations if v.quote.turn == grave.turn)
    assert worst.start_s is not None
    assert grave.start_s == max(0.0, worst.start_s - LEAD_IN_S)


def test_doubtful_sides_are_a_reason_before_all_other_doubts(calls: list[ReviewRecord]) -> None:
    some = [quiet(r) for r in calls]
    speakers = tuple(replace(s, side_from=SideSource.INFERRED) for s in some[7].call.speakers)
    some[7] = replace(some[7], call=replace(some[7].call, speakers=speakers), notes=("no level above 2",))
    some[8] = replace(some[8], notes=("lines were skipped",))
    chosen = to_listen(some, "2026-W47")
    assert [one.review.call.id for one in chosen[:2]] == [some[7].call.id, some[8].call.id]
    assert chosen[0].reason.startswith("who sells and who buys is doubtful")
    assert chosen[1].reason == "lines were skipped"
    assert [one.kind for one in chosen[2:]] == ["chance"] * 3


def test_fewer_calls_than_places_are_all_chosen(calls: list[ReviewRecord]) -> None:
    assert len(to_listen(calls[:3], "2026-W47")) == 3
    assert to_listen([], "2026-W47") == ()
