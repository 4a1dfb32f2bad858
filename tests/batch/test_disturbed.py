"""Runs that are killed, started twice, stopped or out of room: the ledger stays true, and nothing is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch import kill
from tests.batch.conftest import text_of, write

ROOM = "320k"
"""Enough for a new ledger, and for few calls."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    kill.make_calls(folder, 60, seed=1)
    return folder


def ended(line: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(kill.ROOT / "cli")}
    return subprocess.run(line, env=environment, capture_output=True, text=True, check=False)


def test_a_run_that_is_killed_at_random_moments_ends_with_the_ledger_of_an_undisturbed_one() -> None:
    assert kill.main(kills=8, calls=50, seed=time.time_ns()) == 0


def test_two_runs_started_together_double_nothing(folder: Path, tmp_path: Path) -> None:
    wanted, _ = kill.undisturbed(folder, tmp_path / "alone.db")
    both = [kill.begun(kill.command(folder, tmp_path / "both.db")) for _ in range(2)]
    statuses = sorted(run.wait() for run in both)
    assert statuses in ([3, 75], [0, 3])
    assert kill.held(tmp_path / "both.db") == wanted


def test_a_run_that_is_told_to_end_keeps_what_is_done_and_leaves_no_process(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    kill.make_calls(folder, 3000, seed=2)
    run = kill.begun(kill.command(folder, tmp_path / "calls.db"))
    while not _reviews(tmp_path / "calls.db") and run.poll() is None:
        time.sleep(0.1)
    run.send_signal(signal.SIGTERM)
    assert run.wait(timeout=30) == 130
    assert all_ended(run)
    assert 0 < _reviews(tmp_path / "calls.db") < 3000


def test_workers_end_when_the_run_itself_is_killed(folder: Path, tmp_path: Path) -> None:
    run = kill.begun(kill.command(folder, tmp_path / "calls.db"))
    time.sleep(1.5)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    assert all_ended(run)
    assert ended(kill.command(folder, tmp_path / "calls.db")).returncode in (0, 3)


def all_ended(run: subprocess.Popen[bytes]) -> bool:
    """Whether no process of a run is left, soon."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(run.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def _reviews(store: Path) -> int:
    try:
        return sum(line.startswith("reviews ") for line in kill.held(store)) if store.exists() else 0
    except Exception:
        return 0


# --- disks ---------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    at = tmp_path / "disk"
    at.mkdir()
    if os.geteuid() != 0 or mount("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", at):
        pytest.skip("only root may mount a small disk")
    yield at
    subprocess.run(["umount", at], check=True)


def mount(*arguments: object) -> int:
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False).returncode


def test_a_disk_that_is_full_or_may_not_be_written_is_told_and_loses_nothing(
    folder: Path, disk: Path, tmp_path: Path
) -> None:
    wanted, _ = kill.undisturbed(folder, tmp_path / "elsewhere.db")
    full = ended(kill.command(folder, disk / "calls.db", "--log-format", "text"))
    assert (full.returncode, full.stdout) == (4, "")
    assert "the disk is full: what was being written is not in the ledger" in full.stderr
    assert "Traceback" not in full.stderr
    mount("-o", "remount,size=64m", disk)
    assert ended(kill.command(folder, disk / "calls.db")).returncode == 3
    assert kill.held(disk / "calls.db") == wanted

    write(folder / "new.txt", text_of("new"))
    assert mount("-o", "remount,ro", disk) == 0
    read_only = ended(kill.command(folder, disk / "calls.db", "--log-format", "text"))
    mount("-o", "remount,rw", disk)
    assert (read_only.returncode, read_only.stdout) == (4, "")
    assert "help: ask for the right to read and write it and its folder" in read_only.stderr
    assert "Traceback" not in read_only.stderr
    assert kill.held(disk / "calls.db") == wanted
