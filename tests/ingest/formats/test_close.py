from datetime import date

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import close
from callreview.ingest.source import Source

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure


def test_sides_times_and_the_rest():
    transcript = parsed("close", "close/ordinary.json")
    assert said(transcript)[:2] == [
        ("Sam Ortiz", "Trestle Homes, Sam speaking."),
        ("Dana Whitfield", "Hello Sam, it is Dana about the renewal."),
    ]
    assert (transcript.utterances[3].start, transcript.utterances[3].end) == (5.2, 7.75)
    assert {label: told.side for label, told in transcript.told.items()} == {
        "Sam Ortiz": Side.BUYER,
        "Dana Whitfield": Side.SELLER,
    }
    assert (transcript.date, transcript.account, transcript.duration_s) == (date(2026, 9, 14), "Trestle Homes", 62.0)
    assert transcript.can_overlap
    call = call_of(fixture("close/ordinary.json"))
    assert sides_of(call) == {"Sam Ortiz": ("buyer", "export"), "Dana Whitfield": ("seller", "export")}
    assert len(call.turns) == 4


def test_several_calls_and_a_name_on_both_sides():
    voicemail, call = close.read(Source(text=fixture("close/odd.json")))
    assert voicemail.utterances == ()
    assert said(call) == [
        ("Sam", "Hello?"),
        ("Sam #2", "Hello, another Sam here."),
        ("contact", "And me, on the other phone."),
        ("Sam #2", "[inaudible]"),
        (None, "Who was that?"),
        ("Sam", "My colleague."),
    ]
    assert call.told["Sam #2"].side is Side.SELLER
    assert call.told["contact"].side is Side.BUYER
    assert call.notes == ("1 impossible time: left out",)
    assert [(u.start, u.end) for u in call.utterances][4:] == [(6.0, None), (None, 7.5)]
    assert call_of(fixture("close/odd.json")).notes[0].startswith("1 call of the file without words: left out")


def test_a_voicemail_is_no_call():
    with pytest.raises(InputError, match="no transcript of its recording"):
        read_text(close, '{"recording_transcript": null, "voicemail_transcript": {"utterances": []}}')


def test_sniff():
    assert sure(close, '{"recording_transcript": null}') == 1.0
    assert sure(close, '{"utterances": [{"speaker_side": "contact", "text": "hi"}]}') == 0.9
    assert sure(close, '{"utterances": [{"speaker": "A", "text": "hi"}]}') == 0.0
    assert sure(close, "null") == 0.0
