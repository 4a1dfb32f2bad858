import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import aws_call_analytics

from ..helpers import call_of, fixture, parsed, read_text, sides_of, sure, timed

ORDINARY = fixture("aws_call_analytics/ordinary.json")


def test_roles_are_sides_and_times_are_milliseconds():
    transcript = parsed("aws_call_analytics", "aws_call_analytics/ordinary.json")
    assert timed(transcript) == [
        ("Agent", 0.04, 2.05, "Orchard Phones, Lena speaking."),
        ("Customer", 2.6, 5.2, "I need five more lines,"),
        ("Agent", 4.8, 5.4, "Of course."),
        ("Customer", 5.35, 7.0, "and maybe the recorder."),
    ]
    assert (transcript.title, transcript.duration_s) == ("orchard-checkin", 7.12)
    assert transcript.can_overlap
    call = call_of(ORDINARY)
    assert sides_of(call) == {"Agent": ("seller", "export"), "Customer": ("buyer", "export")}
    assert len(call.turns) == 4


def test_contact_lens_with_two_agents_and_redaction():
    transcript = parsed("aws_call_analytics", "aws_call_analytics/odd.json")
    assert timed(transcript) == [
        ("Agent", 0.5, 2.9, "Please hold, I pass you on."),
        ("Agent #2", 6.0, 7.7, "Hello, Orchard billing."),
        ("Customer", 9.0, 10.5, "My name is [NAME]."),
        ("Customer", 11.0, 12.0, "[PII]"),
        (None, 13.0, None, "Who is there?"),
    ]
    assert {label: told.side for label, told in transcript.told.items()} == {
        "Agent": Side.SELLER,
        "Agent #2": Side.SELLER,
        "Customer": Side.BUYER,
    }
    assert transcript.notes == ("1 piece without words: skipped", "1 impossible time: left out")


def test_post_call_analytics_has_seconds_and_displayed_names():
    transcript = parsed("aws_call_analytics", "aws_call_analytics/pca.json")
    assert timed(transcript) == [
        ("Agent", 0.4, 3.1, "Orchard Phones, good morning."),
        ("Customer", 3.5, 6.0, "Can we add a line?"),
        ("Agent", 5.5, 7.0, "Sure you can."),
    ]
    assert (transcript.title, str(transcript.date), transcript.duration_s) == ("lines.wav", "2026-09-14", 12.5)
    assert transcript.told["Customer"].side is Side.BUYER
    assert transcript.can_overlap
    one_channel = fixture("aws_call_analytics/pca.json").replace("true}", "false}")
    assert not read_text(aws_call_analytics, one_channel).can_overlap


def test_real_time_segments():
    transcript = parsed("aws_call_analytics", "aws_call_analytics/realtime.json")
    assert timed(transcript)[1] == ("Customer", 1.5, 3.3, "Hello, a question on the bill.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"COMPLETED"', '"FAILED", "FailureReason": "no audio"', r"its status is 'FAILED' \(no audio\)"),
        ('"VOICE"', '"CHAT"', "the transcript of a chat"),
    ],
)
def test_what_is_no_finished_call_is_refused(old, new, message):
    with pytest.raises(InputError, match=message):
        read_text(aws_call_analytics, ORDINARY.replace(old, new))


def test_sniff():
    assert sure(aws_call_analytics, ORDINARY) == 1.0
    assert sure(aws_call_analytics, '{"JobStatus": "IN_PROGRESS", "Participants": [], "Transcript": []}') == 0.9
    assert sure(aws_call_analytics, '{"Transcript": "hello", "SpeechSegments": []}') == 0.0
    assert sure(aws_call_analytics, fixture("aws_transcribe/ordinary.json")) == 0.0
