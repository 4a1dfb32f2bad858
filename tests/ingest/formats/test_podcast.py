from callreview.ingest.formats import podcast

from ..helpers import call_of, fixture, parsed, sure, timed


def test_segments_may_be_single_words():
    transcript = parsed("podcast", "podcast/ordinary.json")
    assert timed(transcript)[0] == ("Ines Vidal", 0.5, 0.75, "So")
    call = call_of(fixture("podcast/ordinary.json"), sellers=("Ines",))
    assert [(turn.speaker, turn.text, turn.start, turn.end) for turn in call.turns] == [
        ("Ines Vidal", "So you grew?", 0.5, 2.0),
        ("Tom", "Twofold.", 2.4, 2.9),
    ]
    assert not call.can_overlap


def test_names_that_are_missing_and_entities():
    transcript = parsed("podcast", "podcast/odd.json")
    assert timed(transcript) == [
        (None, 0.0, 1.0, "Before anybody is named."),
        ("Ines Vidal", 1.5, 4.0, "Hello Tom, you & I meet again."),
        ("Tom", 3.5, 3.9, "Hello."),
        (None, 4.5, None, "It has been a while."),
        ("Ines Vidal", None, None, "Right."),
    ]
    assert transcript.notes == ("1 piece without words: skipped", "1 impossible time: left out")
    assert transcript.can_overlap
    call = call_of(fixture("podcast/odd.json"), sellers=("Ines",))
    assert call.turns[2].text == "Hello. It has been a while."


def test_sniff():
    assert sure(podcast, fixture("podcast/ordinary.json")) == 1.0
    assert sure(podcast, '{"version": "1.0.0", "segments": []}') == 0.9
    assert sure(podcast, '{"segments": [{"startTime": 1, "text": "hi"}]}') == 0.0
    assert sure(podcast, fixture("whisperx/ordinary.json")) == 0.0
