import json
from pathlib import Path

import pytest

from tests.commands.conftest import Run
from tests.conftest import FIXTURES

GONG = json.loads((FIXTURES / "transcripts" / "gong" / "ordinary.json").read_text())
CHAT = (FIXTURES / "transcripts" / "zoom_chat" / "ordinary.txt").read_text()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "extensive.json").write_text(json.dumps({"calls": GONG["calls"]}))
    (tmp_path / "chat.txt").write_text(CHAT)
    return tmp_path


def test_beside_a_call_they_are_counted_and_no_trouble(run: Run, folder: Path) -> None:
    (folder / "transcript.json").write_text(json.dumps({"callTranscripts": GONG["callTranscripts"]}))
    result = run("check", folder)
    assert result.status == 0
    assert result.err == "1 reviewed, 2 beside calls\n"


def test_without_a_call_it_is_said_what_they_are(run: Run, folder: Path) -> None:
    result = run("check", folder)
    assert result.status == 3
    assert "this is what Gong tells of calls, without their transcripts" in result.err
    assert "this is a Zoom chat" in result.err
    assert result.err.endswith("0 reviewed, 2 unread\n")
