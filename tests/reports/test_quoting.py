import re

from hypothesis import given
from hypothesis import strategies as st

from callreview.conversation import Passage
from callreview.detection.hearing import Sighting
from callreview.reports.quoting import best_quotes, excerpt, fired
from tests.conftest import call_of


def sighting(text: str, start: int, end: int) -> Sighting:
    return Sighting(
        signal="any",
        passage=Passage(turn=1, start=start, end=end),
        sentence=Passage(turn=1, start=0, end=len(text)),
        rule="any.yaml:1",
    )


@given(
    st.lists(st.text(min_size=1, max_size=12).filter(lambda w: not re.search(r"\s|…", w)), min_size=1, max_size=80),
    st.data(),
)
def test_an_excerpt_holds_whole_words_of_the_sentence(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    shown = excerpt(call_of(f"seller: {text}"), sighting(text, start, start + 1))
    body = shown.removeprefix("… ").removesuffix(" …")
    assert f" {body} " in f" {text} "
    assert len(body) <= 160 + 2 * 12
    assert shown.startswith("… ") == (not text.startswith(body)) or text.count(body) > 1


def test_a_short_sentence_goes_on_with_its_turn() -> None:
    text = "Not yet, no. The third way is to wait until spring."
    assert excerpt(call_of(f"seller: {text}"), sighting(text[:12], 0, 7)) == text


def test_words_that_fired_are_told_whole() -> None:
    text = "We didn't measure it."
    call = call_of(f"seller: {text}")
    assert fired(call, sighting(text, text.index("n't"), len(text) - 4)) == "didn't measure"


def test_two_finds_in_a_sentence_are_one_quote_around_both() -> None:
    text = "If it is not under ten by March, we stop."
    both = [sighting(text, 0, 2), sighting(text, 33, 40)]
    (quote,) = best_quotes(both)
    assert (quote.passage.start, quote.passage.end) == (0, 40)
