"""Recitation: the playbook's own words, piled up, earn nothing.

A run is what the seller says before the buyer takes it up in more than a few words. Where a run holds several
different words of the playbook and no number that the buyer gave, evidence from it reaches level 1 at most, and the
review says so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from callreview.conversation import Side
from callreview.detection.hearing import Hearing

DIFFERENT_WORDS = 3
UPTAKE_WORDS = 4
TELLING_NUMBER = 5
RECITED_CAP = 1


def recited_turns(hearing: Hearing, signals: Collection[str]) -> frozenset[int]:
    """The 1-based numbers of the seller turns in which the playbook is recited; `signals` hear its words."""
    piled = [run for run in _runs(hearing) if _rules(hearing, signals, run) >= DIFFERENT_WORDS]
    if not piled:
        return frozenset()
    said = _values(hearing, hearing.turns_of(Side.BUYER))
    return frozenset(turn for run in piled if said.isdisjoint(_values(hearing, run)) for turn in run)


def _values(hearing: Hearing, turns: Iterable[int]) -> set[float]:
    """The numbers of turns that are large enough to be this call's own."""
    return {v for turn in turns for q in hearing.quantities_in(turn) for v in q.values if v >= TELLING_NUMBER}


def _runs(hearing: Hearing) -> Iterator[list[int]]:
    run: list[int] = []
    for turn in hearing.call.turns:
        if hearing.side(turn.number) is Side.SELLER:
            run.append(turn.number)
        elif len(hearing.words_in(turn.number)) > UPTAKE_WORDS:
            if run:
                yield run
            run = []
    if run:
        yield run


def _rules(hearing: Hearing, signals: Collection[str], run: list[int]) -> int:
    """How many different words of the playbook are said in a run."""
    return len({s.rule for turn in run for s in hearing.in_turn(turn, *signals)})
