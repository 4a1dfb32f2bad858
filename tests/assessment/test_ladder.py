from collections.abc import Callable

import pytest

from callreview.assessment.ladder import answer, holds, level_of
from callreview.assessment.review import Finding
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Passage
from callreview.detection.hearing import Sighting
from callreview.rubric.schema import Condition, PromptShape


@pytest.fixture
def prompt(reviewer: Reviewer) -> Callable[[str], PromptShape]:
    return lambda name: next(p for p in reviewer.rubric.prompts if p.id == name)


def finding(*facts: str, turn: int | None = None) -> Finding:
    return Finding(facts=frozenset(facts), evidence=(sighting(turn),) if turn else ())


def sighting(turn: int) -> Sighting:
    words = Passage(turn=turn, start=0, end=5)
    return Sighting(signal="any", passage=words, sentence=words, rule="any.yaml:1")


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        (Condition(any=["a", "b"]), {"b"}, True),
        (Condition(any=["a", "b"]), {"c"}, False),
        (Condition(all=["a"], none=["b"]), {"a", "b"}, False),
        (Condition(at_least=2, of=["a", "b", "c"]), {"a", "c"}, True),
        (Condition(all=["a"], at_least=2, of=["a", "b"]), {"a"}, False),
    ],
)
def test_conditions(condition: Condition, facts: set[str], expected: bool) -> None:
    assert holds(condition, frozenset(facts)) is expected


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        (("two_named",), 1),
        (("two_named", "trade_off"), 2),
        (("two_named", "trade_off", "two_trade_offs", "larger_drawback"), 3),
        (("two_named", "trade_off", "two_trade_offs", "larger_drawback", "four_or_more"), 2),
        (("trade_off",), 0),
    ],
)
def test_four_options_are_too_many(prompt: Callable[[str], PromptShape], facts: tuple[str, ...], level: int) -> None:
    assert level_of(prompt("options"), frozenset(facts)) == level


def test_the_worst_handled_pushback_counts(prompt: Callable[[str], PromptShape]) -> None:
    found = [finding("acknowledge", "probe", "confirm"), finding("acknowledge")]
    assert answer(prompt("pushback"), found, upsell=True, cap=None).level == 1


def test_the_best_outcome_counts(prompt: Callable[[str], PromptShape]) -> None:
    found = [finding("assented"), finding("stated"), finding()]
    assert answer(prompt("outcome"), found, upsell=True, cap=None).level == 2


@pytest.mark.parametrize(
    ("name", "upsell", "level"),
    [("risk", False, None), ("risk", True, 0), ("delay", True, None), ("owners", False, 0)],
)
def test_where_a_prompt_does_not_apply(
    prompt: Callable[[str], PromptShape], name: str, upsell: bool, level: int | None
) -> None:
    assert answer(prompt(name), [], upsell=upsell, cap=None).level == level


def test_doubtful_sides_cap_the_level_and_say_so(prompt: Callable[[str], PromptShape]) -> None:
    capped = answer(prompt("outcome"), [finding("measured")], upsell=True, cap=2)
    assert capped.level == 2
    assert "capped" in capped.why
    assert capped.missing == "certainty about who sells and who buys"


def test_what_carried_the_level_comes_first(prompt: Callable[[str], PromptShape]) -> None:
    found = [finding("assented", turn=1), finding("stated", turn=2), finding("stated", "measured", turn=3)]
    best = answer(prompt("outcome"), found, upsell=True, cap=None)
    assert [s.turn for s in best.carried_by] == [3]
    assert [s.turn for s in best.evidence] == [3, 2, 1]
    handled = [finding("acknowledge", "confirm", turn=4), finding("acknowledge", turn=5)]
    worst = answer(prompt("pushback"), handled, upsell=True, cap=None)
    assert [s.turn for s in worst.carried_by] == [5]


@pytest.mark.parametrize(
    ("name", "facts", "missing"),
    [
        ("stop_rule", ("rule", "action", "time_box"), "a number, or a date that is missed, which decides"),
        ("stop_rule", ("rule", "action", "measurable"), "a date, or for how long"),
        ("stop_rule", ("rule", "action"), "a number that decides, and a date"),
        ("options", ("two_named", "trade_off", "two_trade_offs"), "a drawback of the larger option"),
        (
            "options",
            ("two_named", "trade_off", "two_trade_offs", "larger_drawback", "four_or_more"),
            "a choice of no more than three",
        ),
        ("owners", ("step", "complete", "all_complete", "buyer_owner"), "a second step"),
        ("pushback", ("confirm", "probe"), "accepting the concern as fair"),
    ],
)
def test_what_was_done_is_not_said_to_be_missing(
    prompt: Callable[[str], PromptShape], name: str, facts: tuple[str, ...], missing: str
) -> None:
    assert answer(prompt(name), [finding(*facts)], upsell=True, cap=None).missing == missing


def test_each_answer_tells_what_the_next_level_wants(prompt: Callable[[str], PromptShape]) -> None:
    assert (
        answer(prompt("outcome"), [finding("stated")], upsell=True, cap=None).missing
        == "a measure or a date, given by the buyer"
    )
