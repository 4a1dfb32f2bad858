"""Readings of violations that need more than a phrase.

Stacked pressure, supply named unasked, terms asked for and waved away, bills split to stay under a limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# The signals of pressure that stack, and the kind of pressure that each one is.
PRESSURE = {
    "confirmshaming": "confirmshaming",
    "urgency": "urgency",
    "scarcity": "scarcity",
    "social_pressure": "social_pressure",
    "left_alone": "social_pressure",
}
# How many turns back a question is still being answered.
ANSWER_TURNS = 2
# How many turns back the buyer has named the control.
CONTROL_TURNS = 3


@reading("stacked")
def stacking(hearing: Hearing) -> Iterator[Finding]:
    """Different kinds of pressure in one seller turn, or in two in a row; one finding for each unbroken run."""
    before: frozenset[str] = frozenset()
    stacked = False
    for turn in hearing.turns_of(Side.SELLER):
        pressures = _pressures(hearing, turn)
        kinds = frozenset(PRESSURE[s.signal] for s in pressures)
        stacked = stacked and bool(kinds)
        if kinds and not stacked and len(kinds | before) > 1:
            stacked = True
            yield Finding(facts=frozenset({"stacked"}), evidence=pressures[-1:])
        before = kinds


def _pressures(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    unasked = _unasked_supply(hearing, turn)
    return hearing.in_turn(turn, *PRESSURE) + ((unasked,) if unasked else ())


@reading("pushed")
def supply_named_unasked(hearing: Hearing) -> Iterator[Finding]:
    """ "Only two left", where the buyer did not ask how many there are."""
    for turn in hearing.turns_with("supply_left", side=Side.SELLER):
        if unasked := _unasked_supply(hearing, turn):
            yield Finding(facts=frozenset({"pushed"}), evidence=(unasked,))


def _unasked_supply(hearing: Hearing, turn: int) -> Sighting | None:
    """What is said to be left in a seller's turn, as scarcity, unless the buyer asked for it just before."""
    left = hearing.in_turn(turn, "supply_left")
    if not left or any(hearing.has(t, "capacity_asked") for t in _just_before(turn)):
        return None
    first = left[0]
    return Sighting(
        signal="scarcity",
        passage=first.passage,
        sentence=first.sentence,
        rule=first.rule,
        contexts=first.contexts,
    )


@reading("waved_away")
def hidden_terms_waved_away(hearing: Hearing) -> Iterator[Finding]:
    """The buyer asks for a term; the seller waves it away without saying it or offering to find it out."""
    for turn in hearing.turns_with("waved_away", side=Side.SELLER):
        waved = hearing.in_turn(turn, "waved_away")
        asked = any(hearing.has(t, "term_asked") for t in _just_before(turn))
        if asked and not _term_said(hearing, turn):
            yield Finding(facts=frozenset({"waved_away"}), evidence=waved[:1])


def _term_said(hearing: Hearing, turn: int) -> bool:
    """A figure, a time or a plain yes or no answers the question; so does the promise to find out."""
    return hearing.has(turn, "term_told") or bool(hearing.quantities_in(turn, "money", "percent", "duration"))


@reading("bypassed")
def bill_split_under_limit(hearing: Hearing) -> Iterator[Finding]:
    """One sum split or named otherwise, with a control that is avoided by it or that the buyer has just named."""
    for turn in hearing.turns_with("split_bill", "control_dodged", side=Side.SELLER):
        split = hearing.in_turn(turn, "split_bill")
        avoided = hearing.in_turn(turn, "control_avoided")
        named = any(hearing.has(t, "control_named") for t in range(max(1, turn - CONTROL_TURNS), turn))
        dodged = hearing.in_turn(turn, "control_dodged") if named else ()
        if dodged or (split and avoided):
            yield Finding(facts=frozenset({"bypassed"}), evidence=(*avoided[:1], *split[:1], *dodged[:1])[:1])


@reading("free")
def free_choice(hearing: Hearing) -> Iterator[Finding]:
    """The choice is left to the buyer, in a turn that does not press at the same time."""
    for turn in hearing.turns_with("autonomy", side=Side.SELLER):
        left = hearing.in_turn(turn, "autonomy")
        if not hearing.has(turn, "coercion") and not _pressures(hearing, turn):
            yield Finding(facts=frozenset({"free"}), evidence=left[:1])


@reading("consented")
def consent_given(hearing: Hearing) -> Iterator[Finding]:
    """The buyer takes an option in words, or agrees to a step that the seller has just put to them."""
    for turn in hearing.turns_with("consent", "consent_step", side=Side.BUYER):
        given = hearing.in_turn(turn, "consent")
        if not given and any(hearing.has(t, "step_put") for t in _just_before(turn)):
            given = hearing.in_turn(turn, "consent_step")
        if given:
            yield Finding(facts=frozenset({"consented"}), evidence=given[:1])


def _just_before(turn: int) -> range:
    return range(max(1, turn - ANSWER_TURNS), turn)
