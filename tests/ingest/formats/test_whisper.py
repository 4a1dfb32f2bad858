import pytest

from callreview.errors import InputError
from callreview.ingest.formats import whisper

from ..helpers import call_of, fixture, parsed, read_text, said, sure, timed


def test_diarized_json():
    transcript = parsed("whisper", "whisper/ordinary.json")
    assert timed(transcript) == [
        ("Speaker A", 0.4, 2.9, "Is the old scanner still in use?"),
        ("Speaker B", 3.3, 4.2, "Every day."),
        ("agent", 4.1, 6.0, "Then see the new one."),
    ]
    assert transcript.duration_s == 11.5
    assert transcript.can_overlap
    assert len(call_of(fixture("whisper/ordinary.json"), sellers=("Speaker A",)).turns) == 3


def test_chunks_with_speakers_that_a_program_added():
    transcript = parsed("whisper", "whisper/odd.json")
    assert timed(transcript) == [
        ("SPEAKER_00", 0.0, 3.16, "Which plan are you on?"),
        ("SPEAKER_01", 3.5, None, "The small one."),
        (None, None, None, "And growing."),
    ]
    assert transcript.notes == ("1 piece without words: skipped",)


@pytest.mark.parametrize("name", ["whisper/chunks.json", "whisper/verbose.json"])
def test_whisper_alone_names_nobody(name):
    transcript = parsed("whisper", name)
    assert [u.speaker for u in transcript.utterances] == [None, None]
    assert said(transcript)[1] == (None, "The small one.")
    with pytest.raises(InputError, match="no speaker is named"):
        call_of(fixture(name))


def test_the_whole_text_where_there_are_no_pieces():
    assert said(read_text(whisper, '{"text": " Hello.", "chunks": []}')) == [(None, "Hello.")]


def test_sniff():
    assert sure(whisper, fixture("whisper/ordinary.json")) == sure(whisper, fixture("whisper/verbose.json")) == 1.0
    assert sure(whisper, fixture("whisper/chunks.json")) == sure(whisper, fixture("whisper/odd.json")) == 0.9
    assert sure(whisper, '[{"timestamp": "00:01", "text": "hi"}]') == 0.0
    assert sure(whisper, fixture("whisperx/ordinary.json")) == sure(whisper, fixture("podcast/ordinary.json")) == 0.0
