import pytest

from callreview.detection.detect import Detector
from callreview.detection.examples import check_examples
from callreview.rubric import load
from tests.conftest import FIXTURES, call_of

FREE, HURRY = "It's your call.", "It is only today."


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(load(FIXTURES / "rubrics" / "combined"))


@pytest.mark.parametrize(
    ("lines", "turns"),
    [
        ((f"seller: {FREE} {HURRY}",), [1]),
        ((f"seller: {FREE}", "buyer: Hm.", f"seller: {HURRY}"), [3]),
        ((f"seller: {HURRY}", "buyer: Hm.", f"seller: {FREE}"), []),
        ((f"seller: {FREE}", "buyer: Hm.", "seller: Well.", "buyer: Hm.", f"seller: {HURRY}"), []),
        ((f"seller: {FREE}", f"buyer: {HURRY}"), []),
    ],
    ids=["one turn", "within three turns", "wrong order", "too far apart", "another speaker"],
)
def test_parts_near_each_other_are_one_more_signal(
    detector: Detector, lines: tuple[str, ...], turns: list[int]
) -> None:
    hearing = detector.hear(call_of(*lines))
    assert [s.turn for s in hearing.of("false_freedom")] == turns


def test_a_combination_names_its_rule_and_quotes_the_turn_that_completes_it(detector: Detector) -> None:
    call = call_of(f"seller: {FREE}", "buyer: Hm.", f"seller: Well. {HURRY}")
    (found,) = detector.hear(call).of("false_freedom")
    assert found.rule == "rubrics/combined/combinations.yaml:2"
    assert call.quote(found.sentence) == HURRY


def test_its_examples_are_tried(detector: Detector) -> None:
    assert not list(check_examples(detector.rubric, ["false_freedom"]))
