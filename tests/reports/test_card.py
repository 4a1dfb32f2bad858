import re

import pytest
from rich.cells import cell_len

from callreview import shipped
from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call
from callreview.reports.card import card, short_line
from tests.conftest import call_of
from tests.reports.conftest import Printed

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
PUSHY = (
    "buyer: We lose about nine hours a week to retyping orders, and I want that gone by spring.",
    "seller: Then I'd look at the Plus plan, it reads the orders in by itself.",
    "buyer: Hm, let me think.",
    "seller: That price is gone tonight. I need a yes today.",
    "buyer: No, we'll stay on the small one.",
    "seller: There are only two slots left and they're going fast.",
    "buyer: No, thanks.",
    "seller: I can only hold this rate until five o'clock today.",
)


@pytest.fixture(scope="module")
def reviews(reviewer: Reviewer) -> list[Review]:
    calls = [read_call(sample, options=ReadOptions()) for sample in SAMPLES]
    return [reviewer.review(call) for call in (*calls, call_of("seller: Hi."), call_of(*PUSHY))]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 300])
def test_no_line_is_wider_than_the_terminal_or_than_can_be_read(
    reviews: list[Review], printed: Printed, width: int
) -> None:
    for review in reviews:
        assert max(cell_len(line) for line in printed(card(review), width).splitlines()) <= min(width, 100)


def test_without_colour_every_level_and_severity_is_told_in_words(reviews: list[Review], printed: Printed) -> None:
    for review in reviews:
        text = printed(card(review))
        assert len(re.findall(r"[■□·]{3} (?:[0-3]/3|n/a)", text)) == 8
        assert len(re.findall(r"^  (?:blocker|major|minor) ", text, re.MULTILINE)) == len(review.violations)


def test_a_sentence_that_violates_twice_is_quoted_once(reviews: list[Review], printed: Printed) -> None:
    text = printed(card(reviews[-1]), 200)
    assert text.split("1 Which outcome")[0].count("There are only two slots left") == 1
    assert text.count("Say what really ends when") == 1


def test_no_quote_is_shown_twice_for_a_prompt(reviews: list[Review], printed: Printed) -> None:
    for review in reviews:
        for block in re.split(r"^\d (?=[A-Z])", printed(card(review), 100), flags=re.MULTILINE)[1:]:
            quotes = re.findall(r"“[^“”]+”", re.sub(r"\s+", " ", block.split("next time")[0]))
            assert len(quotes) == len(set(quotes)) <= 3 + 2 * block.startswith("What did the buyer push back")


def test_short_lines_stand_in_columns_and_say_how_often(reviews: list[Review]) -> None:
    lines = [short_line(review).plain for review in reviews]
    assert len({line.index(review.call.title) for line, review in zip(lines, reviews, strict=True)}) == 1
    assert all(len(line) <= 100 and "\n" not in line for line in lines)
    assert "urgency ×2" in lines[-1]
    assert lines[0].startswith("100% strong     3333 3333  no violations ")
    assert lines[-2].startswith("   – unscorable ")
