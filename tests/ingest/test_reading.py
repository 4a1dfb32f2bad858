import io
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview import shipped
from callreview.errors import CallreviewError, InputError
from callreview.ingest import ReadOptions, decode, find_transcripts, read_call, reading
from callreview.ingest.formats import formats

from .helpers import call_of, parsed, path_of, sure

TWO = "[00:01] Dana: hello\n[00:05] Sam: hi\n"


def test_a_call_from_a_file(tmp_path):
    file = tmp_path / "2026-09-14 acme.txt"
    file.write_text(TWO)
    call = read_call(file, options=ReadOptions(sellers=("dana",)))
    assert (call.title, call.format, call.path, call.date) == ("2026-09-14 acme", "plain", file, date(2026, 9, 14))
    assert (call.duration_s, call.can_overlap, call.coarseness_s, call.notes) == (5.0, False, None, ())
    assert [(t.number, t.speaker, t.text, t.start, t.line) for t in call.turns] == [
        (1, "Dana", "hello", 1.0, 1),
        (2, "Sam", "hi", 5.0, 2),
    ]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TWO.encode())))
    call = read_call("-", options=ReadOptions(sellers=("dana",)))
    assert (call.title, call.path, len(call.turns)) == ("standard input", None, 2)


def test_the_id_is_the_same_wherever_the_file_lies_and_whoever_sells():
    one = call_of(TWO, path="a/b.txt", sellers=("dana",))
    two = call_of(TWO.replace("\n", "\r\n").encode("utf-16"), path="c.vtt", sellers=("sam",))
    assert one.id == two.id
    assert one.turns == two.turns


def test_zoom_and_teams_files():
    zoom = read_call(path_of("zoom.vtt"), options=ReadOptions(sellers=("dana",)))
    assert [t.speaker for t in zoom.turns] == ["Dana Whitfield", "Sam K", "+1 555 010 2233"]
    assert zoom.turns[0].text == "Hey, Sam. Two things: price and dates."
    assert (zoom.turns[0].start, zoom.turns[0].end, zoom.duration_s, zoom.can_overlap) == (1.68, 5.0, 9.0, False)
    teams = read_call(path_of("teams.vtt"), options=ReadOptions(sellers=("dana",)))
    assert [t.number for t in teams.turns] == [1, 2, 3, 4]
    assert teams.can_overlap


def refused(path, **options) -> str:
    with pytest.raises(InputError) as caught:
        read_call(path, options=ReadOptions(**options))
    return str(caught.value)


def test_files_that_cannot_be_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("acme.txt").write_text(TWO)
    assert refused(Path("acne.txt")) == "acne.txt: no such file or folder\n  help: did you mean 'acme.txt'?"
    assert refused(Path()) == ".: this is a folder, not a transcript\n  help: name one file in the folder"
    assert "the file cannot be read: its name is not valid\n" in refused(Path("a\0b"))
    Path("big.txt").write_bytes(b"x" * 200)
    monkeypatch.setattr(decode, "MAX_BYTES", 100)
    assert "big.txt: the file is too large for one call" in refused(Path("big.txt"))
    monkeypatch.setattr(reading, "MAX_WORDS", 1)
    assert "acme.txt: the file is too large for one call: more than 1 words" in refused(Path("acme.txt"))
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-") == "-: standard input is closed\n  help: name a file instead of -"


def test_a_forced_format_that_finds_nothing():
    with pytest.raises(InputError) as caught:
        call_of(TWO, format="srt")
    assert str(caught.value) == (
        "calls/acme.txt: nobody says anything in this file, read as srt (SubRip captions)\n"
        "  help: the export may not have been ready, cut off or empty; or another --read-as fits"
    )
    assert call_of("Dana: hi\nSam: ho\n", format="plain", sellers=("sam",)).format == "plain"


