import time

import pytest

from callreview.detection.patterns import Compiler
from callreview.detection.scenes import scenes
from callreview.errors import Place
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import parse


def phrase(text: str) -> Phrase:
    return Phrase(text=text, tree=parse(text), place=Place(path="test.yaml", line=1))


def spans(text: str, sentence: str, **lists: list[str]) -> list[str]:
    compiler = Compiler({k: tuple(map(phrase, v)) for k, v in lists.items()}, frozenset({"number"}))
    words = tuple(sentence.split())
    numbers = {i: frozenset({i + 1}) for i, word in enumerate(words) if word.isdigit()}
    (scene,) = scenes([(words, {"number": numbers} if numbers else {})])
    found = compiler.compile(phrase(text)).search(scene)
    return [" ".join(words[a:b]) for a, b in found]


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
