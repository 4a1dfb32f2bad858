import pytest

from callreview.ingest.formats import plain

from ..helpers import fixture, parsed, read_text, said, sure

HELLO = [("Dana", "hi there"), ("Sam", "hello")]


@pytest.mark.parametrize(
    "text",
    [
        "Dana: hi there\nSam: hello\n",
        "[00:01:23] Dana: hi there\n[00:01:30] Sam: hello\n",
        "(01:23) Dana: hi there\n(01:30) Sam: hello\n",
        "01:23 - Dana: hi there\n01:30 - Sam: hello\n",
        "Dana (01:23): hi there\nSam [01:30]: hello\n",
        "[01:23 - 01:29] Dana: hi there\n[01:30 - 01:31] Sam: hello\n",
        "[Dana] 00:01:23\nhi there\n\n[Sam] 00:01:30\nhello\n",
        "Dana  1:23\nhi there\n\nSam  1:30\nhello\n",
        "Dana 00:01:23\nhi there\nSam 00:01:30\nhello\n",
        "00:01:23 Dana\nhi there\n00:01:30 Sam\nhello\n",
        "Dana\n00:01:23\nhi there\n\nSam\n00:01:30\nhello\n",
        "Dana  00:01:23.000 --> 00:01:25.000\nhi there\n\nSam  00:01:30.000 --> 00:01:31.000\nhello\n",
        "**Dana:** hi there\n\n**Sam:** hello\n",
        "**Dana**: hi there\n\n**Sam**: hello\n",
        "- Dana: hi there\n- Sam: hello\n",
        "Dana:\nhi there\n\nSam:\nhello\n",
        "Dana: hi\n  there\nSam: hello\n",
        "# Call with Sam\n\nDana: hi there\nSam: hello\n",
        "[00:01:23] **Dana:** hi there\n[00:01:30] **Sam:** hello\n",
    ],
)
def test_spellings(text):
    transcript = read_text(plain, text)
    assert said(transcript) == HELLO
    starts = [u.start for u in transcript.utterances]
    assert starts in ([83.0, 90.0], [None, None]) or (text.startswith("[Dana] ") and starts == [0.0, 7.0])
    assert sure(plain, text) == 0.6


def test_times_and_companies():
    transcript = parsed("plain", "plain/ordinary.txt")
    assert [(u.speaker, u.start, u.line) for u in transcript.utterances] == [
        ("Dana Whitfield (Northwind)", 3.0, 1),
        ("Sam Ortiz (Trestle Homes)", 9.0, 2),
        ("Dana Whitfield (Northwind)", 15.0, 3),
    ]
    assert transcript.utterances[1].text == "Morning. I have until ten: then the board meets."
    assert not transcript.can_overlap


def test_names_in_lower_case_below_a_line_that_nobody_says():
    transcript = parsed("plain", "plain/odd.txt")
    assert said(transcript) == [
        ("dana whitfield", "so: is the line fine?"),
        ("sam", "yes, it’s fine and so is mine"),
        ("dana whitfield", "Note: ten seats, 12:30 today."),
        ("sam", "ok"),
    ]
    assert transcript.notes == ("1 line before the first speaker: skipped",)


def test_a_company_stays_in_the_label():
    transcript = read_text(plain, "00:01:23 Dana Whitfield (Northwind): hi\n00:01:30 Sam: hello\n")
    assert said(transcript) == [("Dana Whitfield (Northwind)", "hi"), ("Sam", "hello")]


def test_roles_and_numbered_speakers():
    assert said(read_text(plain, "AE: hi\nbuyer: hello\n")) == [("AE", "hi"), ("buyer", "hello")]
    assert said(read_text(plain, "Speaker 1: hi\nSpeaker 2: hello\n")) == [("Speaker 1", "hi"), ("Speaker 2", "hello")]


def test_colons_in_speech_make_no_speakers():
    transcript = parsed("plain", "header.txt")
    assert said(transcript) == [
        ("Dana Whitfield", "Hello."),
        ("Sam", "hello, see https://example.org"),
        ("Dana Whitfield", "Three ways. Option A: stay. Note: it is 10:30."),
        ("Sam", "ok"),
    ]


def test_lines_above_the_talk_tell_date_and_sides():
    transcript = parsed("plain", "header.txt")
    assert transcript.sellers == ("Dana Whitfield",)
    assert transcript.buyers == ("Trestle Homes",)
    assert str(transcript.date) == "2026-09-14"
    assert transcript.notes == ("3 lines before the first speaker: skipped",)
    assert [u.line for u in transcript.utterances] == [5, 6, 7, 10]


def test_markdown_with_participants_and_an_appendix():
    transcript = parsed("plain", "markdown.md")
    assert [text for _, text in said(transcript)] == [
        "Hi Michael.",
        "Hello. Here's the list: - Effort: low",
        "Great.",
        "Bye.",
    ]
    assert transcript.sellers == ("Sarah",)
    assert str(transcript.date) == "2024-01-15"
    assert "1 line that nobody says, after the talk or between its parts: skipped" in transcript.notes


