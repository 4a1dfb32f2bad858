import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.assessment.reviewer import Reviewer
from callreview.detection.detect import Detector
from callreview.detection.examples import check_examples
from callreview.detection.lint import lint
from callreview.rubric import load
from tests.conftest import FIXTURES, call_of

RUBRICS = FIXTURES / "rubrics"


def test_every_example_of_the_shipped_playbook_holds_and_every_phrase_is_reached(reviewer: Reviewer) -> None:
    assert [str(f) for f in check_examples(reviewer.rubric)] == []


def test_the_shipped_playbook_has_no_weak_spots(reviewer: Reviewer) -> None:
    assert [str(w) for w in lint(reviewer.rubric)] == []


def test_wrong_examples_are_told_with_their_place(snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(map(str, check_examples(load(RUBRICS / "failing-examples")))) == snapshot


def test_a_thin_playbook_is_told_its_weak_spots(snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(map(str, lint(load(RUBRICS / "small")))) == snapshot


@pytest.mark.parametrize("name", ["small", "combined", "raw"])
def test_examples_that_hold(name: str) -> None:
    assert [str(f) for f in check_examples(load(RUBRICS / name))] == []


def test_a_raw_pattern_is_judged_and_quoted_like_a_phrase() -> None:
    detector = Detector(load(RUBRICS / "raw"))
    call = call_of("seller: Well. It is not only today. It is ONLY today, sir!", "buyer: Only today?")
    hearing = detector.hear(call)
    assert [(call.quote(s.passage), call.quote(s.sentence)) for s in hearing.of("hurry")] == [
        ("ONLY today", "It is ONLY today, sir!")
    ]
    assert [(s.turn, s.ignored_because) for s in hearing.ignored] == [(1, "negated"), (2, "speaker")]
