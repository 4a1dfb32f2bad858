"""Where the call stands: outbound, discovery, demo, proposal, objection, negotiation or renewal."""

from __future__ import annotations

from collections import Counter

from callreview.detection.hearing import Hearing
from callreview.rubric.model import Rubric

DEFAULT = "discovery"
# An occasion is said at the start, within this many turns, and decides where it is heard in as many turns.
OPENING = 16
OCCASIONS = {"outbound": 2, "renewal": 1}
# While something is shown, most turns are about what is seen and say nothing of the showing.
WEIGHT = {"demo": 2}


def moment_of(hearing: Hearing, rubric: Rubric) -> str:
    """The occasion told in the opening, else the moment that fills most turns; on a tie, the later one."""
    heard = {
        moment: sorted({s.turn for s in hearing.of(*signals)}) for moment, signals in rubric.moments.items() if signals
    }
    for occasion, least in OCCASIONS.items():
        if sum(turn <= OPENING for turn in heard.get(occasion, ())) >= least:
            return occasion
    turns = Counter({m: WEIGHT.get(m, 1) * len(found) for m, found in heard.items() if found and m not in OCCASIONS})
    return max(turns, key=lambda m: (turns[m], heard[m][-1])) if turns else DEFAULT