def test_the_shipped_calls_tell_their_sides():
    found = find_transcripts([shipped.transcripts()])
    assert {file.suffix for file in found} == {".txt", ".vtt", ".srt"}
    for file in found:
        call = read_call(file, options=ReadOptions())
        assert 25 <= len(call.turns) <= 45
        assert all(speaker.side.value != "unknown" for speaker in call.speakers)
        assert call.date is not None


# --- whatever comes in ---------------------------------------------------------------------------

SPEECH = st.lists(
    st.sampled_from(
        [
            "Dana",
            "Sam",
            ": ",
            ":",
            "\n",
            "\n\n",
            "[00:01:23]",
            " 0:15",
            "  ",
            "WEBVTT\n\n",
            "00:01.000 --> 00:02.000\n",
            "1\n",
            "00:00:01,000 --> 00:00:02,000\n",
            "<v Dana>",
            "</v>",
            "&amp;",
            "**",
            "- ",
            "(AE)",
            "Buyer",
            "hello",
            "é",
            "\u2028",
            "{",
            "\x0b",
            "---\n",
            "#",
            "\ud83d\ude00",
            "-->",
            "\0",
            "Date: 2026-09-14\n",
            "\r\n",
            "|",
        ]
    ),
    max_size=60,
).map("".join)
TEXTS = st.one_of(SPEECH, st.text(max_size=300))
FORMATS = st.sampled_from([None, *formats()])


def check(data: bytes, name: str | None) -> None:
    """Either an error made on purpose, or a call whose parts hold together."""
    options = ReadOptions(format=name)
    try:
        call = read_call(Path("x.txt"), options=options, data=data)
    except CallreviewError as error:
        assert str(error)
        return
    assert [turn.number for turn in call.turns] == list(range(1, len(call.turns) + 1))
    assert {turn.speaker for turn in call.turns} <= {speaker.name for speaker in call.speakers}
    for turn in call.turns:
        assert turn.text == " ".join(turn.text.split()) != ""
        turn.text.encode()
        assert turn.line is None or turn.line >= 1
    assert read_call(Path("y.txt"), options=options, data=data).id == call.id


@settings(max_examples=400, deadline=None)
@given(TEXTS, FORMATS)
def test_any_text_gives_a_call_or_an_error(text, name):
    check(text.encode("utf-8", "surrogatepass"), name)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), FORMATS)
def test_any_bytes_give_a_call_or_an_error(data, name):
    check(data, name)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sniffers_never_raise(text):
    assert all(0 <= sure(module, text) <= 1 for module in formats().values())


NAMES = st.sampled_from(["Dana", "Sam Ortiz", "Zoë O'Neill (Trestle)"])
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="<>&:{*-_=~#[("),
    min_size=1,
    max_size=12,
).filter(lambda word: any(map(str.isalnum, word)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NAMES, st.lists(WORDS, min_size=1, max_size=6)), min_size=2, max_size=12))
def test_words_come_through_exactly(spoken):
    plain = "".join(f"[00:00:{n:02}] {name}: {' '.join(words)}\n" for n, (name, words) in enumerate(spoken))
    cues = "".join(
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n<v {name}>{' '.join(words)}</v>\n\n"
        for n, (name, words) in enumerate(spoken)
    )
    expected = [" ".join(words) for _, words in spoken]
    assert [u.text for u in parsed("plain", plain + "\n").utterances] == expected
    assert [u.text for u in parsed("webvtt", "WEBVTT\n\n" + cues).utterances] == expected


@pytest.mark.parametrize(
    "text",
    [
        ":" * 1_000_000,
        "a: " * 300_000,
        "A:\n" * 30_000,
        "Dana: " + "x" * 3_000_000 + "\nSam: hi\n",
        "[" * 1_000_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 300_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<" * 1_000_000,
        "1\n00:00:01,000 --> 00:00:02,000\nA: x\n\n" + "loose\n\n" * 50_000,
        "Dana: hi\nSam: ho\n" + "- " * 500_000,
    ],
    ids=range(9),
)
def test_hostile_text_takes_no_time(text):
    with pytest.raises(CallreviewError):
        call_of(text)
