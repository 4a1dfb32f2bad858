import json
import os
from pathlib import Path

import pytest

from callreview.assessment.reviewer import Reviewer, load_playbook
from callreview.detection import keeping
from callreview.detection.hearing import Hearing
from callreview.errors import RubricError
from callreview.shipped import rubrics
from tests.conftest import FIXTURES, call_of


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(keeping.SETTING, str(tmp_path / "kept"))
    return tmp_path / "kept"


def hear() -> Hearing:
    call = call_of("buyer: We lose nine hours a week.", "seller: It is only today, so decide now.")
    return Reviewer(load_playbook(rubrics() / "upselling")).hear(call)


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("*.json")
    return file


def test_what_was_kept_hears_the_same(folder: Path) -> None:
    first = hear()
    made = the_file(folder).read_bytes()
    assert hear() == first
    assert the_file(folder).read_bytes() == made


def spoilt(content: bytes) -> bytes:
    return content[:-3]


def changed(content: bytes, **changes: object) -> bytes:
    data = json.loads(content.partition(b"\n")[2])
    body = json.dumps(data | changes).encode()
    return keeping._sum(body).encode() + b"\n" + body


def wrong_rows(content: bytes) -> bytes:
    return changed(content, rows=[["order", 999999]])


def wrong_calls(content: bytes) -> bytes:
    return changed(content, called={"lose": [999999]})


def no_calls(content: bytes) -> bytes:
    return changed(content, called=["lose"])


@pytest.mark.parametrize(
    "damage", [spoilt, wrong_rows, wrong_calls, no_calls, lambda content: b"", lambda content: b"\xff\n[]"]
)
def test_what_is_damaged_is_made_anew(folder: Path, damage) -> None:
    first = hear()
    file = the_file(folder)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert hear() == first
    assert the_file(folder).read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="POSIX permissions")
@pytest.mark.parametrize("open_to_others", ["file", "folder"])
def test_what_others_may_write_is_not_used(folder: Path, open_to_others: str) -> None:
    hear()
    (the_file(folder) if open_to_others == "file" else folder).chmod(0o777)
    digest = load_playbook(rubrics() / "upselling").digest
    assert keeping.kept(digest) is None


def test_nothing_is_kept_where_that_is_switched_off(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(keeping.SETTING, "off")
    hear()
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(keeping.SETTING, str(tmp_path / "file" / "kept"))
    assert hear().sightings


def test_a_playbook_with_mistakes_is_never_kept(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(RubricError):
            load_playbook(FIXTURES / "rubrics" / "broken-shape")
    assert not folder.exists()
