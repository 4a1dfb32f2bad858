import json
import sys
from pathlib import Path

import pytest

from callreview import shipped
from callreview.ingest import ReadOptions, read_call
from tests.commands.conftest import Run

TALK = "[00:01] AE: Good morning, it is about the renewal.\n[00:05] Buyer: Good morning.\n"
TABLE = "call_id,role,text\nt/1,AE,Hello.\nt/1,Buyer,Hello again.\nt 2,AE,Good morning.\nt 2,Buyer,Morning.\nt3,AE,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_converted_call_stands_beside_its_transcript(run: Run, folder: Path) -> None:
    Path("acme.txt").write_text(TALK)
    result = run("convert", "acme.txt")
    assert (result.status, result.out, result.err) == (0, "acme.callreview.json\n", "")
    call = read_call(Path("acme.callreview.json"), options=ReadOptions())
    assert [turn.text for turn in call.turns] == ["Good morning, it is about the renewal.", "Good morning."]
    assert (call.format, call.title) == ("plain", "acme")


def test_a_folder_is_reviewed_once_although_it_holds_converted_calls(run: Run, folder: Path) -> None:
    Path("acme.txt").write_text(TALK)
    Path("many.csv").write_text(TABLE)
    run("convert", ".")
    assert sorted(path.name for path in folder.iterdir()) == [
        "acme.callreview.json",
        "acme.txt",
        "many--t-1.callreview.json",
        "many--t-2.callreview.json",
        "many.csv",
    ]
    result = run("check", "-q", ".")
    assert len(result.out.splitlines()) == 3
    Path("acme.txt").unlink()
    Path("many.csv").unlink()
    assert len(run("check", "-q", ".").out.splitlines()) == 3


def test_converting_again_changes_nothing(run: Run, folder: Path) -> None:
    Path("acme.txt").write_text(TALK)
    run("convert", "acme.txt")
    written = Path("acme.callreview.json").read_text()
    assert run("convert", "acme.callreview.json").out == "acme.callreview.json\n"
    assert run("convert", "acme.callreview.json", "--to", "copy").out == "copy/acme.callreview.json\n"
    assert Path("acme.callreview.json").read_text() == written == Path("copy/acme.callreview.json").read_text()


def test_no_two_calls_are_written_into_one_file(run: Run, folder: Path) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, "acme.txt").write_text(TALK)
    result = run("convert", "a", "b", "--to", "out")
    assert result.out.splitlines() == ["out/acme.callreview.json", "out/acme--2.callreview.json"]
    assert result.err == "2 written\n"


def test_what_cannot_be_read_does_not_stop_the_others(run: Run, folder: Path) -> None:
    Path("acme.txt").write_text(TALK)
    Path("empty.txt").write_text("")
    result = run("convert", "acme.txt", "empty.txt", "gone.txt")
    assert (result.status, result.out) == (3, "acme.callreview.json\n")
    assert "empty.txt: the file is empty" in result.err
    assert "1 written, 2 unread" in result.err


def test_where_it_cannot_be_written(run: Run, folder: Path) -> None:
    Path("acme.txt").write_text(TALK)
    Path("full").write_text("")
    result = run("convert", "acme.txt", "--to", "full")
    assert result.status == 2
    assert "cannot write full/acme.callreview.json" in result.err


def test_one_call_of_a_table_that_cannot_be_read(run: Run, folder: Path) -> None:
    Path("many.csv").write_text(TABLE.replace("t 2,Buyer", "t 2,AE"))
    result = run("check", "-q", "many.csv")
    assert result.status == 3
    assert len(result.out.splitlines()) == 1
    assert "many.csv: call 't 2': only one speaker is named: AE" in result.err
    assert result.err.endswith("1 reviewed, 1 unread\n")


def test_the_call_column_is_an_option(run: Run, folder: Path) -> None:
    Path("many.csv").write_text(TABLE.replace("call_id", "Ticket"))
    assert run("check", "-q", "many.csv", "--call-column", "ticket").out.count("\n") == 2
    refused = run("check", "-q", "many.csv", "--call-column", "tickt")
    assert refused.status == 3
    assert "this table has no column 'tickt'\n  help: did you mean 'Ticket'?" in refused.err


def test_columns_are_described_in_the_roster_file(run: Run, folder: Path) -> None:
    Path("many.csv").write_text(TABLE.replace("call_id,role,text", "Ticket,Wer,Was"))
    assert run("check", "-q", "many.csv").status == 3
    Path("callreview.toml").write_text('[csv]\ncall = "ticket"\nspeaker = "Wer"\ntext = "Was"\n')
    result = run("check", "many.csv", "--format", "jsonl")
    reviews = [json.loads(line) for line in result.out.splitlines()]
    assert [review["call"]["title"] for review in reviews] == ["t/1", "t 2"]
    assert "1 call of the file without words: left out (t3)" in reviews[0]["notes"]


def test_a_review_of_a_converted_call_is_the_same(run: Run, folder: Path) -> None:
    sample = next(path for path in sorted(shipped.transcripts().rglob("*.vtt")))
    run("convert", sample, "--to", folder)
    (converted,) = folder.glob("*.callreview.json")
    one, two = (json.loads(run("check", path, "--format", "jsonl").out) for path in (sample, converted))
    assert {**one, "call": None} == {**two, "call": None}


def test_formats_are_listed(run: Run) -> None:
    lines = run("formats").out.splitlines()
    assert lines[0].split("\t") == ["name", "title", "sides", "times", "overlaps", "endings"]
    assert "srt\tSubRip captions\tno\tstart and end\tyes\t.srt" in lines


def test_formats_on_a_narrow_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    out = run("formats").out
    assert "…" not in out
    assert "\t" not in out
    assert "aws_call_analytics" in out
