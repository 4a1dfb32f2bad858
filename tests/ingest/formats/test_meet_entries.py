import json

import pytest

from callreview.errors import InputError
from callreview.ingest.formats import meet_entries
from callreview.ingest.source import Source

from ..helpers import FIXTURES, read_text, said, sure

ORDINARY = (FIXTURES / "meet_entries" / "ordinary.json").read_text()
ODD = (FIXTURES / "meet_entries" / "odd.json").read_text()


def test_points_in_time_count_from_the_first():
    transcript = read_text(meet_entries, ORDINARY)
    assert said(transcript)[:2] == [
        ("Vera Lind", "Hello, are we all here?"),
        ("+1 555 010 9911", "I am, on the phone."),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [(0.0, 1.9), (1.8, 4.023), (4.9, 5.9)]
    assert str(transcript.date) == "2026-09-15"
    assert transcript.can_overlap
    assert transcript.notes == ()


def test_zones_order_and_names_that_are_missing():
    transcript = read_text(meet_entries, ODD)
    assert [(u.speaker, u.text, u.start, u.end) for u in transcript.utterances] == [
        ("Speaker 2", "First in time.", 0.0, None),
        ("Speaker 1", "Second in time.", 8.0, None),
        (None, "Nobody in particular.", 20.0, None),
    ]
    assert transcript.notes[-1].startswith("Meet's list of participants is not in the file or beside it")


def test_names_beside_the_file(tmp_path):
    (tmp_path / "participants.json").write_text(json.dumps({"participants": json.loads(ORDINARY)["participants"]}))
    (tmp_path / "entries.json").write_text(ODD)
    (transcript,) = meet_entries.read(Source(text=ODD, path=tmp_path / "entries.json"))
    assert [u.speaker for u in transcript.utterances] == ["Vera Lind", "+1 555 010 9911", None]


@pytest.mark.parametrize("shape", [{"transcriptEntries": []}, {"participants": json.loads(ORDINARY)["participants"]}])
def test_without_entries(shape):
    assert sure(meet_entries, json.dumps(shape)) == 1.0
    with pytest.raises(InputError, match="no entries"):
        meet_entries.read(Source(text=json.dumps(shape)))


def test_sniff_refuses_other_json():
    for shape in ([], {"participants": [{"name": "Vera"}]}, {"entries": [{"text": "a"}]}, [{"text": "a"}]):
        assert sure(meet_entries, json.dumps(shape)) == 0.0
