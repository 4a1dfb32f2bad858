from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.commands.conftest import Run
from tests.conftest import FIXTURES

RUBRICS = FIXTURES / "rubrics"


def test_the_list_has_each_rule_on_a_line_with_its_sort_and_title(run: Run, snapshot: SnapshotAssertion) -> None:
    result = run("rubric", "list", "--rubric", RUBRICS / "combined")
    assert (result.status, result.err) == (0, "")
    assert result.out.replace("\n", "").count(str(RUBRICS / "combined")) == 1
    assert result.out[result.out.index("\nPrompts") :] == snapshot


def test_the_list_shows_the_shipped_playbooks(run: Run) -> None:
    lines = run("rubric", "list").out.splitlines()
    assert lines[0].startswith("upselling ")
    assert all(len(line) <= 80 for line in lines)
    assert [line.split()[:2] for line in lines if "urgency" in line] == [["urgency", "major"], ["urgency", "seller"]]


@pytest.mark.parametrize(
    ("book", "rule"), [("small", "stop_rule"), ("small", "hurry"), ("combined", "false_freedom"), ("raw", "hurry")]
)
def test_a_rule_on_a_page(run: Run, book: str, rule: str, snapshot: SnapshotAssertion) -> None:
    assert run("rubric", "show", rule, "--rubric", RUBRICS / book).out == snapshot


@pytest.mark.parametrize("command", ["show", "test"])
@pytest.mark.parametrize("name", ["urgancy", "nosuch"])
def test_an_unknown_rule_has_a_way_out(run: Run, command: str, name: str, snapshot: SnapshotAssertion) -> None:
    result = run("rubric", command, name)
    assert (result.status, result.out) == (2, "")
    assert result.err == snapshot


def test_the_way_out_names_the_playbook_that_was_asked_for(run: Run) -> None:
    result = run("rubric", "show", "nosuch", "--rubric", RUBRICS / "small")
    assert f"'callreview rubric list --rubric {RUBRICS / 'small'}'" in result.err


@pytest.mark.parametrize(
    ("arguments", "status", "last"),
    [
        (("--rubric", "small"), 0, "all 6 examples hold"),
        (("--rubric", "small", "free_choice"), 0, "all 2 examples hold"),
        (("--rubric", "combined", "false_freedom"), 0, "all 2 examples hold"),
        (("--rubric", "failing-examples"), 1, "4 mistakes in 6 examples"),
    ],
)
def test_the_examples_are_tried_and_counted(run: Run, arguments: tuple[str, ...], status: int, last: str) -> None:
    option, book, *signals = arguments
    result = run("rubric", "test", option, RUBRICS / book, *signals)
    assert (result.status, result.err) == (status, "")
    assert result.out.splitlines()[-1] == last


@pytest.mark.parametrize(
    ("book", "last"),
    [
        ("small", "4 weak spots"),
        ("extending", "no mistakes, no weak spots"),
        ("failing-examples", "2 weak spots"),
    ],
)
def test_lint_looks_at_what_the_playbook_itself_holds(run: Run, book: str, last: str) -> None:
    assert run("rubric", "lint", "--rubric", RUBRICS / book).out.splitlines()[-1] == last


@pytest.mark.parametrize("command", [("lint",), ("test",), ("list",), ("show", "hurry")])
def test_each_command_tells_the_mistakes_of_a_broken_playbook(run: Run, command: tuple[str, ...]) -> None:
    result = run("rubric", *command, "--rubric", RUBRICS / "broken-names")
    assert (result.status, result.out) == (2, "")
    assert result.err.splitlines()[-1] == "16 mistakes in the rubric"


def test_a_playbook_of_ones_own_works_from_its_folder(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rubric.yaml").write_text("id: own\nversion: 1\ntitle: Our own\nextends: upselling\n")
    monkeypatch.chdir(tmp_path)
    assert run("rubric", "lint", "--rubric", ".").out == "no mistakes, no weak spots\n"
