import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import fireflies
from callreview.ingest.source import Source
from callreview.ingest.transcript import Told

from ..helpers import FIXTURES, call_of, read_text, said, sides_of, sure

ORDINARY = (FIXTURES / "fireflies" / "ordinary.json").read_text()
ODD = (FIXTURES / "fireflies" / "odd.json").read_text()


def test_speakers_seconds_and_minutes():
    transcript = read_text(fireflies, ORDINARY)
    assert said(transcript)[1:3] == [("Noor Aziz", "How are the presses?"), ("Ben Alder", "Hot, they run all day.")]
    assert [(u.start, u.end) for u in transcript.utterances[:2]] == [(0.24, 1.1), (1.3, 2.9)]
    assert transcript.duration_s == 1830.0
    assert (transcript.title, str(transcript.date)) == ("Orchard Print: add the label line?", "2026-09-21")
    assert transcript.told == {
        "Noor Aziz": Told(email="noor@papertrail.example"),
        "Ben Alder": Told(email="ben@orchard.example"),
    }


def test_domains_tell_sides_and_sentences_join():
    call = call_of(ORDINARY, sellers=("papertrail.example",))
    assert len(call.turns) == 3
    assert call.turns[0].text == "Hi Ben. How are the presses?"
    assert sides_of(call) == {"Noor Aziz": ("seller", "option"), "Ben Alder": ("buyer", "option")}


def test_nulls_and_numbers_as_text():
    transcript, silent = fireflies.read(Source(text=ODD))
    assert not silent.utterances
    assert said(transcript) == [
        ("Kim Lau", "I have a name in the list."),
        ("Speaker 1", "I have none."),
        (None, "and who are you"),
    ]
    assert [u.start for u in transcript.utterances] == [0.5, 1.8, None]
    assert transcript.told == {}
    assert transcript.can_overlap
    assert (str(transcript.date), transcript.duration_s) == ("2026-09-21", 120.0)
    assert transcript.notes == ("1 piece without words: skipped",)


@pytest.mark.parametrize("sentences", [[], None])
@pytest.mark.parametrize(
    "wrap", [lambda m: {"data": {"transcript": m}}, lambda m: {"data": {"transcripts": [m]}}, lambda m: m]
)
def test_without_sentences(sentences, wrap):
    text = json.dumps(wrap({"id": "1", "sentences": sentences, "meeting_attendees": []}))
    assert sure(fireflies, text) == 1.0
    with pytest.raises(InputError, match="has no sentences"):
        fireflies.read(Source(text=text))


def test_an_answer_that_was_not_ready_is_known_by_its_shape():
    with pytest.raises(InputError, match="no sentences"):
        call_of('{"data": {"transcript": {"id": "1", "title": "Renewal", "sentences": []}}}')


def test_an_answer_without_transcript():
    text = json.dumps({"data": {"transcript": None}, "errors": [{"message": "Transcript not found"}]})
    assert sure(fireflies, text) == 0.9
    with pytest.raises(InputError, match="has no sentences"):
        fireflies.read(Source(text=text))


def test_a_bare_list_of_meetings():
    meeting = json.loads(ORDINARY)["data"]["transcript"]
    assert len(fireflies.read(Source(text=json.dumps([meeting, meeting])))) == 2


def test_sniff_refuses_other_json():
    for shape in (
        {"transcripts": [{"speakerId": "1", "sentences": [{"start": 1, "text": "hi"}]}]},
        {"sentences": [{"text": "a"}]},
        {"data": {}},
    ):
        assert sure(fireflies, json.dumps(shape)) == 0.0
