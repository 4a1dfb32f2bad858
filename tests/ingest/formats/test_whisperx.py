import pytest

from callreview.errors import InputError
from callreview.ingest.formats import whisperx

from ..helpers import call_of, fixture, parsed, sure, timed


def test_segments_of_one_speaker_are_one_turn():
    transcript = parsed("whisperx", "whisperx/ordinary.json")
    assert timed(transcript)[:2] == [
        ("SPEAKER_01", 0.52, 2.9, "What happens when a truck is late?"),
        ("SPEAKER_00", 3.4, 5.0, "We pay a fine."),
    ]
    call = call_of(fixture("whisperx/ordinary.json"), sellers=("SPEAKER_01",))
    assert [turn.text for turn in call.turns][1:] == ["We pay a fine. Every time."]


def test_numbers_without_times_and_segments_of_two():
    transcript = parsed("whisperx", "whisperx/odd.json")
    assert timed(transcript) == [
        ("SPEAKER_00", 0.6, 1.5, "40 trucks a day."),
        ("SPEAKER_01", 3.0, 3.4, "Forty?"),
        ("SPEAKER_00", 3.2, 5.0, "Forty."),
        (None, 5.5, 6.0, "Wow."),
    ]
    assert transcript.notes == ("1 piece without words: skipped",)
    assert transcript.can_overlap


def test_without_diarization_nobody_is_named():
    with pytest.raises(InputError, match="no speaker is named"):
        call_of('{"segments": [{"start": 0.5, "end": 1, "text": "Hi."}], "language": "en"}')


def test_sniff():
    assert sure(whisperx, fixture("whisperx/ordinary.json")) == 1.0
    assert sure(whisperx, fixture("whisperx/odd.json")) == 0.7
    assert sure(whisperx, '{"segments": [{"start": 1, "text": "Hi."}]}') == 0.0
    assert sure(whisperx, fixture("podcast/ordinary.json")) == sure(whisperx, '[{"word_segments": 1}]') == 0.0
