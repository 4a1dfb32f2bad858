import json
from datetime import date

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import twilio
from callreview.ingest.source import Source

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure


def test_channels_have_names_and_sides():
    transcript = parsed("twilio", "twilio/ordinary.json")
    assert said(transcript) == [
        ("Dana Whitfield", "Northwind, Dana speaking."),
        ("Sam Ortiz", "Hello, it is about the seats."),
        ("Sam Ortiz", "We need ten more."),
        ("Dana Whitfield", "Ten more, of course."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances[:1]] == [(0.31, 1.92)]
    assert (transcript.date, transcript.duration_s, transcript.can_overlap) == (date(2026, 9, 14), 12.0, True)
    call = call_of(fixture("twilio/ordinary.json"))
    assert sides_of(call) == {"Dana Whitfield": ("seller", "export"), "Sam Ortiz": ("buyer", "export")}
    assert len(call.turns) == 3


def test_channels_without_names():
    transcript = parsed("twilio", "twilio/odd.json")
    assert said(transcript) == [
        ("Channel 1", "Good morning."),
        ("Channel 0", "Morning."),
        (None, "Is anybody else here?"),
        ("Channel 1", "[PII]"),
        ("Channel 1", "Just us."),
    ]
    assert transcript.told == {}
    assert transcript.notes == ("1 piece without words: skipped",)


def test_the_resource_may_lie_beside(tmp_path):
    whole = json.loads(fixture("twilio/ordinary.json"))
    sentences = {"sentences": whole.pop("sentences"), "meta": whole.pop("meta")}
    (tmp_path / "transcript.json").write_text(json.dumps(whole))
    path = tmp_path / "sentences.json"
    path.write_text(json.dumps(sentences))
    (transcript,) = twilio.read(Source(text=path.read_text(), path=path))
    assert transcript.told["Dana Whitfield"].side is Side.SELLER
    assert transcript.date == date(2026, 9, 14)


def test_not_ready():
    with pytest.raises(InputError, match=r"has no sentences \(its status is 'queued'\)"):
        read_text(twilio, '{"sid": "GT1", "status": "queued", "channel": {}}')


def test_sniff():
    assert sure(twilio, fixture("twilio/odd.json")) == 1.0
    assert sure(twilio, json.dumps(json.loads(fixture("twilio/odd.json"))["sentences"])) == 1.0
    assert sure(twilio, '{"sentences": [], "meta": {"key": "sentences"}}') == 0.9
    assert sure(twilio, '{"sentences": [{"speaker_name": "A", "text": "hi"}]}') == 0.0
    assert sure(twilio, '{"sid": 7}') == 0.0
