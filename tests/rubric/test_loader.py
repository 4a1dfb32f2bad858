import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from callreview.assessment.reviewer import load_playbook
from callreview.errors import RubricError, UsageError
from callreview.rubric import find_rubric, load
from tests.rubric.conftest import RUBRICS

BROKEN = sorted(p.name for p in RUBRICS.glob("broken-*"))


def test_a_good_playbook_loads_with_all_its_rules_and_their_places() -> None:
    rubric = load(RUBRICS / "small")
    assert set(rubric.signals) == {"hurry", "free_choice"}
    assert [p.rule for p in rubric.signals["hurry"].phrases] == [
        "rubrics/small/signals/hurry.yaml:6",
        "rubrics/small/signals/hurry.yaml:7",
    ]
    assert rubric.digest.startswith("sha256:")


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_playbook_tells_every_mistake_with_its_place(case: str, snapshot: SnapshotAssertion) -> None:
    with pytest.raises(RubricError) as caught:
        load_playbook(RUBRICS / case)
    assert str(caught.value) == snapshot


def test_an_extending_playbook_keeps_what_it_does_not_replace() -> None:
    rubric = load(RUBRICS / "extending")
    assert (rubric.id, len(rubric.prompts)) == ("own", 8)
    assert [(v.id, v.severity) for v in rubric.violations] == [("hurry", "minor")]
    assert rubric.autonomy == ("free_choice",)


def test_a_playbook_anywhere_extends_a_shipped_one_even_under_its_name(tmp_path: Path) -> None:
    for name in ("own", "upselling"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rubric.yaml").write_text("id: own\nversion: '1'\ntitle: t\nextends: upselling\n")
    for name in ("own", "upselling"):
        rubric = load_playbook(tmp_path / name)
        assert (rubric.id, len(rubric.prompts)) == ("own", 8)


def test_a_playbook_beside_comes_before_a_shipped_one(playbook: Path) -> None:
    shutil.copytree(playbook, playbook.parent / "upselling")
    (playbook / "rubric.yaml").write_text("id: own\nversion: '1'\ntitle: t\nextends: upselling\n")
    assert set(load(playbook).signals) == {"hurry", "free_choice"}


def test_a_playbook_cannot_extend_itself(playbook: Path) -> None:
    (playbook / "rubric.yaml").write_text("id: own\nversion: '1'\ntitle: t\nextends: small\n")
    with pytest.raises(RubricError, match="'small' leads back to itself"):
        load(playbook)


def test_a_folder_is_the_same_however_it_is_named(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(playbook)
    assert load(Path()) == load(playbook) == load(Path("..") / playbook.name)


def test_no_is_a_word_and_not_a_truth_value(playbook: Path) -> None:
    (playbook / "lists_more.yaml").write_text("lists:\n  refusals:\n    - no\n    - off\n    - 24\n")
    book = (playbook / "rubric.yaml").read_text()
    (playbook / "rubric.yaml").write_text(book.replace('"1.0.0"', "1.10").replace("A small playbook", "yes"))
    rubric = load(playbook)
    assert [p.text for p in rubric.lists["refusals"]] == ["no", "off", "24"]
    assert (rubric.version, rubric.title) == ("1.10", "yes")


def test_the_digest_changes_with_any_rule(playbook: Path) -> None:
    before = load(playbook).digest
    (playbook.parent / "lists.yaml").write_text("lists:\n  yours:\n    - your choice\n")
    assert load(playbook).digest != before


@pytest.mark.parametrize("name", ["upseling", "u" * 300, "up\0selling"])
def test_an_unknown_playbook_names_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError, match="no such folder") as caught:
        find_rubric(name)
    assert "upselling" in str(caught.value.hint)


def test_a_shipped_playbook_goes_by_its_name() -> None:
    assert find_rubric("upselling") == shipped.rubrics() / "upselling"


def test_the_playbook_of_the_manual_loads(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "rubric.md").read_text()
    (tmp_path / "rubric.yaml").write_text(manual.split("```yaml\n")[1].split("```")[0])
    rubric = load_playbook(tmp_path)
    assert {v.id: v.severity for v in rubric.violations}["urgency"] == "blocker"