def test_otter():
    transcript = parsed("plain", "otter.txt")
    assert said(transcript) == [
        ("Dana Whitfield", "Hello, thanks for joining. Shall we say 10:30?"),
        ("Speaker 2", "Yes: we do."),
        ("Unknown speaker", "Who is that?"),
    ]
    assert [u.start for u in transcript.utterances] == [15.0, 3727.0, 3729.0]
    assert transcript.pieces


def test_meet_has_block_times():
    transcript = parsed("plain", "meet.txt")
    assert [(u.speaker, u.start) for u in transcript.utterances] == [
        ("Ana Ruiz", 0.0),
        ("Bob Lee", 0.0),
        ("Ana Ruiz", 300.0),
        ("Bob Lee", 300.0),
    ]
    assert transcript.coarseness_s == 300.0
    assert "times are block times, about 5 minutes coarse" in transcript.notes
    assert str(transcript.date) == "2026-09-21"
    assert transcript.utterances[2].text == "So, the price is on page two."


def test_meet_with_notes_above_the_transcript():
    transcript = parsed("plain", "meet-notes.txt")
    assert [(u.speaker, u.start) for u in transcript.utterances] == [
        ("Ana Ruiz", 0.0),
        ("Bob Lee", 0.0),
        ("Ana Ruiz", 300.0),
        ("Bob Lee", 300.0),
    ]
    assert str(transcript.date) == "2026-09-21"


def test_meet_tells_the_title():
    assert parsed("plain", "meet.txt").title == "Trestle <> Northwind"


def test_ranges_of_time_above_names():
    transcript = parsed("plain", "teams-ranges.txt")
    assert said(transcript) == [
        ("Dana Whitfield", "Good morning, Sam."),
        ("Sam Ortiz", "Morning: how are you? And the others?"),
        ("Dana Whitfield", "Fine."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(5.1, 8.25), (8.3, 12.05), (13.0, 14.5)]
    assert sure(plain, fixture("teams-ranges.txt")) == 0.8


def test_captions_of_one_recurring_word_are_no_names():
    text = "00:00:01.000 --> 00:00:02.000\nYes\n\n00:00:02.000 --> 00:00:03.000\nYes\n\n00:00:03.000 --> 00:00:04.000\nOk\n"
    assert sure(plain, text) == 0.0


def test_who_starts_and_stops_the_transcription_says_nothing():
    text = "Dana  0:05\nHello.\nSam  0:08\nHi.\nSam stopped transcription\nDana  0:12\nBye.\n"
    assert said(read_text(plain, text)) == [("Dana", "Hello."), ("Sam", "Hi."), ("Dana", "Bye.")]


def test_times_of_the_day_count_from_the_first():
    transcript = parsed("plain", "captions.txt")
    assert [u.start for u in transcript.utterances] == [0.0, 7.0, 10.0]
    assert "times are times of the day: counted from the first one" in transcript.notes


def test_captions_just_after_midnight_count_from_the_first_too():
    text = "[Dana Whitfield] 00:12:03\nhi there\n\n[Sam Ortiz] 00:12:09\nhello\n"
    assert [u.start for u in read_text(plain, text).utterances] == [0.0, 6.0]


def test_who_attends_without_a_word_is_named():
    assert set(parsed("plain", "meet.txt").named) >= {"Ana Ruiz", "Bob Lee"}


def test_a_call_that_goes_on_after_midnight():
    transcript = parsed("plain", "[23:59:50] Dana: hello\n[00:00:05] Sam: hi\n[00:00:03] Dana: oh\n")
    assert [u.start for u in transcript.utterances] == [0.0, 15.0, 13.0]


def test_a_timed_line_without_a_name_goes_on():
    transcript = read_text(plain, "[00:01] Dana: hi\n[00:05] and: more\n[00:09] Sam: ok\n[00:10] Note: that\n")
    assert said(transcript) == [("Dana", "hi"), (None, "and: more"), ("Sam", "ok"), (None, "Note: that")]


def test_names_in_lower_case():
    transcript = read_text(plain, "dana: hi so the thing is: no\nsam: what\nthe thing: is\ndana: ok\nsam: bye\n")
    assert said(transcript) == [
        ("dana", "hi so the thing is: no"),
        ("sam", "what the thing: is"),
        ("dana", "ok"),
        ("sam", "bye"),
    ]


@pytest.mark.parametrize(
    "text", ["It was dark. We went: home.\n", '{"text": "hi"}', '[{"a": 1}]', "<p>Dana: hi</p>", "", "10:30"]
)
def test_sniff_refuses_what_has_no_speakers(text):
    assert sure(plain, text) == 0.0


def test_sniff_is_unsure_of_a_single_line():
    assert sure(plain, "Dana Whitfield: hello") == 0.5
    assert sure(plain, fixture("zoom.vtt")) == 0.0
