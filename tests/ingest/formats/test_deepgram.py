import json

from callreview.ingest.formats import deepgram

from ..helpers import call_of, fixture, parsed, read_text, said, sure, timed

ORDINARY = fixture("deepgram/ordinary.json")
SAID = [("Speaker 0", "Hi, Noor."), ("Speaker 1", "Hello."), ("Speaker 0", "How many seats?")]


def of(*, utterances, diarised):
    """The ordinary response as it is when less is asked for."""
    response = json.loads(ORDINARY)
    results = response["results"]
    if not utterances:
        del results["utterances"]
    for part in (
        [] if diarised else [*results["channels"][0]["alternatives"][0]["words"], *results.get("utterances", [])]
    ):
        del part["speaker"]
    for utterance in results.get("utterances", []):
        utterance["words"] = []
    return response


def test_utterances_with_speakers():
    transcript = parsed("deepgram", "deepgram/ordinary.json")
    assert timed(transcript) == [
        ("Speaker 0", 0.08, 0.82, "Hi, Noor."),
        ("Speaker 1", 1.5, 1.9, "Hello."),
        ("Speaker 0", 3.0, 4.0, "How many seats?"),
    ]
    assert transcript.duration_s == 9.75
    assert not transcript.can_overlap
    assert len(call_of(ORDINARY, sellers=("Speaker 0",)).turns) == 3


def test_words_with_speakers_and_no_utterances():
    transcript = read_text(deepgram, json.dumps(of(utterances=False, diarised=True)))
    assert said(transcript) == SAID
    assert (transcript.utterances[2].start, transcript.utterances[2].end) == (3.0, 4.0)


def test_words_tell_speakers_where_utterances_do_not():
    response = of(utterances=True, diarised=True)
    for utterance in response["results"]["utterances"]:
        del utterance["speaker"]
    assert said(read_text(deepgram, json.dumps(response))) == SAID


def test_nobody_is_named():
    with_utterances = read_text(deepgram, json.dumps(of(utterances=True, diarised=False)))
    assert said(with_utterances) == [(None, text) for _, text in SAID]
    words_alone = read_text(deepgram, json.dumps(of(utterances=False, diarised=False)))
    assert said(words_alone) == [(None, "Hi, Noor. Hello. How many seats?")]


def test_paragraphs():
    response = of(utterances=False, diarised=False)
    sentences = [{"text": "Hi, Noor.", "start": 0.08, "end": 0.82}, {"text": "Ready?", "start": 0.9, "end": 1.2}]
    paragraph = {"speaker": 1, "start": 0.08, "end": 1.2, "num_words": 3, "sentences": sentences}
    response["results"]["channels"][0]["alternatives"][0]["paragraphs"] = {"paragraphs": [paragraph, None]}
    assert timed(read_text(deepgram, json.dumps(response))) == [("Speaker 1", 0.08, 1.2, "Hi, Noor. Ready?")]


def test_an_utterance_of_several_speakers_is_split():
    transcript = parsed("deepgram", "deepgram/odd.json")
    assert timed(transcript) == [
        ("Speaker 0", 0.5, 1.6, "thirty seats today."),
        ("Speaker 1", 2.0, 3.0, "Forty, really."),
        ("Speaker 0", 2.8, 3.4, "Oh!"),
        ("Speaker 1", None, 5.0, "Yes."),
        ("Speaker 0", 3.5, 4.0, "[NAME_1]"),
    ]
    assert transcript.notes == ("1 impossible time: left out",)
    assert transcript.can_overlap


def test_channels_are_speakers_and_can_overlap():
    transcript = parsed("deepgram", "deepgram/channels.json")
    assert timed(transcript) == [
        ("Channel 0", 0.5, 1.9, "Shall we add it?"),
        ("Channel 1", 1.2, 1.5, "Hm."),
        ("Channel 1", 3.0, 3.6, "Yes, do."),
        ("Channel 0", 6.0, 6.4, "Good."),
    ]
    assert transcript.can_overlap


def test_speakers_within_channels():
    response = json.loads(fixture("deepgram/channels.json"))
    for at, word in enumerate(response["results"]["channels"][1]["alternatives"][0]["words"]):
        word["speaker"] = min(at, 1)
    assert [u.speaker for u in read_text(deepgram, json.dumps(response)).utterances] == [
        "Channel 0",
        "Channel 1 Speaker 0",
        "Channel 1 Speaker 1",
        "Channel 0",
    ]


def test_sniff():
    assert sure(deepgram, ORDINARY) == 1.0
    assert sure(deepgram, fixture("deepgram/odd.json")) == 0.9
    assert sure(deepgram, '{"results": {"channels": [1]}}') == sure(deepgram, '{"results": []}') == 0.0
