"""Where the call stands: outbound, discovery, demo, proposal, objection, negotiation or renewal."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from callreview.detection.hearing import Hearing
from callreview.rubric.model import Rubric

DEFAULT = "proposal"
# An occasion is said at the start, within this many turns and in so many of them, and decides where it is heard.
OPENING = 16
OCCASIONS = {"outbound": 2, "renewal": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many turns speak of a stage in a call that stands there, and in any other call; and how usual it is."""

    own: float
    other: float
    share: float

    def odds(self, heard: int) -> float:
        """How far so many turns speak for the stage: the log of two Poisson likelihoods' ratio, and its share."""
        return heard * log(self.own / self.other) - (self.own - self.other) + log(self.share)


# Every stage has words of the others in it: papers are quoted in objections, and something is asked everywhere.
STAGES = {
    "discovery": Stage(own=3.5, other=1.0, share=0.14),
    "demo": Stage(own=5.0, other=1.0, share=0.18),
    "proposal": Stage(own=3.3, other=1.3, share=0.31),
    "objection": Stage(own=5.0, other=1.8, share=0.25),
    "negotiation": Stage(own=2.2, other=0.4, share=0.12),
}


def moment_of(hearing: Hearing, rubric: Rubric) -> str:
    """The occasion told in the opening, else the stage that the number of its turns speaks for most."""
    heard = {moment: hearing.turns_with(*signals) for moment, signals in rubric.moments.items()}
    for occasion, least in OCCASIONS.items():
        if sum(turn <= OPENING for turn in heard.get(occasion, ())) >= least:
            return occasion
    spoken = {stage: turns for stage, turns in heard.items() if stage in STAGES and turns}
    return max(spoken, key=lambda stage: (STAGES[stage].odds(len(spoken[stage])), spoken[stage][-1]), default=DEFAULT)
