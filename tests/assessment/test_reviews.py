"""What holds for every review."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.analysis.labels import read_folder
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Side, SideSource, Speaker
from callreview.ingest import ReadOptions, read_call
from callreview.reports.jsonl import line
from tests.conftest import call_of

GOLD = Path(__file__).parents[1] / "gold" / "tune"
CALLS = read_folder(GOLD)


@pytest.mark.parametrize("labelled", CALLS, ids=lambda c: c.name)
def test_every_level_is_proven_by_quotes_of_signals_that_the_prompt_listens_to(reviewer: Reviewer, labelled) -> None:
    call = read_call(labelled.transcript, options=ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers))
    review = reviewer.review(call)
    for prompt in reviewer.rubric.prompts:
        answer = review.answer(prompt.id)
        assert not answer.level or answer.carried_by, prompt.id
        assert set(answer.carried_by) <= set(answer.evidence)
        for s in answer.evidence:
            told = prompt.marks if s.rule.startswith("reading:") else prompt.listens_to
            assert s.signal in told, f"{prompt.id}: {s.signal} by {s.rule}"
            text = call.turn(s.turn).text
            assert 0 <= s.sentence.start <= s.passage.start < s.passage.end <= s.sentence.end <= len(text)
    assert line(review) == line(reviewer.review(call))


def test_inferred_sides_cap_every_level_and_say_so(reviewer: Reviewer) -> None:
    labelled = CALLS[0]
    call = read_call(labelled.transcript, options=ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers))
    doubtful = replace(call, speakers=tuple(replace(s, side_from=SideSource.INFERRED) for s in call.speakers))
    review = reviewer.review(doubtful)
    assert all((a.level or 0) <= 2 for a in review.answers)
    assert any("inferred" in note for note in review.notes)


def test_a_speaker_of_unknown_side_counts_for_nobody(reviewer: Reviewer) -> None:
    call = call_of(
        "seller: Good morning.", "buyer: Morning.", "seller: This price is gone tonight, I need a yes today."
    )
    turns = (*call.turns[:2], replace(call.turns[2], speaker="Third"))
    review = reviewer.review(replace(call, turns=turns, speakers=(*call.speakers, Speaker(name="Third"))))
    assert not review.violations
    assert any("Third" in note for note in review.notes)


def test_sides_swapped_give_no_violations(reviewer: Reviewer) -> None:
    lines = ("seller: This price is gone tonight, I need a yes today.", "buyer: No, we'll stay on the small one.")
    call = call_of(*lines)
    assert reviewer.review(call).violations
    swapped = replace(call, speakers=tuple(replace(s, side=s.side.other) for s in call.speakers))
    assert not reviewer.review(swapped).violations
    assert all(s.side is not Side.UNKNOWN for s in swapped.speakers)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["seller", "buyer"]), st.text(max_size=60)), min_size=1, max_size=8))
def test_any_talk_can_be_reviewed(reviewer: Reviewer, turns: list[tuple[str, str]]) -> None:
    call = call_of(*(f"{side}: {text}" for side, text in turns))
    review = reviewer.review(call)
    assert len(review.answers) == 8
    for answer in review.answers:
        for s in answer.evidence:
            assert call.quote(s.sentence) in call.turn(s.turn).text
