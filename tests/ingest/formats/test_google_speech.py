import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import google_speech

from ..helpers import call_of, fixture, parsed, read_text, said, sure, timed

ORDINARY = fixture("google_speech/ordinary.json")


def test_the_last_result_with_speakers_repeats_the_rest():
    transcript = parsed("google_speech", "google_speech/ordinary.json")
    assert timed(transcript) == [("Speaker 1", 0.2, 1.9, "Does it?"), ("Speaker 2", 3.0, 4.1, "In June.")]
    assert not transcript.can_overlap
    assert len(call_of(ORDINARY, sellers=("Speaker 1",)).turns) == 2


def test_operations_and_times_as_objects():
    transcript = parsed("google_speech", "google_speech/odd.json")
    assert timed(transcript) == [("Speaker 2", 0.4, 1.5, "twelve vans"), ("Speaker 1", 12.9, 13.0, "wow")]


def test_version_2_tells_speakers_result_by_result():
    transcript = parsed("google_speech", "google_speech/v2.json")
    assert timed(transcript) == [("Speaker 1", 0.4, 1.5, "Twelve vans?"), ("Speaker 2", 2.25, 2.7, "Twelve.")]


def test_channels_as_client_libraries_spell_them():
    transcript = parsed("google_speech", "google_speech/channels.json")
    assert timed(transcript) == [("Channel 1", 1.0, 2.1, "any news"), ("Channel 2", 1.9, 2.3, "yes")]
    assert transcript.can_overlap


def test_without_times_the_longest_result_with_speakers_is_the_repetition():
    file = json.loads(ORDINARY)
    for result in file["results"]:
        for word in result["alternatives"][0]["words"]:
            del word["startTime"], word["endTime"]
    assert said(read_text(google_speech, json.dumps(file))) == [("Speaker 1", "Does it?"), ("Speaker 2", "In June.")]


def test_results_without_words():
    text = '{"results": [{"alternatives": [{"transcript": "any news"}], "resultEndTime": "2.5s"}]}'
    assert timed(read_text(google_speech, text)) == [(None, None, 2.5, "any news")]
    both = '{"results": [{"channelTag": 1, "alternatives": [{"transcript": "a"}]}, {"channelTag": 2, "alternatives": [{"transcript": "b"}]}]}'
    assert said(read_text(google_speech, both)) == [("Channel 1", "a"), ("Channel 2", "b")]


@pytest.mark.parametrize(
    ("fields", "message"),
    [({}, "the recognition is not done"), ({"error": {"message": "bad audio"}}, "the recognition failed: bad audio")],
)
def test_an_operation_without_response_is_refused(fields, message):
    metadata = {"@type": "type.googleapis.com/google.cloud.speech.v1.LongRunningRecognizeMetadata"}
    text = json.dumps({"name": "811", "metadata": metadata} | fields)
    assert sure(google_speech, text) == 0.9
    with pytest.raises(InputError, match=message):
        read_text(google_speech, text)


def test_sniff():
    assert sure(google_speech, ORDINARY) == sure(google_speech, fixture("google_speech/v2.json")) == 1.0
    assert sure(google_speech, '{"results": [{"alternatives": [{"transcript": "any news"}]}]}') == 0.6
    assert sure(google_speech, '{"results": [{"alternatives": [{"transcript": "hi"}]}], "result_index": 0}') == 0.0
    assert sure(google_speech, fixture("deepgram/ordinary.json")) == 0.0
    assert sure(google_speech, fixture("aws_transcribe/ordinary.json")) == 0.0
    assert sure(google_speech, fixture("speechmatics/ordinary.json")) == 0.0
