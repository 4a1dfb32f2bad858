import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import avoma
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, call_of, read_text, said, sure

ORDINARY = (FIXTURES / "avoma" / "ordinary.json").read_text()
ODD = (FIXTURES / "avoma" / "odd.json").read_text()


def test_sides_and_times_of_words():
    transcript = read_text(avoma, ORDINARY)
    assert said(transcript)[:2] == [
        ("Paul Stein", "Hi Lena, did the drivers get their tablets?"),
        ("Lena Ortho", "All but four of them."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances[:2]] == [(0.5, 2.3), (3.0, 3.8)]
    assert transcript.told == {
        "Paul Stein": Told(side=Side.SELLER, email="paul@routely.example"),
        "Lena Ortho": Told(side=Side.BUYER, email="lena@vans.example"),
    }
    assert len(call_of(ORDINARY).turns) == 3


def test_missing_times_names_and_sides():
    transcript = read_text(avoma, ODD)
    assert [(u.speaker, u.start, u.end) for u in transcript.utterances] == [
        ("Paul Stein", None, None),
        ("Speaker 1", None, None),
        (None, 9.5, 10.0),
    ]
    assert transcript.told == {}
    assert transcript.notes == ("1 piece without words: skipped",)


def test_the_meeting_may_be_told_too():
    shape = {**json.loads(ORDINARY), "meeting": {"subject": "Tablets", "start_at": "2026-09-01T08:00:00Z"}}
    transcript = read_text(avoma, json.dumps(shape))
    assert (transcript.title, str(transcript.date)) == ("Tablets", "2026-09-01")


def test_empty():
    text = json.dumps({"uuid": "1", "meeting_uuid": "2", "transcript": [], "speakers": []})
    assert sure(avoma, text) == 1.0
    with pytest.raises(InputError, match="is empty"):
        avoma.read(Source(text=text))


def test_sniff_refuses_other_json():
    for shape in ({"transcript": [{"text": "hi"}]}, {"transcript": "hi"}, {"results": {"transcripts": []}}, []):
        assert sure(avoma, json.dumps(shape)) == 0.0
