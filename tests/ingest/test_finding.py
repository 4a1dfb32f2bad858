from pathlib import Path

import pytest

from callreview.errors import InputError
from callreview.ingest import find_transcripts


@pytest.fixture
def calls(tmp_path):
    for name in ("b.vtt", "a.txt", "deep/c.SRT", "deep/x.yaml", ".git/d.txt", "README.md", ".hidden.txt", "audio.mp3"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("x")
    return tmp_path


def names(found, folder):
    return [path.relative_to(folder).as_posix() for path in found]


def test_folders_are_searched_below(calls):
    assert names(find_transcripts([calls]), calls) == ["a.txt", "b.vtt", "deep/c.SRT"]


def test_files_patterns_and_folders_give_each_file_once(calls):
    found = find_transcripts([calls / "b.vtt", str(calls / "*.vtt"), str(calls / "**" / "*.SRT"), calls])
    assert names(found, calls) == ["a.txt", "b.vtt", "deep/c.SRT"]


def test_a_named_file_may_have_any_ending(calls):
    assert names(find_transcripts([calls / "audio.mp3"]), calls) == ["audio.mp3"]


def test_standard_input():
    assert find_transcripts(["-"]) == [Path("-")]


def test_a_name_with_brackets_is_no_pattern(tmp_path):
    file = tmp_path / "call [1].txt"
    file.write_text("x")
    assert find_transcripts([file]) == [file]


def refused(path) -> str:
    with pytest.raises(InputError) as caught:
        find_transcripts([path])
    return str(caught.value)


def test_missing(calls, monkeypatch):
    monkeypatch.chdir(calls)
    assert refused("b.vt") == "b.vt: no such file or folder\n  help: did you mean 'b.vtt'?"
    assert refused("zzzzzzzz") == "zzzzzzzz: no such file or folder"
    assert refused("no/a.txt") == "no/a.txt: no such file\n  help: there is no folder 'no' either"
    assert refused("*.docx") == "*.docx: no file matches this pattern"
    (calls / "empty").mkdir()
    assert refused("empty").startswith("empty: no transcript in this folder\n  help: looked for ")
