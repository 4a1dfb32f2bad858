import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError, NoCall
from callreview.ingest.formats import grain
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "grain" / "ordinary.json").read_text()
ODD = (FIXTURES / "grain" / "odd.json").read_text()


def test_a_recording_tells_sides_and_milliseconds():
    transcript = read_text(grain, ORDINARY)
    assert said(transcript)[:2] == [("Iris Dahl", "Rui, how was the season?"), ("Rui Costa", "Windy and full.")]
    assert [(u.start, u.end) for u in transcript.utterances] == [(1.2, 3.4), (3.3, 6.1), (6.5, 8.0)]
    assert transcript.told == {
        "Iris Dahl": Told(side=Side.SELLER, email="iris@bookit.example"),
        "Rui Costa": Told(side=Side.BUYER, email="rui@kites.example"),
    }
    assert (transcript.title, str(transcript.date)) == ("Kite School: winter plan", "2026-09-17")
    assert transcript.duration_s == 1800.0
    assert transcript.can_overlap


def test_a_participant_without_a_name_on_the_list_has_the_one_beside_the_words():
    recording = json.loads(ORDINARY)
    for one in recording.get("recording", recording)["participants"]:
        one["name"] = None
    assert said(read_text(grain, json.dumps(recording)))[0] == ("Iris Dahl", "Rui, how was the season?")


def test_a_bare_list():
    transcript = read_text(grain, ODD)
    assert [(u.speaker, u.start, u.end) for u in transcript.utterances] == [
        ("Iris Dahl", 1.2, 3.4),
        (None, 3.5, None),
        ("Rui Costa", None, 6.1),
        ("Rui Costa", 7.0, None),
    ]
    assert transcript.told == {}
    assert transcript.notes == ("2 impossible times: left out",)


def test_names_join_where_ids_are_null():
    shape = json.loads(ORDINARY)
    for piece in shape["transcript"]:
        piece["participant_id"] = None
    assert read_text(grain, json.dumps(shape)).told["Rui Costa"].side is Side.BUYER


def test_without_transcript():
    text = json.dumps({k: v for k, v in json.loads(ORDINARY).items() if k != "transcript"})
    assert sure(grain, text) == 0.9
    with pytest.raises(NoCall, match="without its transcript"):
        grain.read(Source(text=text))
    empty = json.dumps({**json.loads(text), "transcript": []})
    with pytest.raises(InputError, match="has no transcript"):
        grain.read(Source(text=empty))


def test_a_bare_list_finds_its_recording_beside_it(tmp_path):
    recording = json.loads(ORDINARY)
    pieces = recording.pop("transcript")
    (tmp_path / "about.json").write_text(json.dumps(recording))
    bare = Source(text=json.dumps(pieces), path=tmp_path / "call.json")
    (transcript,) = grain.read(bare)
    assert (transcript.title, transcript.told["Rui Costa"].side) == ("Kite School: winter plan", Side.BUYER)
    (tmp_path / "other.json").write_text(json.dumps({**recording, "id": "r2"}))
    assert grain.read(bare)[0].told == {}, "two recordings with the same people tell nothing"


def test_sniff_refuses_other_json():
    for shape in ([{"speaker": "A", "start": 1, "text": "a"}], {"participants": []}, [], {"transcript": []}):
        assert sure(grain, json.dumps(shape)) == 0.0
