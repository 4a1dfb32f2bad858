"""Pipes, full disks, closed streams and interrupts, as a shell gives them."""

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from callreview import shipped

SAMPLE = next(p for p in sorted(shipped.transcripts().rglob("*")) if p.suffix == ".txt")
COMMAND = [sys.executable, "-m", "callreview"]
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "TERM": "xterm"}


def test_no_line_of_a_piped_result_ends_in_spaces() -> None:
    for arguments in (["check", SAMPLE], ["explain", SAMPLE, "options"], ["demo"]):
        out = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, env=ENVIRONMENT).stdout
        assert out
        assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_a_reader_who_has_enough_ends_the_run_quietly() -> None:
    with subprocess.Popen(
        [*COMMAND, "check", *[str(SAMPLE.parent)] * 3, "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [["check", str(SAMPLE)], ["schema", "review"]])
def test_a_full_disk_is_told(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 4
    assert result.stderr == (
        "error: the result cannot be written: No space left on device\n  help: see where standard output leads\n"
    )


@pytest.mark.parametrize(
    ("closed", "arguments", "status"),
    [(0, ["check", "-"], 3), (1, ["check", str(SAMPLE)], 2), (2, ["check", "no-such-file"], 3)],
)
def test_closed_streams(closed: int, arguments: list[str], status: int) -> None:
    close: Callable[[], None] = lambda: os.close(closed)  # noqa: E731
    result = subprocess.run([*COMMAND, *arguments], preexec_fn=close, capture_output=closed != 2, text=True)
    assert result.returncode == status
    if closed < 2:
        assert result.stderr.startswith(("error: -: standard input is closed", "error: standard output is closed"))


def on_terminal(*arguments: str, interrupt: bytes | None = None) -> tuple[int, bytes]:
    """Exit status and all that a terminal gets as standard error; interrupted once it shows a text for the third time."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env=ENVIRONMENT,
        # A background job is born deaf to interrupts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )
    os.close(theirs)
    shown = b""
    while chunk := _read(ours):
        shown += chunk
        if interrupt and shown.count(interrupt) > 2:
            process.send_signal(signal.SIGINT)
            interrupt = None
    os.close(ours)
    return process.wait(), shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # the other end is closed
        return b""


def test_a_terminal_sees_what_is_being_done() -> None:
    status, shown = on_terminal("check", str(SAMPLE.parent))
    assert status == 0
    assert b"reading the playbook" in shown
    assert SAMPLE.name.encode() in shown
    assert b"reading" not in on_terminal("check", str(SAMPLE), "-q")[1]


def test_an_interrupt_leaves_the_terminal_as_it_was() -> None:
    start = time.monotonic()
    status, shown = on_terminal("check", str(SAMPLE), interrupt=b"reading the playbook")
    assert status == 130
    assert b"Traceback" not in shown
    assert shown.rindex(b"\x1b[?25h") > shown.rindex(b"\x1b[?25l")
    assert time.monotonic() - start < 60
