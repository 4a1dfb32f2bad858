import json

from callreview.ingest.formats import revai

from ..helpers import call_of, fixture, parsed, read_text, said, sure, timed

ORDINARY = fixture("revai/ordinary.json")


def test_spaces_stand_in_the_file():
    transcript = parsed("revai", "revai/ordinary.json")
    assert timed(transcript) == [
        ("Speaker 0", 0.3, 1.4, "So, your co-driver?"),
        ("Speaker 1", 2.0, 2.9, "He [inaudible] it."),
    ]
    assert not transcript.can_overlap
    assert len(call_of(ORDINARY, sellers=("Speaker 0",)).turns) == 2


def test_jobs_without_punctuation_hold_no_spaces():
    file = json.loads(ORDINARY)
    for monologue in file["monologues"]:
        monologue["elements"] = [one for one in monologue["elements"] if one["type"] == "text"]
    assert said(read_text(revai, json.dumps(file))) == [("Speaker 0", "So your co driver"), ("Speaker 1", "He it")]


def test_names_of_speakers():
    file = json.loads(ORDINARY)
    file["monologues"][1]["speaker_info"] = {"id": "1", "display_name": "Ruth Amari"}
    assert [u.speaker for u in read_text(revai, json.dumps(file)).utterances] == ["Speaker 0", "Ruth Amari"]


def test_human_transcripts_have_clock_times_and_names():
    transcript = parsed("revai", "revai/odd.json")
    assert timed(transcript) == [
        ("Ruth Amari", 1.0, 2.5, "How many vans?"),
        ("Sam", 3.25, 65.0, "Nine vans, all old."),
        ("Sam #2", 64.5, None, "Ten."),
        (None, None, None, "Hello?"),
    ]
    assert transcript.notes == ("1 piece without words: skipped",)
    assert transcript.can_overlap


def test_gecko():
    assert timed(parsed("revai", "revai/gecko.json")) == [
        ("ruth", 1.0, 2.5, "Nine, right?"),
        ("Omar", 3.0, 4.5, "Ten"),
    ]


def test_sniff():
    assert sure(revai, ORDINARY) == sure(revai, fixture("revai/gecko.json")) == 1.0
    assert sure(revai, '{"monologues": []}') == 0.9
    assert sure(revai, '{"monologues": [{"text": "hi"}]}') == sure(revai, '{"monologues": null}') == 0.0
