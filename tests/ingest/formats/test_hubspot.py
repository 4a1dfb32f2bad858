import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import hubspot

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure


def test_speakers_and_times():
    transcript = parsed("hubspot", "hubspot/ordinary.json")
    assert said(transcript) == [
        ("Dana Whitfield", "Thanks for taking the time, Sam."),
        ("Sam Ortiz", "Sure, though I only have half an hour."),
        ("Dana Whitfield", "Then let me start with the two sites"),
        ("Dana Whitfield", "that opened in spring."),
        ("Sam Ortiz", "They still share one licence."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances][:2] == [(0.4, 2.6), (2.9, 5.4)]
    assert transcript.can_overlap
    assert transcript.notes == ()


def test_addresses_tell_sides_by_domain():
    call = call_of(fixture("hubspot/ordinary.json"), sellers=("northwind.example",))
    assert sides_of(call) == {"Dana Whitfield": ("seller", "option"), "Sam Ortiz": ("buyer", "option")}
    assert [turn.text for turn in call.turns][2] == "Then let me start with the two sites that opened in spring."
    assert len(call.turns) == 4


def test_odd():
    transcript = parsed("hubspot", "hubspot/odd.json")
    assert said(transcript) == [
        ("Alex Webb", "Is this thing on?"),
        ("Alex Webb #2", "It is, I can hear myself."),
        (None, "Somebody has to go first."),
        ("Speaker 1", "I will."),
        ("Speaker 1", "Go ahead, then."),
    ]
    assert [u.start for u in transcript.utterances] == [1.98, 3.0, 4.0, 6.0, 8.0]
    assert transcript.notes == ("2 pieces without words: skipped", "1 impossible time: left out")
    assert all(told.side is Side.UNKNOWN for told in transcript.told.values())


def test_not_ready():
    with pytest.raises(InputError, match="HubSpot transcript is empty"):
        read_text(hubspot, '{"id": "1", "transcriptUtterances": null}')


def test_sniff():
    assert sure(hubspot, '{"transcriptUtterances": []}') == 1.0
    assert sure(hubspot, '{"results": [{"transcriptUtterances": []}]}') == 1.0
    assert sure(hubspot, '{"utterances": []}') == 0.0
    assert sure(hubspot, "[1]") == 0.0


def test_a_name_that_only_a_later_piece_tells():
    pieces = [
        {"speaker": {"id": "7"}, "text": "I start.", "startTimeMillis": 0, "endTimeMillis": 900},
        {"speaker": {"id": "7", "name": "Dana Whitfield"}, "text": "And go on.", "startTimeMillis": 1000},
    ]
    assert said(read_text(hubspot, json.dumps({"transcriptUtterances": pieces})))[0] == ("Dana Whitfield", "I start.")
