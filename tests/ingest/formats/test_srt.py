from callreview.ingest.formats import srt

from ..helpers import fixture, parsed, read_text, said, sure


def test_names_stand_before_the_first_caption_of_a_turn():
    transcript = parsed("srt", "podcast.srt")
    assert said(transcript) == [
        ("Dana", "When you first get started with it, it's"),
        (None, "almost sure to help."),
        ("Sam", "Note: I'd wait."),
        (None, "How many? and more after a blank line"),
        (None, "42"),
        ("Dana", "Fine."),
    ]
    assert transcript.notes == (
        "1 cue with a time that cannot be read: skipped",
        "the last cue has a time but no text: the file may be cut off",
    )
    assert (transcript.utterances[0].start, transcript.utterances[0].end) == (0.179, 2.399)


def test_numbered_captions():
    transcript = parsed("srt", "srt/ordinary.srt")
    assert said(transcript) == [
        ("Dana", "Good morning, Sam."),
        (None, "It is about the renewal."),
        ("Sam", "I thought so."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(0.5, 2.75), (2.9, 4.1), (4.3, 6.0)]
    assert transcript.unnamed == "who spoke before"
    assert not transcript.can_overlap


def test_tags_gaps_unpadded_and_damaged_times():
    transcript = parsed("srt", "srt/odd.srt")
    assert said(transcript) == [("Dana", "Two at once?"), ("Sam", "Yes and no, in part.")]
    assert [(u.start, u.end) for u in transcript.utterances] == [(1.5, 2.75), (2.5, 4.0)]
    assert transcript.can_overlap
    assert transcript.notes == ("1 cue with a time that cannot be read: skipped",)


def test_captions_without_numbers_and_blank_lines():
    text = "00:00:01,000 --> 00:00:02,000\nDana: hi\n00:00:02,000 --> 00:00:03,000\nSam: ho\n"
    assert said(read_text(srt, text)) == [("Dana", "hi"), ("Sam", "ho")]


def test_numbers_without_blank_lines_are_no_speech():
    text = "1\n00:00:01,000 --> 00:00:02,000\nDana: hi\n2\n00:00:02,000 --> 00:00:03,000\nSam: ho\n"
    assert said(read_text(srt, text)) == [("Dana", "hi"), ("Sam", "ho")]


def test_overlapping_captions_of_two_people_can_overlap():
    text = "1\n00:00:01,000 --> 00:00:04,000\nDana: hi\n\n2\n00:00:02,000 --> 00:00:03,000\nSam: ho\n"
    assert read_text(srt, text).can_overlap
    assert not parsed("srt", "podcast.srt").can_overlap


def test_sniff():
    assert sure(srt, fixture("podcast.srt")) == 0.9
    assert sure(srt, fixture("podcast.srt").replace(",", ".")) == 0.7
    assert sure(srt, fixture("zoom.vtt")) == 0.0
    assert sure(srt, "Dana: hi\nSam: ho\n") == 0.0
