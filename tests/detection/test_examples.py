import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.assessment.reviewer import Reviewer
from callreview.detection.examples import check_examples
from callreview.detection.lint import lint
from callreview.rubric import load
from tests.conftest import FIXTURES


def test_every_example_of_the_shipped_playbook_holds_and_every_phrase_is_reached(reviewer: Reviewer) -> None:
    assert [str(f) for f in check_examples(reviewer.rubric)] == []


def test_the_shipped_playbook_has_no_weak_spots(reviewer: Reviewer) -> None:
    assert [str(w) for w in lint(reviewer.rubric)] == []


def test_wrong_examples_are_told_with_their_place(snapshot: SnapshotAssertion) -> None:
    rubric = load(FIXTURES / "rubrics" / "broken-examples" / "playbook")
    assert "\n\n".join(map(str, check_examples(rubric))) == snapshot


@pytest.mark.parametrize("name", ["good"])
def test_a_thin_playbook_is_told_its_weak_spots(name: str, snapshot: SnapshotAssertion) -> None:
    assert "\n\n".join(map(str, lint(load(FIXTURES / "rubrics" / name / "playbook")))) == snapshot
