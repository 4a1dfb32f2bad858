"""`callreview batch`, as cron and people meet it."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path

import pytest
from filelock import FileLock
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from tests.batch.conftest import SMALL, text_of, write
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
UNTOLD = "Dana Whitfield: Good morning.\nSam Ortiz: Good morning to you.\n"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in ("a", "b"):
        write(folder / f"{name}.txt", text_of(name))
    return folder


def arguments(*more: object) -> list[str]:
    return ["batch", "inbox", "--store", "calls.db", "--rubric", str(SMALL), "--jobs", "1", *map(str, more)]


def test_a_night_is_told_to_people_machines_and_a_monitor(run: Run, inbox: Path) -> None:
    write(inbox / "c.txt", UNTOLD)
    result = run(*arguments("--summary", "summary.json", "--metrics", "metrics.prom"))
    assert result.status == 3
    assert result.out.startswith("3 files\n  2 reviewed\n  1 could not be read\n2 calls in ")
    assert "error: " + str(inbox / "c.txt") in result.err
    summary = json.loads(Path("summary.json").read_text())
    assert (summary["status"], summary["calls"]) == (3, {"reviewed": 2, "added": 2})
    assert [(f["path"], f["kind"]) for f in summary["failures"]] == [(str(inbox / "c.txt"), "unreadable")]
    families = {family.name: family for family in text_string_to_metric_families(Path("metrics.prom").read_text())}
    assert families["callreview_batch_exit_status"].samples[0].value == 3
    files = {s.labels["outcome"]: s.value for s in families["callreview_batch_files"].samples}
    assert (files["reviewed"], files["unreadable"], files["unchanged"]) == (2, 1, 0)
    assert abs(families["callreview_batch_end_timestamp_seconds"].samples[0].value - time.time()) < 60

    again = run(*arguments("-q"))
    assert (again.status, again.out, again.err) == (0, "", "")


def test_nothing_of_the_users_is_touched(run: Run, inbox: Path) -> None:
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in inbox.iterdir()}
    run(*arguments())
    assert {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in inbox.iterdir()} == before


def test_a_dry_run_says_what_would_be_done_and_does_nothing(run: Run, inbox: Path) -> None:
    result = run(*arguments("--dry-run"))
    assert result.out.splitlines() == [str(inbox / "a.txt"), str(inbox / "b.txt")]
    assert [path.name for path in Path().iterdir()] == ["inbox"]
    run(*arguments())
    write(inbox / "a.txt", text_of("more"))
    result = run(*arguments("--dry-run"))
    assert (result.out, result.err) == (f"{inbox / 'a.txt'}\n", "1 to review\n  1 unchanged\n")


def test_the_log_is_one_json_object_a_line(run: Run, inbox: Path) -> None:
    write(inbox / "c.txt", UNTOLD)
    lines = [json.loads(line) for line in run(*arguments("--log-format", "json")).err.splitlines()]
    assert [(line["event"], line.get("outcome")) for line in lines[:-1]] == [
        ("file", "reviewed"),
        ("file", "reviewed"),
        ("file", "unreadable"),
    ]
    assert (lines[-1]["event"], lines[-1]["status"]) == ("run", 3)
    wrong = run("batch", "inbox", "--store", ".", "--rubric", SMALL, "--log-format", "json")
    assert wrong.status == 4
    assert "a folder, not a ledger" in json.loads(wrong.err)["message"]


def test_an_empty_inbox_is_no_trouble_and_a_missing_one_is(run: Run, inbox: Path) -> None:
    for file in inbox.iterdir():
        file.unlink()
    assert run(*arguments()).status == 0
    inbox.rmdir()
    missing = run(*arguments())
    assert missing.status == 3
    assert "no such file or folder" in missing.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--roster", "none.toml"], "none.toml"),
        (["--memory-limit", "10"], "a worker needs 384 MB"),
        (["-"], "a batch reads files, not standard input"),
    ],
)
def test_wrong_usage_ends_before_anything_is_done(run: Run, inbox: Path, options: list[str], told: str) -> None:
    result = run(*arguments(*options))
    assert result.status == 2
    assert told in result.err
    assert not Path("calls.db").exists()


def test_a_second_run_ends_at_once_and_a_dead_one_is_in_nobodys_way(run: Run, inbox: Path) -> None:
    with FileLock("calls.db.lock"):
        second = run(*arguments())
    assert second.status == 75
    assert second.err.startswith("error: calls.db: another run works on this ledger")
    assert Path("calls.db.lock").exists()
    assert run(*arguments()).status == 0


def test_a_ledger_of_a_newer_version_is_left_alone(run: Run, inbox: Path) -> None:
    run(*arguments())
    with sqlite3.connect("calls.db") as connection:
        connection.execute("UPDATE callreview_schema SET version_num = '9999'")
    write(inbox / "c.txt", text_of("c"))
    result = run(*arguments())
    assert result.status == 4
    assert "newer" in result.err


def test_what_cannot_be_written_besides_the_ledger_is_told(run: Run, inbox: Path) -> None:
    result = run(*arguments("--summary", "no/such/folder.json"))
    assert result.status == 4
    assert "cannot write no/such/folder.json: No such file or directory" in result.err
    assert run(*arguments()).out.startswith("2 files\n  2 unchanged\n")
