from datetime import date

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import intercom

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure


def test_sides_and_times_as_text():
    transcript = parsed("intercom", "intercom/ordinary.json")
    assert said(transcript)[0] == ("Dana Whitfield", "Northwind, this is Dana.")
    assert [(u.start, u.end) for u in transcript.utterances] == [(0.2, 1.9), (2.1, 4.4), (4.6, 6.8)]
    assert transcript.date == date(2026, 9, 14)
    assert not transcript.can_overlap
    assert sides_of(call_of(fixture("intercom/ordinary.json"))) == {
        "Dana Whitfield": ("seller", "export"),
        "Sam Ortiz": ("buyer", "export"),
    }


def test_odd():
    transcript = parsed("intercom", "intercom/odd.json")
    assert said(transcript) == [
        ("Speaker 1", "Hello there."),
        ("Speaker 2", "Good morning."),
        ("Speaker 1", "Shall we?"),
        (None, "Yes."),
        ("Speaker 2", "We shall."),
        ("Speaker 1", "Good."),
    ]
    assert (transcript.utterances[1].start, transcript.utterances[1].end) == (2.75, None)
    assert {label: told.side for label, told in transcript.told.items()} == {"Speaker 1": Side.SELLER}
    assert transcript.can_overlap
    assert transcript.notes == ("1 piece without words: skipped",)


def test_who_has_no_type_is_known_by_the_ids_of_the_call():
    text = '{"type": "call", "admin_id": 31, "transcript": [{"speaker_id": "31", "speaker_label": "Dana", "content": "Hi."}]}'
    assert read_text(intercom, text).told["Dana"].side is Side.SELLER


@pytest.mark.parametrize("transcript", ["null", "[]", '""'])
def test_not_ready(transcript):
    text = f'{{"type": "call", "admin_id": "1", "transcript": {transcript}}}'
    assert sure(intercom, text) == 0.9
    with pytest.raises(InputError, match="this Intercom call has no transcript"):
        read_text(intercom, text)


def test_sniff():
    assert sure(intercom, fixture("intercom/odd.json")) == 0.9
    assert sure(intercom, '{"transcript": [{"speaker": {"display_name": "A"}, "text": "hi"}]}') == 0.0
    assert sure(intercom, '[{"content": "hi", "role": "user"}]') == 0.0
