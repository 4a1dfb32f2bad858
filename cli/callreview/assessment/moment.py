"""Where the call stands: outbound, discovery, demo, proposal, objection, negotiation or renewal."""

from __future__ import annotations

from callreview.detection.hearing import Hearing
from callreview.rubric.model import Rubric

DEFAULT = "discovery"
# An occasion is said at the start, within this many turns and in so many of them, and decides where it is heard.
OPENING = 16
OCCASIONS = {"outbound": 2, "renewal": 1}
# A stage that is heard in fewer turns than this is touched upon, not gone through.
LEAST = {"demo": 2, "objection": 3, "negotiation": 3, "discovery": 3}
# Resistance is spoken in few turns and answered in many; while something is shown, most turns are about what is seen
# and say nothing of the showing; questions about how things are done are asked at every stage.
WEIGHT = {"demo": 2.0, "objection": 1.5, "negotiation": 1.5, "discovery": 0.7}


def moment_of(hearing: Hearing, rubric: Rubric) -> str:
    """The occasion told in the opening, else the moment that fills most turns; on a tie, the later one."""
    heard = {
        moment: sorted({s.turn for s in hearing.of(*signals)}) for moment, signals in rubric.moments.items() if signals
    }
    for occasion, least in OCCASIONS.items():
        if sum(turn <= OPENING for turn in heard.get(occasion, ())) >= least:
            return occasion
    filled = {m: found for m, found in heard.items() if m not in OCCASIONS and len(found) >= LEAST.get(m, 1)}
    return max(filled, key=lambda m: (WEIGHT.get(m, 1.0) * len(filled[m]), filled[m][-1]), default=DEFAULT)
