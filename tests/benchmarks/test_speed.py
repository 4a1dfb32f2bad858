"""The benchmark works, and what it would find wrong first holds: cost grows with size, not faster.

Ratios of processor time on small sizes: loose, so that a busy machine fails nothing.
"""

from __future__ import annotations

import subprocess
import sys

import pytest
from measures import calls, clock, expanding, page, peers, playbooks, scaling, stages, start
from measures.memory import Peak

from callreview.assessment.reviewer import Reviewer

ROUNDS = 3


def test_made_calls_are_all_different_and_always_the_same() -> None:
    made = list(calls.of_words(2_000))
    assert made == list(calls.of_words(2_000))
    assert len({said.text for call in made for said in call}) > 0.9 * sum(map(len, made))
    assert all(2_000 <= sum(said.words for said in call) < 2_200 for call in made)


def test_doubling_the_turns_costs_about_twice(reviewer: Reviewer) -> None:
    series = scaling.lengths(reviewer, (200, 400), ROUNDS)
    assert series.worst and series.worst <= 3.0


def test_doubling_the_phrases_costs_less_than_twice(reviewer: Reviewer) -> None:
    series = scaling.phrases(reviewer.rubric, (600, 1_200), ROUNDS, words=4_000)
    assert series.worst and series.worst <= 1.9


def test_playbooks_grow_by_phrases_of_the_same_build(reviewer: Reviewer) -> None:
    shipped = len(playbooks.shipped_phrases(reviewer.rubric))
    small, large = (
        {p.tree for _, p in playbooks.shipped_phrases(playbooks.with_phrases(reviewer.rubric, count))}
        for count in (100, shipped + 100)
    )
    assert small <= large
    assert len(large) > 0.95 * shipped


def test_stages_of_hearing_add_up(reviewer: Reviewer) -> None:
    detector = reviewer._detector
    shares = stages.hearing_shares(detector, [calls.as_call(call) for call in calls.of_words(3_000)], ROUNDS)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(shares[stage] > 0 for stage in (stages.WORDS, stages.ANCHORS, stages.PATTERNS))
    assert shares[stages.OTHER] < 0.5, "a module of detection is not among the stages"


def test_a_phrase_is_written_out_for_the_matcher(reviewer: Reviewer) -> None:
    import spacy
    from spacy.matcher import Matcher

    matcher = Matcher(spacy.blank("en").vocab, validate=True)
    patterns = expanding.expanded(reviewer.rubric)
    for tokens in patterns[::20]:
        matcher.add("phrase", [tokens])
    assert len(patterns) > len(playbooks.shipped_phrases(reviewer.rubric))


def test_workers_take_turns_and_a_missing_one_is_told() -> None:
    absent = peers.Worker("naive", "the usual way", peer=True)
    paces = peers.measure([], None, 1, (peers.YARDSTICK, absent))
    assert paces["tokenising"].sample
    assert "--peers" in paces["naive"].missing


def test_a_doubling_is_told_from_any_growth() -> None:
    assert clock.doubling(100, 10) == pytest.approx(4)


def test_the_page_says_what_is_met() -> None:
    text = page.written(_results(), {"files": 10_000})
    assert "| `--help`: at most 0.35 s | 0.20 s | yes |" in text
    assert "| twice the turns: at most 2.1 | 4.00 times | **no** |" in text
    assert "| faster than the usual way: at least 60 | not measured | - |" in text
    assert "missing: no such package" in text
    assert "| files | 10000 |" in text


def test_the_command_tells_its_options() -> None:
    done = subprocess.run([sys.executable, clock.ROOT / "benchmarks" / "speed.py", "--help"], env=clock.environment())
    assert done.returncode == 0


def _results() -> page.Results:
    one = clock.Sample((0.1,))
    names = (start.BARE, start.SPACY, start.HELP, start.LONG_WARM)
    series = scaling.Series("turns", (scaling.Point(10, 100, 1.0), scaling.Point(20, 200, 4.0, 4.0)))
    paces = {name: peers.Pace(name, one) for name in ("tokenising", "reviewing", "matching")}
    return page.Results(
        phrases_shipped=10,
        patterns=20,
        paces={**paces, "naive": peers.Pace("the usual way", missing="no such package")},
        steps=dict.fromkeys(("yardstick", "read", "hear", "assess", "output"), one),
        shares={stages.WORDS: 1.0},
        lengths=series,
        phrases=series,
        long_turn=series,
        hostile=[series],
        starts={name: start.Start(clock.Sample((0.2,)), one) for name in names},
        peaks=[Peak(10, 100, 10**8)],
        two_processes={"one": one, "two": one},
        two_processes_calls=2,
    )
