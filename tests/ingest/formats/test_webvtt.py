from callreview.ingest.formats import webvtt

from ..helpers import fixture, parsed, read_text, said, sure


def test_zoom_names_stand_before_each_cue():
    transcript = parsed("webvtt", "zoom.vtt")
    assert said(transcript) == [
        ("Dana Whitfield", "Hey, Sam."),
        ("Dana Whitfield", "Two things: price and dates."),
        ("Sam K | Trestle", "Go on."),
        ("+1 555 010 2233", "I dialled in."),
    ]
    first = transcript.utterances[0]
    assert (first.start, first.end, first.line) == (1.68, 2.77, 4)
    assert transcript.pieces
    assert not transcript.can_overlap


def test_every_cue_has_a_name():
    transcript = parsed("webvtt", "webvtt/ordinary.vtt")
    assert said(transcript) == [
        ("Dana Whitfield", "Good morning, Sam."),
        ("Sam Ortiz", "Morning, Dana."),
        ("Sam Ortiz", "Shall we start with the seats?"),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(1.2, 3.4), (3.6, 5.0), (5.1, 8.0)]
    assert transcript.pieces


def test_teams_voices():
    transcript = parsed("webvtt", "teams.vtt")
    assert said(transcript) == [
        ("Dana Whitfield", "Good morning."),
        ("Sam Ortiz", "Morning, Q&A first?"),
        ("Dana Whitfield", "Sure."),
        ("Dana Whitfield", "Right. Let us start."),
        ("Dana Whitfield", "Any questions?"),
        ("Sam Ortiz", "No, 5 < 6, all clear."),
    ]
    assert transcript.can_overlap
    assert [u.start for u in transcript.utterances][3] == 43.05


def test_odd_blocks_times_and_entities():
    transcript = parsed("webvtt", "odd.vtt")
    assert said(transcript) == [
        (None, "nobody named yet"),
        ("Dana", "comma <time> ok"),
        ("Sam", "no blank line"),
        (None, "and on"),
    ]
    assert transcript.notes == ("1 cue with a time that cannot be read: skipped", "1 line outside of cues: skipped")


def test_rolled_up_lines_are_read_once():
    transcript = parsed("webvtt", "rollup.vtt")
    assert said(transcript) == [
        ("Dana", "so what we see"),
        (None, "is forty open tickets"),
        (None, "a week"),
        ("Sam", "Yeah."),
        ("Sam", "Yeah."),
    ]
    assert transcript.notes == ("3 caption lines shown twice: read once",)


def test_teams_graph_metadata():
    transcript = parsed("webvtt", "graph.vtt")
    assert said(transcript) == [
        ("Dana Whitfield", "hello there"),
        ("Sam Ortiz", "hi \ufffd you"),
        (None, '{"other": 1}'),
    ]


def test_a_file_that_ends_in_a_cue_says_so():
    transcript = read_text(webvtt, "WEBVTT\n\n00:01.000 --> 00:02.000\nDana: hi\n\n00:02.000 --> 00:03.000\n")
    assert transcript.notes == ("the last cue has a time but no text: the file may be cut off",)


def test_nesting_is_no_trap():
    assert read_text(webvtt, "WEBVTT\n\n00:01.000 --> 00:02.000\n" + '{"a":' * 30_000).utterances


def test_sniff():
    assert sure(webvtt, fixture("odd.vtt")) == 1.0
    assert sure(webvtt, "WEBVTTX\n") == 0.0
    assert sure(webvtt, fixture("podcast.srt")) == 0.0
    assert sure(webvtt, fixture("headerless.vtt")) == 0.6


def test_names_in_brackets_before_every_cue():
    cues = ["(Dana Whitfield) Hi, Sam.", "(Sam K) Hello. Is it (still) nine?", "(Dana Whitfield) It is."]
    text = "WEBVTT\n\n" + "".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{cue}\n\n" for n, cue in enumerate(cues))
    assert said(read_text(webvtt, text)) == [
        ("Dana Whitfield", "Hi, Sam."),
        ("Sam K", "Hello. Is it (still) nine?"),
        ("Dana Whitfield", "It is."),
    ]
