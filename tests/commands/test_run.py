"""Runs over many files: what goes wrong with one is told and never stops the others."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call
from tests.commands.conftest import Run

TOLD = "Rep: Good morning.\nBuyer: Good morning to you.\n"
NOT_TOLD = "Dana Whitfield: Good morning.\nSam Ortiz: Good morning to you.\n"


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"a": TOLD, "b": TOLD, "c": NOT_TOLD, "d": NOT_TOLD, "e": ""}.items():
        Path(f"{name}.txt").write_text(text)
    return tmp_path


def test_a_run_tells_troubles_once_and_counts_at_the_end(run: Run, calls: Path, snapshot: SnapshotAssertion) -> None:
    result = run("check", ".", "missing.txt", "*.docx")
    assert result.status == 3
    assert result.err == snapshot


def test_a_run_without_trouble_is_counted_unless_quiet(run: Run, calls: Path) -> None:
    assert run("check", "a.txt", "b.txt").err == "2 reviewed\n"
    assert run("check", "a.txt", "b.txt", "-q").err == ""
    assert run("check", "a.txt").err == ""
    assert run("check", "a.txt", "e.txt", "-q").err.endswith("\n1 reviewed, 1 unread\n")


def test_a_seller_who_is_not_in_one_call_of_many_is_that_calls_trouble(run: Run, calls: Path) -> None:
    many = run("check", "c.txt", "a.txt", "--seller", "dana", "-q")
    assert (many.status, many.out.count("\n")) == (3, 1)
    assert "a.txt: nobody in this call is called 'dana'" in many.err
    assert run("check", "a.txt", "--seller", "dana").status == 2


def test_a_wrong_roster_is_told_once_and_ends_the_run(run: Run, calls: Path) -> None:
    result = run("check", "a.txt", "b.txt", "--roster", "team.toml")
    assert (result.status, result.out, result.err.count("error:")) == (2, "", 1)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> None:
    review = Reviewer.review

    def failing(self: Reviewer, call: Call) -> object:
        if call.title == "a":
            raise KeyError("turn 7")
        return review(self, call)

    monkeypatch.setattr(Reviewer, "review", failing)


def test_a_fault_of_our_own_stops_one_file_only(
    run: Run, calls: Path, fault: None, snapshot: SnapshotAssertion
) -> None:
    result = run("check", "a.txt", "e.txt", "b.txt", "-q")
    assert (result.status, result.out.count("\n")) == (4, 1)
    assert result.err == snapshot


def test_the_traceback_is_shown_on_request(run: Run, calls: Path, fault: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLREVIEW_DEBUG", "1")
    result = run("check", "a.txt")
    assert result.status == 4
    assert "Traceback" in result.err
    assert 'raise KeyError("turn 7")' in result.err


def test_a_fault_outside_of_files_is_told_as_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("callreview.shipped.transcripts", lambda: 1 / 0)
    result = run("demo")
    assert result.status == 4
    assert result.err.startswith("error: callreview failed through a fault of its own (ZeroDivisionError: division by")
