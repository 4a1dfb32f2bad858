import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview import shipped
from tests.commands.conftest import Run
from tests.commands.test_redact import CALL, SECRETS

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
PROGRAM = [sys.executable, "-m", "callreview"]
ZOOM = """WEBVTT

1
00:00:02.000 --> 00:00:07.000
Nia Adler: If this goes well, what would be different for you by spring?

2
00:00:08.000 --> 00:00:14.000
Owen Pryce: I want the returns desk to answer within a day, by the end of April.

3
00:00:15.000 --> 00:00:21.000
Nia Adler: Good. Then I'd move you up to the Plus plan, it's three hundred a month.

4
00:00:22.000 --> 00:00:27.000
Owen Pryce: That's a lot of money for an inbox, to be honest.

5
00:00:28.000 --> 00:00:31.000
Nia Adler: Shall I send over the order form, then?
"""


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_what_a_rep_reads(run: Run, sample: Path, snapshot: SnapshotAssertion) -> None:
    result = run("check", sample, "--coach")
    assert (result.status, result.err) == (0, "")
    assert all(len(line) <= 80 for line in result.out.splitlines())
    assert result.out == snapshot


def test_from_a_raw_zoom_file_to_a_better_line_with_one_command(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "GMT20261125-090000_Recording.transcript.vtt"
    file.write_text(ZOOM)
    arguments = ("check", file, "--seller", "Nia Adler", "--coach")
    run(*arguments)
    before = time.process_time()
    result = run(*arguments)
    assert "say" in result.out and "“I want the returns desk to answer within a day" in result.out
    assert time.process_time() - before < 1, "with the playbook read, all else takes a moment"


def test_nobody_is_named_where_masks_are_asked_for(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "call.txt"
    file.write_text(CALL)
    plain = run("check", file, "--coach", "--seller", "Marisela Okonjo")
    masked = run("check", file, "--coach", "--seller", "Marisela Okonjo", "--redact")
    assert plain.status == masked.status == 0
    assert any(secret in plain.out.lower() for secret in SECRETS)
    assert [secret for secret in SECRETS if secret in masked.out.lower() and secret not in ("ingrid", "vance")] == []


def test_coaching_is_for_people(run: Run) -> None:
    result = run("check", SAMPLES[0], "--coach", "--format", "jsonl")
    assert result.status == 2
    assert "leave out --format and --quiet" in result.err


def test_something_must_be_named(run: Run, tmp_path: Path) -> None:
    assert run("check").status == 2
    result = run("check", "--watch", tmp_path / "none")
    assert result.status == 2
    assert "name the folder where transcripts land" in result.err


def test_a_transcript_is_checked_as_it_lands_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    (tmp_path / "callreview.toml").write_text('sellers = ["Nia Adler"]\n')
    (tmp_path / "old.vtt").write_text(ZOOM)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    watching = subprocess.Popen(
        [*PROGRAM, "check", "--coach", "--watch", tmp_path],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert watching.stderr and "watching" in watching.stderr.readline()
    time.sleep(0.5)
    file = tmp_path / "GMT20261125_Recording.transcript.vtt"
    half = len(ZOOM) // 2
    with file.open("w") as written:
        written.write(ZOOM[:half])
        written.flush()
        time.sleep(0.4)
        written.write(ZOOM[half:])
    (tmp_path / "notes.md.part").write_text("no transcript")
    assert watching.stdout
    for line in watching.stdout:
        if line.startswith("“ ”"):
            break
    time.sleep(1.0)
    watching.send_signal(signal.SIGINT)
    out, err = watching.communicate(timeout=20)
    assert out == "", "each file is checked once, when it is whole"
    assert "Traceback" not in err
    assert watching.returncode == 130
