import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import chorus
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "chorus" / "ordinary.json").read_text()
ODD = (FIXTURES / "chorus" / "odd.json").read_text()


def test_speakers_sides_and_starts():
    transcript = read_text(chorus, ORDINARY)
    assert said(transcript) == [
        ("Jonas Reiter", "Morning, how is the new building?"),
        ("Dr. Amal Haddad", "Noisy, but we open on the first."),
        ("Jonas Reiter", "Then let us talk about the second front desk."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(3.2, None), (6.9, None), (12.5, None)]
    assert transcript.told == {"Jonas Reiter": Told(side=Side.SELLER), "Dr. Amal Haddad": Told(side=Side.BUYER)}
    assert (transcript.title, str(transcript.date)) == ("Linden Clinics: second location", "2026-09-08")
    assert (transcript.account, transcript.duration_s) == ("Linden Clinics", 1520.4)
    assert not transcript.can_overlap


def test_milliseconds_namesakes_and_gaps():
    transcript, silent = chorus.read(Source(text=ODD))
    assert not silent.utterances
    assert [(u.speaker, u.start, u.end) for u in transcript.utterances] == [
        ("Alex Moor", 1.0, None),
        ("Alex Moor #2", 4.0, None),
        (None, None, None),
        ("Alex Moor #2", 195.0, 196.5),
    ]
    assert transcript.told["Alex Moor"].side is Side.SELLER
    assert transcript.told["Alex Moor #2"].side is Side.BUYER
    assert (transcript.title, str(transcript.date)) == (None, "2026-09-10")
    assert transcript.notes == ("1 piece without words: skipped",)


def test_speech_under_another_name_tells_the_unit_too():
    said = [{"speaker_name": "Alex", "start": at, "text": "we open on the first of May"} for at in (2, 90)]
    transcript = read_text(chorus, json.dumps({"recording": {"utterances": said}}))
    assert [u.start for u in transcript.utterances] == [2.0, 90.0]


def test_without_utterances():
    text = json.dumps({"data": {"attributes": {"recording": {"utterances": None}}}})
    assert sure(chorus, text) == 1.0
    with pytest.raises(InputError, match="has no utterances"):
        chorus.read(Source(text=text))


def test_sniff_refuses_other_json():
    for shape in ({"data": {"transcript": None}}, {"data": {"attributes": {"recording": None}}}, {"utterances": []}):
        assert sure(chorus, json.dumps(shape)) == 0.0
