"""Reading for the prompt `pushback`: what the buyer resists, and the five steps in the seller's later turns.

A turn resists by what it says, by what stood before it and by how the seller answers: plain words weigh most, and
whatever the buyer says weighs much where the seller accepts it as fair.
A plain no that the seller takes is no concern any more and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.readings.cues import DELAYS, PLAIN, weigh
from callreview.assessment.readings.handling import Concern, asked, asks, asks_about_it, concerns_of, presses, spans
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

WHOLE = "reading:pushback"
# How many questions of the seller may stand between a concern and what the buyer adds to it.
EXCHANGE_TURNS = 3
# So many turns later the price is still the same concern.
REPEATED = 6
WEIGHTS = {
    "resists": 2.5,
    "refuses": 2.0,
    "has enough": 1.3,
    "murmurs": 0.8,
    "resists by a picture": 0.8,
    "names money": 1.0,
    "small words against": 0.8,
    "opens against": 0.9,
    "after an offer": 1.2,
    "number before": 0.9,
    "offer before": 0.6,
    "accepted": 2.5,
    "called a concern": 1.3,
    "answer turns": 1.0,
    "reframed": 0.7,
    "probed": 0.6,
    "pressed": 0.7,
    "passed over": 0.6,
    "answer assents": 0.5,
    "answer dissents": 0.5,
    "answer goes on": -0.8,
    "short answer": -0.5,
    "no answer": -0.5,
    "taken for a no": -0.5,
    "asked before": -0.6,
    "only asks": -0.6,
    "few words": -0.6,
    "opens in agreement": -0.4,
    "agrees": -0.4,
    "confides": -0.5,
    "tells of a delay": -0.5,
    "takes it back": -2.0,
}
# From this weight a turn resists; below the lesser one not even the likeliest turn does.
ENOUGH = 5.6
LEAST = 4.2
# A seller who handles one concern in so many steps does not pass over another; what looks like it is no concern.
HANDLED = 2
# Acknowledging and checking back are what the highest level asks for.
BEST_FIRST = ("acknowledge", "confirm", "probe", "prove", "reframe")
STEPS = {
    "handling_acknowledge": "acknowledge",
    "handling_noted": "acknowledge",
    "handling_reframe": "reframe",
    "handling_prove": "prove",
    "proof_case": "prove",
    "proof_document": "prove",
    "proof_reference": "prove",
    "proof_trial": "prove",
}


@reading("acknowledge", "probe", "reframe", "prove", "confirm")
def pushback(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each concern, with the steps that handle it."""
    concerns = _concerns(hearing)
    stops = frozenset(t for c in concerns for t in c.turns).union(hearing.turns_with(*DELAYS))
    taken = [
        (c, span)
        for c, span in spans(hearing, concerns, stops, argued=True)
        if span and not _accepted(hearing, c, span)
    ]
    found = [(_is_strong(c), _finding(hearing, c, span)) for c, span in taken]
    handled = any(len(finding.facts) >= HANDLED for _, finding in found)
    for strong, finding in found:
        if strong or finding.facts or not handled:
            yield finding


def _concerns(hearing: Hearing) -> list[Concern]:
    """The buyer's turns that resist; an answer to the seller's question about a concern belongs to it."""
    return concerns_of(
        _resisting_turns(hearing),
        lambda turn: _sightings(hearing, turn),
        lambda before, turn: _same_exchange(hearing, before, turn),
    )


def _resisting_turns(hearing: Hearing) -> list[int]:
    """The turns that weigh enough; where none does, the one that comes nearest to it."""
    weights = weigh(hearing, WEIGHTS)
    least = min(max(weights.values(), default=0.0), ENOUGH)
    return [turn for turn, heavy in weights.items() if heavy >= max(least, LEAST)]


def _sightings(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """What shows the resistance: its own words, or the turn."""
    plain = hearing.in_turn(turn, *PLAIN, "refusal_plain", "delay_base_enough")
    vague = hearing.in_turn(turn, "pushback_indirect", "pushback_mild")[:1]
    return plain or vague or (hearing.whole_turn(turn, "pushback_mild", WHOLE),)


def _is_strong(concern: Concern) -> bool:
    """Resistance that cannot be mistaken: the price, or two kinds at once."""
    kinds = {s.signal for s in concern.sightings}
    return "pushback_price" in kinds or len(kinds) > 1


def _next_seller(hearing: Hearing, turn: int) -> int | None:
    """The seller turn that follows at once."""
    following = turn + 1
    if following <= len(hearing.call.turns) and hearing.side(following) is Side.SELLER:
        return following
    return None


def _same_exchange(hearing: Hearing, before: int, turn: int) -> bool:
    """The buyer goes on in a row, comes back to the price soon, or answers what the seller asks about the concern."""
    if turn - before <= REPEATED and hearing.has(before, "pushback_price") and hearing.has(turn, "pushback_price"):
        return True
    sellers = [t for t in range(before + 1, turn) if hearing.side(t) is Side.SELLER]
    return len(sellers) <= EXCHANGE_TURNS and all(asks(hearing, t) for t in sellers)


def _accepted(hearing: Hearing, concern: Concern, span: tuple[int, ...]) -> bool:
    """A bare no that the seller takes."""
    bare = all(s.signal == "refusal_plain" for s in concern.sightings)
    return bare and any(
        hearing.has(t, "handling_acknowledge", "delay_acted", "autonomy", "seller_takes_no") for t in span[:1]
    )


def _finding(hearing: Hearing, concern: Concern, span: tuple[int, ...]) -> Finding:
    first: dict[str, Sighting] = {}
    every: list[Sighting] = []
    for turn in span:
        steps = {} if presses(hearing, turn) else _steps(hearing, turn)
        first = steps | first
        every += steps.values()
    if not first:
        every.append(hearing.whole_turn(span[0], "pushback_answer", WHOLE))
    best = [first[step] for step in BEST_FIRST if step in first]
    return Finding(facts=frozenset(first), evidence=(concern.sightings[0], *best, *concern.sightings[1:], *every))


def _steps(hearing: Hearing, turn: int) -> dict[str, Sighting]:
    """The steps of one seller turn, each with what shows it."""
    steps = {STEPS[s.signal]: s for s in reversed(hearing.in_turn(turn, *STEPS))}
    if checking := asked(hearing, turn, "handling_confirm"):
        steps["confirm"] = checking[0]
    if asks_about_it(hearing, turn):
        probing = asked(hearing, turn, "handling_probe")
        steps["probe"] = probing[0] if probing else hearing.whole_turn(turn, "handling_probe", WHOLE)
    return steps
