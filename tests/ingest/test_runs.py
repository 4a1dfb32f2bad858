import pytest

from callreview.ingest.rows import Row
from callreview.ingest.runs import Word, joined, label, runs, segment_rows


def word(text, speaker=None, start=None, end=None, *, glued=False):
    return Word(text=text, speaker=speaker, start=start, end=end, glued=glued)


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        (["Well", ",", "yes", "?", "!"], "Well, yes?!"),
        (["thirty", "%", "(", "or", "so", ")"], "thirty% ( or so)"),
        ([" no", " leading", "spaces "], "no leading spaces"),
        (["", "a", "", "b"], "a b"),
        ([".", "5"], ". 5"),
    ],
)
def test_no_space_before_closing_marks(texts, text):
    assert joined(word(part) for part in texts) == text


def test_one_row_a_run():
    spoken = [word("Hi", "A", 0.5, 0.7), word("Dana", "A", 0.8, 1.0), word(".", "A"), word("Hello", "B", 1.2, 1.5)]
    assert runs(spoken) == [
        Row(text="Hi Dana.", speaker="A", start=0.5, end=1.0),
        Row(text="Hello", speaker="B", start=1.2, end=1.5),
    ]


def test_words_without_a_speaker_go_with_the_word_before_or_the_first_after():
    spoken = [word("30"), word("percent", "A"), word("."), word("12"), word("No", "B")]
    assert [(row.speaker, row.text) for row in runs(spoken)] == [("A", "30 percent. 12"), ("B", "No")]
    assert runs([word("so"), word("what")]) == [Row(text="so what")]
    assert runs([]) == runs([word(" ")]) == []


def test_silence_begins_a_new_row_where_asked():
    spoken = [word("Hi", "A", 0.0, 0.4), word("there", "A", 0.5, 0.9), word("Right", "A", 3.0, 3.3), word(".", "A")]
    assert [row.text for row in runs(spoken, pause=0.8)] == ["Hi there", "Right."]
    assert [row.text for row in runs(spoken)] == ["Hi there Right."]


def test_labels():
    assert [label(value) for value in (1.0, "12", "b", " Dana ", "", True, [1])] == [
        "Speaker 1",
        "Speaker 12",
        "Speaker b",
        "Dana",
        None,
        None,
        None,
    ]


def test_segments_of_several_speakers_are_split():
    segment = {
        "start": 1.0,
        "end": 2.0,
        "text": " Hi. Yes",
        "speaker": "S0",
        "words": [{"word": "Hi.", "start": 1.0, "end": 1.2, "speaker": "S0"}, {"word": "Yes", "speaker": "S1"}],
    }
    assert segment_rows([segment]) == [Row(text="Hi.", speaker="S0", start=1.0, end=1.2), Row(text="Yes", speaker="S1")]
    del segment["words"][1]["speaker"]
    assert segment_rows([segment]) == [Row(text="Hi. Yes", speaker="S0", start=1.0, end=2.0)]
