"""What is said under pressure earns nothing."""

import pytest

from callreview.assessment.reviewer import Reviewer
from tests.conftest import call_of

NEED = "buyer: We lose about nine hours a week to retyping orders, and I want that gone by spring."
OFFER = "seller: Then I'd look at the Plus plan, it reads the orders in by itself."
DOUBT = "buyer: Hm, let me think."
RISK = "If you stay on Basic, you'll still be retyping every order by hand."
EXIT = "You can cancel any time."
SHAME = "I guess you don't mind your team losing their weekends."
THREAT = "If you stay on basic, support won't pick up when it breaks."
RUSH = "That price is gone tonight, I need a yes today."


def level(reviewer: Reviewer, prompt: str, line: str) -> int | None:
    return reviewer.review(call_of(NEED, OFFER, DOUBT, f"seller: {line}")).answer(prompt).level


@pytest.mark.parametrize(
    ("prompt", "line", "expected"),
    [
        ("risk", RISK, 1),
        ("risk", f"{RISK} {SHAME}", 0),
        ("risk", f"{RISK} {THREAT}", 0),
        ("risk", f"{RISK} {RUSH}", 1),
        ("stop_rule", EXIT, 1),
        ("stop_rule", f"{EXIT} {SHAME}", 0),
        ("stop_rule", f"{EXIT} {RUSH}", 1),
        ("stop_rule", "you can cancel any time but that price is gone tonight i need a yes today", 0),
        ("proof", "You will never have an outage again, I guarantee it, everyone loves it.", 1),
    ],
)
def test_a_violation_spoils_its_sentence_and_shame_or_a_threat_the_whole_turn(
    reviewer: Reviewer, prompt: str, line: str, expected: int
) -> None:
    assert level(reviewer, prompt, line) == expected


def test_pressure_still_shows_how_pushback_was_handled(reviewer: Reviewer) -> None:
    call = call_of(NEED, OFFER, "buyer: That's far too expensive for us.", f"seller: {RUSH}", "buyer: Goodbye.")
    answer = reviewer.review(call).answer("pushback")
    assert answer.level == 0
    assert 4 in {s.turn for s in answer.evidence}
