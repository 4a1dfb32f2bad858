import pytest

from callreview.ingest.rows import Row, collect


@pytest.mark.parametrize("text", ["", " ", "[PII]", "[NAME_1], [inaudible].", "####", "***", "…"])
def test_masked_words_are_no_words(text):
    collected = collect([Row(text=text), Row(text="so [NAME] said")])
    assert [u.text for u in collected.utterances] == ["so [NAME] said"]
    assert collected.notes == ("1 piece without words: skipped",)


def test_impossible_times_are_left_out():
    rows = [Row(text="a", start=-1, end=2), Row(text="b", start=3, end=2), Row(text="c", start=1e9)]
    collected = collect(rows)
    assert [(u.start, u.end) for u in collected.utterances] == [(None, 2), (3, None), (None, None)]
    assert collected.notes == ("3 impossible times: left out",)


def test_by_start_and_without_one_behind_the_piece_before():
    rows = [Row(text="a", start=1), Row(text="b"), Row(text="c", start=9), Row(text="d", start=2)]
    assert [u.text for u in collect(rows).utterances] == ["a", "b", "d", "c"]
    assert [u.text for u in collect([Row(text="a"), Row(text="b")]).utterances] == ["a", "b"]
