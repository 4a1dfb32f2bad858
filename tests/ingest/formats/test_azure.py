from callreview.ingest.formats import azure

from ..helpers import call_of, fixture, parsed, read_text, sure, timed

SAID = [("Speaker 1", 0.7, 2.88, "Is the depot full?"), ("Speaker 2", 3.5, 4.5, "It is.")]


def test_batch():
    transcript = parsed("azure", "azure/ordinary.json")
    assert timed(transcript) == SAID
    assert transcript.duration_s == 12.48
    assert not transcript.can_overlap
    assert len(call_of(fixture("azure/ordinary.json"), sellers=("Speaker 1",)).turns) == 2


def test_each_unit_alone():
    file = fixture("azure/ordinary.json")
    ticks = file.replace("offsetMilliseconds", "a").replace("durationMilliseconds", "b")
    written = ticks.replace("offsetInTicks", "c").replace("durationInTicks", "d")
    assert timed(read_text(azure, ticks)) == timed(read_text(azure, written)) == SAID


def test_fast():
    transcript = parsed("azure", "azure/fast.json")
    assert timed(transcript) == SAID
    assert transcript.duration_s == 9.0


def test_channels_stand_for_speakers():
    transcript = parsed("azure", "azure/odd.json")
    assert timed(transcript) == [
        ("Channel 0", 0.7, 3.0, "Only written times."),
        ("Channel 1", 2.5, None, "I see."),
        ("Channel 0", 5.0, 6.0, "ticks here"),
        ("Channel 1", 7.0, 8.0, "****"),
    ]
    assert transcript.duration_s == 3607.5
    assert transcript.notes == ("1 phrase not recognised: skipped", "1 piece without words: skipped")
    assert transcript.can_overlap


def test_sniff():
    assert sure(azure, fixture("azure/ordinary.json")) == sure(azure, fixture("azure/fast.json")) == 1.0
    assert sure(azure, '{"recognizedPhrases": null, "phrases": []}') == 0.0
