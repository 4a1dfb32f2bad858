"""What coaching looks at before results do is counted in each call."""

from callreview.assessment.reviewer import Reviewer
from tests.conftest import call_of

OFFER = "seller: Then I'd look at the Plus plan, it reads the orders in by itself."


def counted(reviewer: Reviewer, *lines: str) -> dict[str, int]:
    return dict(reviewer.review(call_of(*lines)).indicators)


def test_problems_are_counted_where_the_buyer_puts_them_into_words(reviewer: Reviewer) -> None:
    found = counted(
        reviewer,
        "seller: So you lose money, your staff are fed up and customers complain?",
        "buyer: The labels come out wrong, and it costs us thousands.",
        "seller: And the people?",
        "buyer: My nurses are worn out. The labels come out wrong at night as well.",
    )
    assert (found["problems"], found["problem_kinds"]) == (4, 3)


def test_a_problem_told_twice_in_one_turn_is_one(reviewer: Reviewer) -> None:
    found = counted(reviewer, "buyer: It crashes. I tell you, it crashes every day.", OFFER)
    assert (found["problems"], found["problem_kinds"]) == (1, 1)


def test_functions_are_engaged_by_either_side_but_not_by_a_no(reviewer: Reviewer) -> None:
    found = counted(
        reviewer,
        "seller: Shall we bring in your security team?",
        "buyer: Yes, and our finance director. We have no operations manager.",
    )
    assert [found[name] for name in ("security", "finance", "operations")] == [1, 1, 0]


def test_steps_of_the_plan_and_those_with_owner_and_date(reviewer: Reviewer) -> None:
    found = counted(
        reviewer,
        OFFER,
        "buyer: Somebody should test it on our tills.",
        "seller: I will test the import with your data by Friday.",
        "buyer: Then Mihaela checks the labels before Thursday.",
    )
    assert found["steps"] >= found["complete_steps"] == 2


def test_a_call_without_any_of_it_has_zeros_for_all(reviewer: Reviewer) -> None:
    found = counted(reviewer, "seller: Good morning.", "buyer: Good morning to you.")
    assert list(found) == ["problems", "problem_kinds", "security", "finance", "operations", "steps", "complete_steps"]
    assert not any(found.values())
