import os
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


def test_files_patterns_and_folders_give_each_file_once_in_the_order_of_the_arguments(calls):
    found = find_transcripts([calls / "b.vtt", str(calls / "*.vtt"), str(calls / "**" / "*.SRT"), calls])
    assert names(found, calls) == ["b.vtt", "deep/c.SRT", "a.txt"]


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
    assert refused("zzzzzzzz") == (
        "zzzzzzzz: no such file or folder\n  help: name a transcript, a folder of them or a pattern"
    )
    assert refused("no/a.txt") == "no/a.txt: no such file\n  help: there is no folder 'no' either"
    assert refused("*.docx") == (
        "*.docx: no file matches this pattern\n"
        "  help: * stands for any part of a name, ** for any folders below; or name the folder itself"
    )
    assert refused("a" * 300).startswith("a" * 300 + ": the file cannot be read: File name too long\n  help: ")
    (calls / "empty").mkdir()
    assert refused("empty").startswith("empty: no transcript in this folder\n  help: looked for ")


def test_links_that_lead_nowhere(calls, monkeypatch):
    monkeypatch.chdir(calls)
    Path("round.txt").symlink_to("round.txt")
    Path("gone.txt").symlink_to("deleted.txt")
    assert refused("round.txt").startswith("round.txt: this link leads back to itself\n  help: ")
    assert refused("gone.txt").startswith("gone.txt: this link leads to 'deleted.txt', where no file is\n  help: ")


def test_what_is_missing_is_told_and_the_others_are_found(calls):
    told: list[InputError] = []
    found = find_transcripts([calls / "no.txt", calls / "a.txt", calls / "*.docx"], otherwise=told.append)
    assert names(found, calls) == ["a.txt"]
    assert [str(error.place) for error in told] == [str(calls / "no.txt"), str(calls / "*.docx")]


def test_pipes_in_a_folder_are_not_waited_for(calls):
    os.mkfifo(calls / "pipe.txt")
    assert "pipe.txt" not in names(find_transcripts([calls]), calls)
    assert find_transcripts([calls / "pipe.txt"]) == [calls / "pipe.txt"]
