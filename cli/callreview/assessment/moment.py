"""Where the call stands: outbound, discovery, demo, proposal, objection, negotiation or renewal."""

from __future__ import annotations

from collections import Counter

from callreview.detection.hearing import Hearing
from callreview.rubric.model import Rubric

DEFAULT = "discovery"


def moment_of(hearing: Hearing, rubric: Rubric) -> str:
    """The moment that fills most turns; on a tie, the later one."""
    turns: Counter[str] = Counter()
    last: dict[str, int] = {}
    for moment, signals in rubric.moments.items():
        for turn in {s.turn for s in hearing.of(*signals)}:
            turns[moment] += 1
            last[moment] = max(turn, last.get(moment, 0))
    return max(turns, key=lambda m: (turns[m], last[m])) if turns else DEFAULT
