"""Words alone earn nothing."""

import pytest

from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from tests.conftest import call_of

BAD_CALL = (
    "seller: Hello Mrs Hart, it's about your phone line.",
    "buyer: Is something wrong with it?",
    "seller: No, I'd like to put you on the bigger package.",
    "buyer: I only rang about the bill.",
    "seller: It's very popular.",
    "buyer: Hm.",
)
QUESTIONS = (
    "Which outcome did the buyer commit to, in their words?",
    "What risks of under-scoping were quantified credibly?",
    "Were options presented with transparent trade-offs?",
    "What proof was offered and what limits were stated?",
    "Is there a stop rule or rollback clause?",
    "Who owns each validation step and by when?",
    "What signals suggest we should delay the upsell?",
    "What did the buyer push back on and how was it handled?",
)
RECITAL = (
    "There are three options with transparent trade-offs: option A meets today's need, option B covers growth and reduces the top two risks, "
    "option C adds strategic integrations.",
    "We have a stop rule and a rollback clause: if metrics don't move in two weeks you revert to option A with no penalty.",
    "Your desired outcome is the success criteria, and under-scoping risks are quantified with credible proof and limits.",
    "The mutual action plan has owners and dates, with each validation step: your DevOps lead signs off by Friday.",
    "I respect your autonomy, and I acknowledge, probe, reframe, prove and confirm your concern.",
)


def levels(review: Review) -> dict[str, int | None]:
    return {a.prompt: a.level for a in review.answers}


@pytest.mark.parametrize("lines", [(" ".join(RECITAL),), RECITAL], ids=["in one turn", "in five turns"])
def test_a_recital_of_the_playbook_raises_no_level_above_one(reviewer: Reviewer, lines: tuple[str, ...]) -> None:
    before = levels(reviewer.review(call_of(*BAD_CALL)))
    after = reviewer.review(call_of(*BAD_CALL, *(f"seller: {line}" for line in lines), "buyer: Okay, bye."))
    for prompt, level in levels(after).items():
        assert (level or 0) <= max(1, before[prompt] or 0), f"{prompt}: {after.answer(prompt).evidence}"
    assert any("playbook words" in note for note in after.notes)


@pytest.mark.parametrize("lines", [(" ".join(QUESTIONS),), QUESTIONS], ids=["in one turn", "in eight turns"])
def test_the_eight_questions_read_aloud_score_nothing_and_are_noted(reviewer: Reviewer, lines: tuple[str, ...]) -> None:
    before = levels(reviewer.review(call_of(*BAD_CALL)))
    after = reviewer.review(call_of(*BAD_CALL, *(f"seller: {line}" for line in lines), "buyer: What?"))
    assert {p: v or 0 for p, v in levels(after).items()} == {p: v or 0 for p, v in before.items()}
    assert any("playbook words" in note for note in after.notes)
