"""Pairs that differ in one thing only: who says it, whether it is negated, quoted, or the buyer's own."""

import pytest

from callreview.assessment.reviewer import Reviewer
from tests.conftest import call_of

NEED = "buyer: We lose about nine hours a week to retyping orders, and I want that gone by spring."
OFFER = "seller: Then I'd look at the Plus plan, it reads the orders in by itself."

PAIRS = [
    ("urgency", "seller: That price is gone tonight, I need a yes today.", "seller: The price stands, there's no rush at all."),
    ("urgency", "seller: You have to sign by Friday or the discount is off.", "buyer: We have to sign by Friday, that's our own board date."),
    ("urgency", "seller: I can only hold this rate until five o'clock today.", "seller: My old boss used to say I can only hold this rate until five o'clock today."),
    ("urgency", "seller: No pressure, but this offer is only today.", "seller: No pressure, it's up to you, whenever suits."),
    ("scarcity", "seller: There are only two slots left and they're going fast.", "buyer: There are only two slots left in my week."),
    ("scarcity", "seller: We've only three units left at that price, they're flying out.", "seller: We're not short of units, take your time."),
    ("social_pressure", "seller: Everyone in your street has already moved up, you'd be the only one left on basic.", "seller: One clinic your size moved up in May, and two of its nurses still use paper."),
    ("confirmshaming", "seller: Fine, if you don't mind your team losing their weekends, stay small.", "seller: If you stay small, the team keeps doing the weekend shift, about six hours."),
    ("coercion", "seller: If you stay on basic, support won't pick up when it breaks.", "seller: Basic has support on weekdays, it's on page two, same for everyone."),
    ("overclaim", "seller: You will never have an outage again, I guarantee it.", "seller: I can't promise you'll never have an outage again."),
    ("hidden_terms", "seller: Don't worry about the auto-renewal bit, it's just legal filler.", "seller: It renews on its own each March, with sixty days' notice to stop it."),
    ("bypass", "seller: Split it into two invoices, then it stays under the limit and your boss needn't see it.", "seller: Who else should see it, your boss perhaps?"),
    ("confirmshaming", "seller: You want to be the school that knew and did nothing, that's up to you.", "seller: Could you live with two visits instead of four?"),
    ("overclaim", "seller: With this you have never again a dispute, I promise you.", "seller: It's never a nice thing to be told."),
    ("coercion", "seller: Customers who turn us down find that it all takes longer.", "seller: I'm not rushing you, it's only the date."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "guilty", "innocent"), PAIRS, ids=[f"{i}-{p[0]}" for i, p in enumerate(PAIRS)])
def test_the_guilty_line_is_heard_and_the_innocent_one_is_not(
    reviewer: Reviewer, kind: str, guilty: str, innocent: str
) -> None:
    def kinds(line: str) -> set[str]:
        return {v.kind for v in reviewer.review(call_of(NEED, OFFER, "buyer: Hm, let me think.", line)).violations}

    assert kind in kinds(guilty)
    assert not kinds(innocent)


@pytest.mark.parametrize("kind", sorted({p[0] for p in PAIRS}))
def test_the_buyer_never_commits_a_violation(reviewer: Reviewer, kind: str) -> None:
    lines = [guilty.replace("seller:", "buyer:", 1) for k, guilty, _ in PAIRS if k == kind]
    assert not reviewer.review(call_of(NEED, OFFER, *lines)).violations


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("seller: It's entirely your call, and staying on the small one is a perfectly good answer.", True),
        ("seller: You don't have to take it.", True),
        ("buyer: It's entirely my call.", False),
        ("seller: Feel free to interrupt me.", False),
        ("seller: There's no rush.", False),
        ("seller: It's up to you, but the price is gone tonight.", False),
    ],
)
def test_autonomy_is_a_sincere_word_of_the_seller(reviewer: Reviewer, line: str, heard: bool) -> None:
    assert bool(reviewer.review(call_of(NEED, OFFER, "buyer: Hm, let me think.", line)).autonomy) is heard
