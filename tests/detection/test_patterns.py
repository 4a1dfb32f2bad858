import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.assessment.reviewer import Reviewer
from callreview.detection.compiled import Anchors
from callreview.detection.patterns import Compiled
from callreview.detection.program import Writer, calls, patterns
from callreview.detection.scenes import Stretch
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import PhraseSyntaxError, parse
from callreview.rubric.source import Source
from tests.conftest import call_of


def phrase(text: str) -> Phrase:
    return Phrase(text=text, source=Source("test.yaml"), path=())


def spans(text: str, sentence: str, **lists: list[str]) -> list[str]:
    return [" ".join(said) for said in found([text], [sentence], quick=True, **lists)[0]]


def found(texts: list[str], sentences: list[str], *, quick: bool, **lists: list[str]) -> list[list[list[str]]]:
    """What each phrase finds in some sentences, side by side; quickly, or by trying every place."""
    writer = Writer({k: tuple(map(phrase, v)) for k, v in lists.items()}, frozenset({"number"}))
    rows = [writer.write(phrase(text)) for text in texts]
    made = patterns(writer.rows)
    stretch = Stretch([(tuple(sentence.split()), numbers(sentence.split())) for sentence in sentences])
    if quick:
        stretch.present = Anchors(calls((pattern, pattern.needed()) for pattern in made)).present(stretch.vocabulary)
    matches = [Compiled(made[row], "test.yaml:1").search(stretch) for row in rows]
    return [[stretch.words[first:after] for first, after in sorted(spans)] for spans in matches]


def numbers(words: list[str]) -> dict[str, dict[int, frozenset[int]]]:
    starts = {i: frozenset({i + 1}) for i, word in enumerate(words) if word.isdigit()}
    return {"number": starts} if starts else {}


@pytest.mark.parametrize(
    ("text", "sentence", "found"),
    [
        ("~revert ...3 penalty", "we reverted with no penalty", ["reverted with no penalty"]),
        ("~revert ...1 penalty", "we reverted with no penalty", []),
        ("^ no", "no we said no", ["no"]),
        ("no $", "no we said no", ["no"]),
        ("(go|come) back?", "we go and come back", ["go", "come back"]),
        ("we'll stop", "we will stop", ["we will stop"]),
        ("more than <number>", "more than 3 or more than that", ["more than 3"]),
        ("it <going>", "it falls over again", ["it falls over"]),
        ("<going> again", "it falls over again", ["falls over again"]),
    ],
)
def test_phrases_match_words(text: str, sentence: str, found: list[str]) -> None:
    assert spans(text, sentence, going=["~fall over", "~stop"]) == found


def test_a_long_gap_phrase_costs_in_proportion_on_hostile_text() -> None:
    text = "a ...25 a ...25 a ...25 a ...25 b"
    started = time.process_time()
    spans(text, "a " * 2000)
    assert time.process_time() - started < 5


WORDS = ["a", "b", "c", "2"]
ATOMS = st.sampled_from([*"abc", "<number>", "...2", "<some>", "^", "$", "b?"])
OPTIONS = st.lists(st.sampled_from([*"abc", "a b", "b c", "c <number>"]), min_size=2, max_size=8, unique=True)
GROUPS = OPTIONS.map(lambda options: f"({'|'.join(options)})")
PHRASES = st.lists(ATOMS | GROUPS | GROUPS.map("{}?".format), min_size=1, max_size=5).map(" ".join)


def can_be_read(text: str) -> bool:
    try:
        return bool(parse(text))
    except PhraseSyntaxError:
        return False


@settings(deadline=None)
@given(
    st.lists(PHRASES.filter(can_be_read), min_size=1, max_size=4),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4),
)
def test_the_quick_way_finds_what_trying_every_place_finds(texts: list[str], sentences: list[str]) -> None:
    some = ["a", "b a", "a c a", "c 2", "b (a|c)", "b b", "a a a", "c c"]
    assert found(texts, sentences, quick=True, some=some) == found(texts, sentences, quick=False, some=some)


def test_one_endless_sentence_costs_in_proportion(reviewer: Reviewer) -> None:
    def cost(times: int) -> float:
        call = call_of("seller: " + "we can if you will not " * times)
        started = time.process_time()
        reviewer.hear(call)
        return time.process_time() - started

    cost(100)
    assert cost(1600) < 12 * max(cost(200), 0.02)
