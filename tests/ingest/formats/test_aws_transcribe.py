import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import aws_transcribe

from ..helpers import call_of, fixture, parsed, read_text, sure, timed

ORDINARY = fixture("aws_transcribe/ordinary.json")


def test_words_to_runs_with_times_written_as_text():
    transcript = parsed("aws_transcribe", "aws_transcribe/ordinary.json")
    assert timed(transcript) == [
        ("spk_0", 0.51, 2.9, "Morning, Priya. How are the scanners?"),
        ("spk_1", 3.4, 4.25, "Fine, thanks."),
    ]
    assert transcript.title == "harbour-renewal"
    assert not transcript.can_overlap
    call = call_of(ORDINARY, sellers=("spk_0",))
    assert [turn.speaker for turn in call.turns] == ["spk_0", "spk_1"]


def test_older_files_tell_speakers_apart_from_the_words():
    transcript = parsed("aws_transcribe", "aws_transcribe/odd.json")
    assert timed(transcript) == [
        ("spk_0", 0.0, 1.9, "We could add [PII]."),
        ("spk_1", 2.1, 2.6, "Sorry?"),
        ("spk_0", 3.0, 3.4, "Again."),
    ]
    assert transcript.title is None


def test_channels_can_overlap():
    transcript = parsed("aws_transcribe", "aws_transcribe/channels.json")
    assert timed(transcript) == [
        ("ch_0", 1.0, 3.0, "So the reports."),
        ("ch_1", 2.0, 2.4, "Right."),
        ("ch_0", 9.0, 9.5, "Agreed?"),
    ]
    assert transcript.can_overlap


def test_a_job_that_is_not_done_is_refused():
    with pytest.raises(InputError, match="not completed: its status is 'IN_PROGRESS'"):
        read_text(aws_transcribe, ORDINARY.replace("COMPLETED", "IN_PROGRESS"))
    silent = json.dumps({"jobName": "x", "results": {"transcripts": [{"transcript": ""}], "items": []}})
    with pytest.raises(InputError, match="nobody says anything"):
        call_of(silent)


def test_sniff():
    assert sure(aws_transcribe, ORDINARY) == 1.0
    assert sure(aws_transcribe, fixture("aws_transcribe/odd.json")) == 0.9
    assert sure(aws_transcribe, '{"results": {"transcripts": {}, "items": null}}') == 0.0
    assert sure(aws_transcribe, fixture("aws_call_analytics/ordinary.json")) == 0.0
