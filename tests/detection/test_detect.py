from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.detection.detect import Detector
from callreview.rubric import load
from tests.conftest import FIXTURES, call_of

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def small() -> Detector:
    return Detector(load(FIXTURES / "rubrics" / "small"))


def reasons(detector: Detector, *lines: str) -> list[tuple[str, str | None]]:
    hearing = detector.hear(call_of(*lines))
    return [(s.signal, s.ignored_because) for s in (*hearing.sightings, *hearing.ignored)]


def test_a_find_quotes_its_words_and_its_sentence(small: Detector) -> None:
    call = call_of("buyer: Hm.", "seller: Well. This price is only today, Anna. Bye.")
    (sighting,) = small.hear(call).sightings
    assert call.quote(sighting.passage) == "only today"
    assert call.quote(sighting.sentence) == "This price is only today, Anna."
    assert sighting.rule == "rubrics/small/signals/hurry.yaml:6"


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("seller: It is only today.", None),
        ("buyer: It is only today.", "speaker"),
        ("seller: It is not only today.", "negated"),
        ("seller: It is not dear, but only today.", None),
        ("seller: Only today, what awful weather.", "look-alike"),
    ],
)
def test_what_cancels_a_find_is_kept_as_the_reason(small: Detector, line: str, because: str | None) -> None:
    assert reasons(small, line) == [("hurry", because)]


def test_a_negation_inside_a_gap_cancels(small: Detector) -> None:
    assert reasons(small, "seller: Before Friday it is not gone.") == [("hurry", "negated")]


def test_the_first_pass_changes_the_cost_and_never_the_result(reviewer: Reviewer) -> None:
    rubric = load(shipped.rubrics() / "upselling")
    plain, quick = Detector(rubric, first_pass=False), Detector(rubric)
    lines = [line for file in sorted((GOLD / "tune").glob("*.txt"))[:1] for line in file.read_text().splitlines()]
    turns = [line.split("] ", 1)[-1].split(": ", 1)[-1] for line in lines]
    call = call_of(*(f"{'seller' if i % 2 else 'buyer'}: {text}" for i, text in enumerate(turns)))
    assert plain.hear(call).sightings == quick.hear(call).sightings
    assert plain.hear(call).ignored == quick.hear(call).ignored


PIECES = [
    "only today",
    "not",
    "before friday",
    "gone",
    "it's your call",
    "…",
    "İ",
    "👍🏽",
    " ",
    "\u200b",
    "e\u0301",
    "ß.",
    "?",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=12))
def test_quotes_are_exact_for_any_text(small: Detector, pieces: list[str]) -> None:
    call = call_of("seller: " + " ".join(pieces))
    text = call.turns[0].text
    hearing = small.hear(call)
    for s in (*hearing.sightings, *hearing.ignored):
        assert 0 <= s.sentence.start <= s.passage.start < s.passage.end <= s.sentence.end <= len(text)
    for q in hearing.quantities:
        assert text[q.passage.start : q.passage.end].strip()
