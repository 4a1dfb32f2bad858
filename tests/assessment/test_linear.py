"""Assessment takes the time of the call's length, not of its square."""

import gc
import time
from dataclasses import replace
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.assess import assess
from callreview.assessment.figures import Figures, is_measured, same_figure
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call
from callreview.detection.hearing import Hearing
from callreview.ingest import ReadOptions, read_call

SAMPLES = sorted(Path(shipped.transcripts()).rglob("*.txt"))


@pytest.fixture(scope="module")
def talk() -> Call:
    """All sample calls in text, one after the other, as one call."""
    calls = [read_call(path, options=ReadOptions()) for path in SAMPLES]
    turns = tuple(replace(turn, number=n) for n, turn in enumerate((t for c in calls for t in c.turns), start=1))
    return replace(calls[0], turns=turns, speakers=tuple({s.name: s for c in calls for s in c.speakers}.values()))


def times_as_long(call: Call, times: int) -> Call:
    """The call, said over and over."""
    return replace(call, turns=tuple(replace(t, number=n) for n, t in enumerate(call.turns * times, start=1)))


def seconds(reviewer: Reviewer, hearing: Hearing) -> float:
    """Processor time of assessing, the least of some attempts, as other work on the machine only adds to it."""
    taken = []
    for _ in range(3):
        fresh = replace(hearing)
        gc.collect()
        start = time.process_time()
        assess(fresh, reviewer.rubric)
        taken.append(time.process_time() - start)
    return min(taken)


def test_a_call_eight_times_as_long_takes_about_eight_times_as_long(reviewer: Reviewer, talk: Call) -> None:
    short, long = (reviewer.hear(times_as_long(talk, times)) for times in (1, 8))
    # The square would be sixty-four times.
    assert seconds(reviewer, long) < 20 * seconds(reviewer, short)


def test_figures_looked_up_by_value_are_those_found_one_by_one(reviewer: Reviewer, talk: Call) -> None:
    hearing = reviewer.hear(talk)
    said = [q for q in hearing.quantities if is_measured(q)]
    figures = Figures(hearing, said)
    assert len(said) > 20
    for used in said:
        for before in range(1, len(talk.turns) + 2, 7):
            same = [q for q in said if q.passage.turn < before and same_figure(q, used)]
            assert figures.latest(used, before) == (same[-1] if same else None)
