import pytest

from callreview.ingest.rows import Row, collect

from .helpers import parsed, said


@pytest.mark.parametrize("text", ["", " ", "…", "?!", "♪ ♪", "[ ]", "#"])
def test_what_nobody_says(text):
    collected = collect([Row(text=text), Row(text="so [NAME] said")])
    assert [u.text for u in collected.utterances] == ["so [NAME] said"]
    assert collected.notes == ("1 piece without words: skipped",)


@pytest.mark.parametrize("text", ["[PII]", "[inaudible].", "####", "**", "7", "안녕"])
@pytest.mark.parametrize(
    ("format_name", "file"),
    [
        ("plain", "Dana: Hello.\nSam: {}\nDana: …\nSam: Bye."),
        ("webvtt", "WEBVTT\n\n0:01.000 --> 0:02.000\n<v Dana>Hello.</v><v Sam>{}</v><v Dana>…</v><v Sam>Bye.</v>"),
        (
            "srt",
            "1\n0:01,0 --> 0:02,0\nDana: Hello.\n\n0:02,0 --> 0:03,0\nSam: {}\n\n0:03,0 --> 0:04,0\nDana: …\n"
            "\n0:04,0 --> 0:05,0\nSam: Bye.",
        ),
        ("csv", "speaker,text\nDana,Hello.\nSam,{}\nDana,…\nSam,Bye."),
    ],
)
def test_somebody_spoke_where_words_are_masked(format_name, file, text):
    transcript = parsed(format_name, file.format(text))
    assert said(transcript) == [("Dana", "Hello."), ("Sam", text), ("Sam", "Bye.")]
    assert transcript.notes == ("1 piece without words: skipped",)


def test_impossible_times_are_left_out():
    rows = [Row(text="a", start=-1, end=2), Row(text="b", start=3, end=2), Row(text="c", start=1e9)]
    collected = collect(rows)
    assert [(u.start, u.end) for u in collected.utterances] == [(None, 2), (3, None), (None, None)]
    assert collected.notes == ("3 impossible times: left out",)


def test_by_start_and_without_one_behind_the_piece_before():
    rows = [Row(text="a", start=1), Row(text="b"), Row(text="c", start=9), Row(text="d", start=2)]
    assert [u.text for u in collect(rows).utterances] == ["a", "b", "d", "c"]
    assert [u.text for u in collect([Row(text="a"), Row(text="b")]).utterances] == ["a", "b"]
