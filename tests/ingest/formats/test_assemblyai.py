import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import assemblyai

from ..helpers import call_of, fixture, parsed, read_text, said, sure, timed

ORDINARY = fixture("assemblyai/ordinary.json")


def test_milliseconds_and_letters():
    transcript = parsed("assemblyai", "assemblyai/ordinary.json")
    assert timed(transcript) == [
        ("Speaker A", 0.25, 2.1, "Did the pilot go well?"),
        ("Speaker B", 2.6, 3.3, "It did."),
        ("Speaker A", 3.9, 6.05, "Then let us talk seats."),
    ]
    assert transcript.duration_s == 14.0
    assert not transcript.can_overlap
    assert len(call_of(ORDINARY, sellers=("Speaker A",)).turns) == 3


def test_channels_null_starts_and_masked_words():
    transcript = parsed("assemblyai", "assemblyai/odd.json")
    assert timed(transcript) == [
        ("Channel 1", 0.36, 2.4, "Two more seats, or ten?"),
        ("Channel 2", 2.0, 2.5, "Ten."),
        ("Channel 1", 3.0, 3.5, "####"),
        ("Channel 2", 4.0, 5.1, "[PERSON_NAME] agrees."),
    ]
    assert transcript.notes == ()
    assert transcript.can_overlap


def test_without_utterances_words_tell_or_nobody_does():
    file = json.loads(ORDINARY) | {"utterances": None}
    file["words"] += [{"text": "Yes.", "start": 500, "end": 800, "speaker": "B"}]
    assert said(read_text(assemblyai, json.dumps(file))) == [("Speaker A", "Did"), ("Speaker B", "Yes.")]
    with pytest.raises(InputError, match="no speaker is named"):
        call_of(json.dumps(file | {"words": None}))


def test_a_transcript_that_is_not_completed_is_refused():
    with pytest.raises(InputError, match=r"status is 'error' \(no audio stream\)"):
        read_text(assemblyai, '{"status": "error", "error": "no audio stream", "audio_url": "x"}')


def test_sniff():
    assert sure(assemblyai, ORDINARY) == 1.0
    assert sure(assemblyai, fixture("assemblyai/odd.json")) == 1.0
    assert sure(assemblyai, '{"audio_url": "x", "status": "queued"}') == 0.9
    assert sure(assemblyai, '{"audio_url": "x", "status": "active"}') == 0.0
    assert sure(assemblyai, '{"utterances": [], "words": []}') == 0.0
