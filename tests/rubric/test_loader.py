from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.assessment.readings import check_readings
from callreview.detection.compiled import compile_rubric
from callreview.errors import RubricError, UsageError
from callreview.rubric import find_rubric, load
from tests.conftest import FIXTURES

RUBRICS = FIXTURES / "rubrics"
BROKEN = sorted(p.name for p in RUBRICS.glob("broken-*") if p.name != "broken-examples")


def test_a_good_playbook_loads_with_all_its_rules_and_their_places() -> None:
    rubric = load(RUBRICS / "good" / "playbook")
    assert set(rubric.signals) == {"hurry", "free_choice"}
    assert [p.rule for p in rubric.signals["hurry"].phrases] == [
        "good/playbook/signals/hurry.yaml:6",
        "good/playbook/signals/hurry.yaml:7",
    ]
    assert rubric.digest.startswith("sha256:")


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_playbook_tells_every_mistake_with_its_place(case: str, snapshot: SnapshotAssertion) -> None:
    with pytest.raises(RubricError) as caught:
        rubric = load(RUBRICS / case / "playbook")
        check_readings(rubric)
        compile_rubric(rubric)
    assert str(caught.value) == snapshot


def test_an_extending_playbook_keeps_what_it_does_not_replace() -> None:
    rubric = load(RUBRICS / "extending" / "playbook")
    assert (rubric.id, [p.id for p in rubric.prompts]) == ("own", ["exit"])
    assert [(v.id, v.severity) for v in rubric.violations] == [("hurry", "minor")]
    assert rubric.autonomy == ("free_choice",)


def test_no_is_a_word_and_not_a_truth_value(tmp_path: Path) -> None:
    (tmp_path / "lists.yaml").write_text("lists:\n  refusals:\n    - no\n    - off\n")
    book = tmp_path / "book"
    book.mkdir()
    (book / "rubric.yaml").write_text("id: book\nversion: 1.10\ntitle: yes\n")
    rubric = load(book)
    assert [p.text for p in rubric.lists["refusals"]] == ["no", "off"]
    assert (rubric.version, rubric.title) == ("1.10", "yes")


def test_the_digest_changes_with_any_rule(tmp_path: Path) -> None:
    def digest(phrase: str) -> str:
        (tmp_path / "lists.yaml").write_text(f"lists:\n  one:\n    - {phrase}\n")
        (tmp_path / "book").mkdir(exist_ok=True)
        (tmp_path / "book" / "rubric.yaml").write_text("id: book\nversion: '1'\ntitle: t\n")
        return load(tmp_path / "book").digest

    assert digest("now") != digest("today")


def test_an_unknown_playbook_names_a_close_one() -> None:
    with pytest.raises(UsageError, match="did you mean 'upselling'"):
        find_rubric("upseling", [shipped.rubrics()])
