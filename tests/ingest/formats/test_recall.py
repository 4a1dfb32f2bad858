import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import recall
from callreview.ingest.source import Source

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "recall" / "ordinary.json").read_text()
ODD = (FIXTURES / "recall" / "odd.json").read_text()


def test_words_become_pieces():
    transcript = read_text(recall, ORDINARY)
    assert said(transcript) == [("Hanne Voss", "Can you hear me?"), ("Otis Webb", "Clearly."), ("Hanne Voss", "Good.")]
    assert [(u.start, u.end) for u in transcript.utterances] == [(2.5, 3.6), (3.4, 4.1), (5.0, 5.4)]
    assert str(transcript.date) == "2026-09-22"
    assert transcript.can_overlap
    assert transcript.told == {}


def test_who_comes_back_is_the_same_and_a_namesake_is_not():
    transcript = read_text(recall, ODD)
    assert said(transcript) == [
        ("Otis Webb", "I drop out now."),
        ("Hanne Voss", "Oh, dear."),
        ("Otis Webb", "Back again."),
        ("Hanne Voss #2", "I am another Hanne."),
        ("Hanne Voss", "Indeed."),
        ("Speaker 1", "Who?"),
        (None, "Where?"),
    ]
    assert transcript.notes == ("1 piece without words: skipped",)


def test_the_former_shape():
    words = [{"text": "Hello", "start_timestamp": 0.5, "end_timestamp": 0.9, "confidence": 1}]
    text = json.dumps([{"speaker": "Otis Webb", "speaker_id": 7, "language": "en", "words": words}])
    assert sure(recall, text) == 0.9
    (utterance,) = read_text(recall, text).utterances
    assert (utterance.speaker, utterance.start, utterance.end) == ("Otis Webb", 0.5, 0.9)


def test_without_words():
    text = json.dumps([{"participant": {"id": 1, "name": "Otis"}, "words": []}])
    assert sure(recall, text) == 1.0
    with pytest.raises(InputError, match="has no words"):
        recall.read(Source(text=text))


def test_sniff_refuses_other_json():
    for shape in (
        [],
        [{"participant_id": 1, "speaker": "A", "text": "a"}],
        [{"speaker": "A", "words": [{"word": "a"}]}],
    ):
        assert sure(recall, json.dumps(shape)) == 0.0
