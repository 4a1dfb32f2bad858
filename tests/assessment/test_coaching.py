import re
from pathlib import Path

import pytest

from callreview.analysis.labels import read_folder
from callreview.assessment.assess import assess
from callreview.assessment.coaching import Blank, Gap, coaching
from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call, Passage
from callreview.ingest import ReadOptions, read_call
from callreview.rubric.lines import Slot, parse_line
from tests.conftest import call_of

TUNE = Path(__file__).parents[1] / "gold" / "tune"
CALLS = 14


def coached(call: Call, reviewer: Reviewer) -> tuple[Review, tuple[Gap, ...]]:
    hearing = reviewer.hear(call)
    review = assess(hearing, reviewer.rubric)
    return review, coaching(hearing, review, reviewer.rubric)


def words(call: Call, gap: Gap) -> str:
    parts = (
        call.quote(p) if isinstance(p, Passage) else f"[{p.words}]" if isinstance(p, Blank) else p for p in gap.line
    )
    return "".join(parts)


@pytest.fixture(scope="module")
def labelled(reviewer: Reviewer) -> list[tuple[Review, tuple[Gap, ...]]]:
    calls = [
        read_call(one.transcript, options=ReadOptions(sellers=one.sellers, buyers=one.buyers))
        for one in read_folder(TUNE)[:CALLS]
    ]
    return [coached(call, reviewer) for call in calls]


def test_gaps_are_few_and_asked_for_in_their_moment(
    labelled: list[tuple[Review, tuple[Gap, ...]]], reviewer: Reviewer
) -> None:
    for review, gaps in labelled:
        asked = reviewer.rubric.coaching[review.moment]
        answers = [gap.answer for gap in gaps if gap.answer]
        assert len(gaps) <= 3
        assert all(a.prompt in asked and a.level is not None and a.level < a.max_level for a in answers)
        levels = [(a.level or 0) >= 2 for a in answers]
        assert levels == sorted(levels), "what is missing comes before what could be sharper"


def test_a_blocker_comes_first(labelled: list[tuple[Review, tuple[Gap, ...]]]) -> None:
    blocked = [(r, gaps) for r, gaps in labelled if r.score.status == "blocked"]
    assert blocked
    for _, gaps in blocked:
        assert gaps[0].violation and gaps[0].violation.severity == "blocker"


def test_a_discovery_call_is_not_asked_for_a_stop_rule(reviewer: Reviewer) -> None:
    assert "stop_rule" not in reviewer.rubric.coaching["discovery"]
    assert reviewer.rubric.coaching["negotiation"][0] == "stop_rule"


def test_a_line_is_the_playbooks_words_and_the_calls_own(
    labelled: list[tuple[Review, tuple[Gap, ...]]], reviewer: Reviewer
) -> None:
    texts = {
        part
        for holder in (
            *reviewer.rubric.violations,
            *(rung for p in reviewer.rubric.prompts for rung in p.ladder),
            *(lack for p in reviewer.rubric.prompts for rung in p.ladder for lack in rung.lacks.values()),
        )
        for line in holder.lines
        for part in parse_line(line)
        if isinstance(part, str)
    }
    filled = 0
    for review, gaps in labelled:
        names = {speaker.name.split()[0] for speaker in review.call.speakers}
        for gap in gaps:
            assert (gap.line and gap.own) or not any(review.call.side(s.turn) for s in gap.own)
            for part in gap.line:
                if isinstance(part, Passage):
                    filled += 1
                    quote = review.call.quote(part)
                    assert 0 < len(quote) <= 140 and quote == quote.strip(" .,;:")
                elif isinstance(part, str):
                    assert part in texts or part in names
    assert filled > 10


def test_the_buyers_words_fill_the_line(reviewer: Reviewer) -> None:
    call = call_of(
        "seller: If this goes well, what will be different for you by spring?",
        "buyer: I want the missed appointments under eight percent by the end of March.",
        "seller: Right. What I'd suggest is that we move you up to the Plus plan.",
        "buyer: That's a lot of money for reminders, to be honest.",
        "seller: Shall I send over the order form, then?",
        "buyer: Let me think about it.",
    )
    _, gaps = coached(call, reviewer)
    lines = {gap.answer.prompt: words(call, gap) for gap in gaps if gap.answer}
    assert "I want the missed appointments under eight percent by the end of March" in lines["stop_rule"]


def test_what_nobody_said_stays_a_blank(reviewer: Reviewer) -> None:
    call = call_of(
        "seller: I'd move you up to the bigger plan, it's better all round.",
        "buyer: Hm.",
        "seller: So shall we do it?",
        "buyer: I don't know.",
    )
    _, gaps = coached(call, reviewer)
    assert gaps
    assert any(re.search(r"\[[^\]]+\]", words(call, gap)) for gap in gaps)
    assert not any(
        isinstance(part, Passage) for gap in gaps for part in gap.line if gap.answer and gap.answer.prompt == "risk"
    )


def test_slots_have_names_and_blanks() -> None:
    assert [part for part in parse_line("On {small|the small one}, {buyer}.") if isinstance(part, Slot)] == [
        Slot("small", "the small one", 3),
        Slot("buyer", None, 26),
    ]
