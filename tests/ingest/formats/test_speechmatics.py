from callreview.ingest.formats import speechmatics

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure, timed

ORDINARY = fixture("speechmatics/ordinary.json")


def test_version_2():
    transcript = parsed("speechmatics", "speechmatics/ordinary.json")
    assert timed(transcript) == [("S1", 0.4, 1.3, "Good day."), ("S2", 2.0, 2.5, "Hello!")]
    assert (transcript.title, transcript.duration_s) == ("depot.wav", 8.0)
    assert not transcript.can_overlap
    assert len(call_of(ORDINARY, sellers=("S1",)).turns) == 2


def test_a_speaker_who_was_not_found_is_nobody():
    assert said(read_text(speechmatics, ORDINARY.replace("S1", "UU").replace("S2", "UU"))) == [
        (None, "Good day. Hello!")
    ]


def test_version_1_tells_speakers_apart_from_the_words():
    transcript = parsed("speechmatics", "speechmatics/odd.json")
    assert timed(transcript) == [("M1", 0.35, 1.2, "Which depot?"), ("F4", 3.25, 3.65, "Leith Road.")]
    assert (transcript.title, transcript.duration_s) == ("old.mp3", 75.0)


def test_channels_have_names_and_can_overlap():
    transcript = parsed("speechmatics", "speechmatics/channels.json")
    assert timed(transcript) == [
        ("agent", 0.5, 2.0, "Leith Road?"),
        ("customer", 1.8, 2.4, "£40"),
        ("agent", 6.0, 6.5, "Fine"),
    ]
    assert transcript.can_overlap
    call = call_of(fixture("speechmatics/channels.json"))
    assert sides_of(call) == {"agent": ("seller", "label"), "customer": ("buyer", "label")}


def test_sniff():
    assert sure(speechmatics, ORDINARY) == sure(speechmatics, fixture("speechmatics/odd.json")) == 1.0
    assert sure(speechmatics, '{"format": "2.9", "job": {"id": "y"}, "results": []}') == 0.9
    assert sure(speechmatics, '{"results": []}') == sure(speechmatics, '{"words": [{"name": "x", "time": 1}]}') == 0.0
    assert sure(speechmatics, fixture("google_speech/ordinary.json")) == 0.0
