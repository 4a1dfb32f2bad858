import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import fathom, plain
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "fathom" / "ordinary.json").read_text()
ODD = (FIXTURES / "fathom" / "odd.json").read_text()


def test_speakers_sides_and_starts():
    transcript = read_text(fathom, ORDINARY)
    assert said(transcript)[:2] == [
        ("Edda F.", "Hello Tom, is it warm over there?"),
        ("Tom Brook", "In three halls of four."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(3.0, None), (9.0, None), (62.0, None)]
    assert transcript.told == {
        "Edda F.": Told(side=Side.SELLER, email="edda@warmly.example"),
        "Tom Brook": Told(side=Side.BUYER, email="tom@halls.example"),
    }
    assert (transcript.title, str(transcript.date)) == ("Quarterly look at the boilers", "2026-09-03")
    assert (transcript.account, transcript.duration_s) == ("Brook Halls", 1800.0)
    assert not transcript.can_overlap


def test_namesakes_and_gaps():
    transcript = read_text(fathom, ODD)
    assert [(u.speaker, u.start) for u in transcript.utterances] == [
        ("Lee", 1.0),
        ("Lee #2", 3604.0),
        (None, None),
        ("Guest", None),
    ]
    assert transcript.told == {
        "Lee": Told(side=Side.SELLER, email="lee@warmly.example"),
        "Lee #2": Told(side=Side.BUYER, email="lee@halls.example"),
    }
    assert (transcript.account, transcript.duration_s) == (None, None)


@pytest.mark.parametrize("transcript", [None, []])
def test_without_transcript(transcript):
    shape = {"transcript": transcript, "calendar_invitees": [], "recording_start_time": "2026-09-03T10:00:10Z"}
    assert sure(fathom, json.dumps(shape)) == 1.0
    with pytest.raises(InputError, match="has no transcript"):
        fathom.read(Source(text=json.dumps(shape)))


def test_the_text_form_is_plain():
    text = "[00:05:32] Edda Falk: Hello Tom.\n[00:05:40] Tom Brook: Hello.\n"
    assert [(u.speaker, u.start) for u in read_text(plain, text).utterances] == [
        ("Edda Falk", 332.0),
        ("Tom Brook", 340.0),
    ]
    assert sure(fathom, text) == 0.0


def test_sniff_refuses_other_json():
    for shape in ({"transcript": [{"speaker": "Lee", "text": "hi"}]}, {"items": [{"a": 1}]}, {"calendar_invitees": []}):
        assert sure(fathom, json.dumps(shape)) == 0.0
