import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import clari
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "clari" / "ordinary.json").read_text()
ODD = (FIXTURES / "clari" / "odd.json").read_text()


def test_people_by_number():
    transcript = read_text(clari, ORDINARY)
    assert said(transcript)[:2] == [
        ("gita@cratebox.example", "Wes, how many crates a day?"),
        ("Wes Miller", "Sixty, on a good day."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances[:2]] == [(1.1, 3.0), (2.9, 5.0)]
    assert transcript.told == {
        "gita@cratebox.example": Told(side=Side.SELLER, email="gita@cratebox.example"),
        "Wes Miller": Told(side=Side.BUYER, email="wes@mill.example"),
    }
    assert (transcript.title, str(transcript.date)) == ("Mill Lane Bakery: delivery", "2026-09-11")
    assert transcript.account == "Mill Lane Bakery"
    assert transcript.can_overlap


def test_telephones_and_gaps():
    transcript = read_text(clari, ODD)
    assert [(u.speaker, u.start) for u in transcript.utterances] == [("+1 555 010 7788", 1.0), ("Speaker 1", None)]
    assert transcript.told["+1 555 010 7788"].side is Side.BUYER
    assert (transcript.title, transcript.date) == (None, None)


@pytest.mark.parametrize("transcript", [None, [], ["a bare line"]])
def test_without_transcript(transcript):
    text = json.dumps({"call": {"users": [], "externalParticipants": [], "transcript": transcript}})
    assert sure(clari, text) == 1.0
    with pytest.raises(InputError, match="has no transcript"):
        clari.read(Source(text=text))


def test_sniff():
    assert sure(clari, json.dumps({"transcript": [{"personId": 1, "text": "hi"}]})) == 0.9
    for shape in ({"call": {"id": 1}}, {"transcript": [{"speakerId": 1, "text": "hi"}]}, []):
        assert sure(clari, json.dumps(shape)) == 0.0
