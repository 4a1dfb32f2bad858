import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.detection.words import spoken
from tests.conftest import call_of


def words(text: str) -> list[tuple[str, ...]]:
    return [s.words for s in spoken(call_of(f"buyer: {text}"))]


@pytest.mark.parametrize("text", ["We'll stop.", "We’ll stop.", "we will stop", "We, um, we'll stop!"])
def test_spellings_of_the_same_words_are_one(text: str) -> None:
    assert words(text) == [("we", "will", "stop")]


def test_recogniser_text_without_apostrophes_is_opened_where_it_is_clear() -> None:
    assert words("well send it and its fine well well see") == [
        ("we", "will", "send", "it", "and", "it", "is", "fine", "well", "we", "will", "see")
    ]


def test_masked_words_are_none_and_move_nothing() -> None:
    assert words("Hi [NAME_1], we [PII] lose **** nine.") == [("hi", "we", "lose", "nine")]
    (sentence,) = spoken(call_of("seller: Hi [NAME_1], we lose nine."))
    assert sentence.sentence.passage.end == len("Hi [NAME_1], we lose nine.")


def test_sentences_end_at_their_mark_and_never_join_turns() -> None:
    assert words("One. Two? Three") == [("one",), ("two",), ("three",)]


@given(st.text(max_size=200))
def test_every_word_points_at_its_own_characters(text: str) -> None:
    for sentence in spoken(call_of(f"buyer: {text}")):
        assert len(sentence.words) == len(sentence.starts) == len(sentence.ends)
        previous = 0
        for start, end in zip(sentence.starts, sentence.ends, strict=True):
            assert 0 <= previous <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end] != ""
            previous = start
