import json

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest import ReadOptions, read_call
from callreview.ingest.formats import gong
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, call_of, read_text, said, sides_of, sure

ORDINARY = (FIXTURES / "gong" / "ordinary.json").read_text()
ODD = (FIXTURES / "gong" / "odd.json").read_text()
WHOLE = json.loads(ORDINARY)
ONE = WHOLE["callTranscripts"][0]


def test_speakers_sides_and_milliseconds():
    transcript = read_text(gong, ORDINARY)
    assert said(transcript)[:2] == [
        ("Ilse Brandt", "Hello Marta, good to see you. How did the first month with the scanners go?"),
        ("Marta Keane", "Mostly well, only the night shift still counts by hand."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances[:2]] == [(2.23, 7.34), (7.02, 12.48)]
    assert transcript.told == {
        "Ilse Brandt": Told(side=Side.SELLER, email="ilse@stackline.example"),
        "Marta Keane": Told(side=Side.BUYER, email="marta.keane@harbour.example"),
    }
    assert (transcript.title, str(transcript.date)) == ("Harbour Freight <> Stackline: first month", "2026-09-14")
    assert (transcript.account, transcript.duration_s) == ("Harbour Freight", 1860.0)
    assert transcript.can_overlap
    assert transcript.notes == ()


def test_a_change_of_topic_makes_no_turn(tmp_path):
    file = tmp_path / "call.json"
    file.write_text(ORDINARY)
    call = read_call(file, options=ReadOptions())
    assert len(call.turns) == 4
    assert call.turns[2].text == "By hand? How long does that take them?"
    assert sides_of(call) == {"Ilse Brandt": ("seller", "export"), "Marta Keane": ("buyer", "export")}


def test_what_is_odd_is_repaired_or_told():
    transcript = read_text(gong, ODD)
    assert said(transcript) == [
        ("Sam Field", "Two Sams in one call."),
        ("Sam Field #2", "It happens, [NAME]. Go on."),
        ("+1 555 010 2233", "And I am on the phone."),
        (None, "Who was that?"),
        ("Speaker 1", "Me, I joined late."),
        ("Sam Field", "[PII]"),
    ]
    assert [u.start for u in transcript.utterances] == [1.5, 5.0, 9.0, 12.0, 15.0, 80.0]
    assert transcript.told["Sam Field"].side is Side.SELLER
    assert transcript.told["Sam Field #2"].side is Side.BUYER
    assert str(transcript.date) == "2026-10-02"
    assert transcript.account is None
    assert transcript.notes == ("1 piece without words: skipped", "1 impossible time: left out")


@pytest.mark.parametrize("duration", [-95, 0, 1e300, None])
def test_a_duration_that_cannot_be_is_not_believed(duration):
    file = json.loads(ODD)
    next(iter(file.get("calls") or [file.get("payload") or file]))["metaData"]["duration"] = duration
    call = call_of(json.dumps(file))
    assert (call.turns[0].start, call.duration_s) == (1.5, 81.0)


def test_words_of_nobody_are_not_credited_to_who_spoke_before():
    call = call_of(ODD)
    assert [t.speaker for t in call.turns if t.text == "Who was that?"] == ["Unknown speaker"]
    assert sides_of(call)["Unknown speaker"] == ("unknown", "none")


@pytest.mark.parametrize("payload", [True, False])
def test_the_extensive_data_may_lie_beside(tmp_path, payload):
    told = WHOLE["calls"][0]
    (tmp_path / "a-extensive.json").write_text(json.dumps({"payload": told} if payload else {"calls": [told]}))
    (tmp_path / "a-transcript.json").write_text(json.dumps({"payload": ONE} if payload else {"callTranscripts": [ONE]}))
    (tmp_path / "damaged.json").write_text('{"metaData": ')
    call = read_call(tmp_path / "a-transcript.json", options=ReadOptions())
    assert sides_of(call) == {"Ilse Brandt": ("seller", "export"), "Marta Keane": ("buyer", "export")}
    assert call.account == "Harbour Freight"


def test_what_is_beside_is_read_again_when_it_changes(tmp_path):
    transcript = tmp_path / "transcript.json"
    transcript.write_text(json.dumps({"callTranscripts": [ONE]}))
    assert gong.read(Source(text=transcript.read_text(), path=transcript))[0].title is None
    (tmp_path / "told.json").write_text(json.dumps({"calls": WHOLE["calls"]}))
    assert gong.read(Source(text=transcript.read_text(), path=transcript))[0].title is not None


@pytest.mark.parametrize(
    "shape",
    [
        ONE,
        {"payload": ONE},
        {"transcripts": ONE["transcript"]},
        {"transcripts": [ONE]},
        {"calls": [{"metaData": {"id": "1", "duration": 30}, "transcript": ONE["transcript"]}]},
        {"callTranscripts": [{"callId": "1", "transcript": {"transcript": ONE["transcript"]}}]},
    ],
)
def test_other_shapes(shape):
    text = json.dumps(shape)
    assert sure(gong, text) >= 0.9
    transcript = read_text(gong, text)
    assert [u.speaker for u in transcript.utterances[:2]] == ["Speaker 1", "Speaker 2"]
    assert transcript.utterances[1].start == 7.02


def test_without_extensive_data_it_says_so():
    assert "is not in the file or beside it" in read_text(gong, json.dumps(ONE)).notes[0]


def test_seconds_are_told_from_milliseconds():
    def first(start, end, **meta):
        sentence = {"start": start, "end": end, "text": "so that is what it comes to"}
        shape = {
            "metaData": {"id": "1", **meta},
            "parties": [],
            "transcript": [{"speakerId": "1", "sentences": [sentence]}],
        }
        return read_text(gong, json.dumps(shape)).utterances[0].start

    assert first(1000, 2800, duration=60) == 1.0
    assert first(1, 2.8, duration=60) == 1.0
    assert first(1000, 2800) == 1.0
    assert first(1, 2.8) == 1.0


def test_monologues_without_a_call_find_the_one_call_beside_them_in_which_all_take_part(tmp_path):
    monologues = {"transcripts": ONE["transcript"]}
    (tmp_path / "calls.json").write_text(json.dumps({"calls": WHOLE["calls"]}))
    (transcript,) = gong.read(Source(text=json.dumps(monologues), path=tmp_path / "talk.json"))
    assert transcript.title
    assert {told.side for told in transcript.told.values()} >= {Side.SELLER, Side.BUYER}


def test_several_calls_and_one_of_them_silent():
    silent = {"callId": "9", "transcript": []}
    first, nobody, second = gong.read(Source(text=json.dumps({"callTranscripts": [ONE, silent, ONE]})))
    assert not nobody.utterances
    assert second.utterances == first.utterances


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ({"callTranscripts": [{"callId": "1", "transcript": []}]}, "nobody says anything in it"),
        ({"callTranscripts": [{"callId": "1", "transcript": None}]}, "nobody says anything in it"),
        ({"callTranscripts": []}, "Gong gave no transcript"),
        ({"requestId": "x", "errors": ["No calls found corresponding to the provided filters"]}, "no such call"),
        ({"calls": WHOLE["calls"]}, "without their transcripts"),
    ],
)
def test_without_speech(shape, message):
    assert sure(gong, json.dumps(shape)) == 1.0
    with pytest.raises(InputError, match=message):
        gong.read(Source(text=json.dumps(shape)))


def test_other_json_read_as_gong():
    with pytest.raises(InputError, match="this holds no Gong transcript"):
        gong.read(Source(text='{"a": 1}'))


def test_sniff_refuses_other_json():
    for shape in ({"transcript": [{"speaker": "A", "text": "hi"}]}, {"calls": [{"id": 1}]}, {"transcript": "hi"}, [1]):
        assert sure(gong, json.dumps(shape)) == 0.0


def test_who_takes_part_without_a_word_is_named_for_redaction():
    whole = json.loads(ORDINARY)
    whole["calls"][0]["parties"].append({"name": "Quentin Zafar", "emailAddress": "qz@kites.example"})
    call = call_of(json.dumps(whole))
    assert {"Quentin Zafar", "qz@kites.example"} <= set(call.named)
