"""Reading for the prompt `delay`: what speaks for waiting, and what the seller makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.readings.cues import DELAYS, weigh
from callreview.assessment.readings.handling import (
    COMMON,
    LEAST_LETTERS,
    LONG_CALL,
    Concern,
    asks_about_it,
    concerns_of,
    opens,
    presses,
    spans,
)
from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing, Sighting

# Signals that come within so many turns of each other are one story.
ONE_STORY = 3
WHOLE = "reading:delay"
WEIGHTS = {
    "tells of a delay": 2.6,
    "has enough": 2.0,
    "confides": 1.2,
    "hints at a delay": 0.9,
    "small words that hold up": 0.9,
    "many words": 0.9,
    "murmurs": 0.5,
    "late": 0.7,
    "noted": 1.2,
    "acted on": 1.0,
    "answer turns": 1.2,
    "answer assents": 0.8,
    "long answer": 0.6,
    "probed": 0.4,
    "taken for a no": 0.4,
    "resists": -0.8,
    "refuses": -0.7,
    "called a concern": -0.6,
    "taken up before": -0.6,
    "reframed": -0.6,
    "proved": -0.5,
    "only asks": -0.5,
    "agrees": -0.5,
    "answer goes on": -0.5,
    "opens against": -0.4,
    "passed over": -0.4,
}
TOLD = (*DELAYS, "delay_base_enough")
# From this weight a turn tells of something that should wait, plainly or not; below the least not even the likeliest.
ENOUGH_IF_TOLD = 5.0
ENOUGH = 6.4
LEAST = 4.6
# Plain words need less around them, and a short talk has less of a run-up.
LEAST_IF_TOLD = 3.4
# An answer of substance takes some words.
FULL_ANSWER = 20
SOON = 3
DOERS = frozenset("i we us let".split())
BEST_FIRST = ("acted_on", "explored", "acknowledged")


@reading("acknowledged", "explored", "acted_on")
def delay(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each signal, or story of signals."""
    concerns = _concerns(hearing)
    stops = frozenset(t for c in concerns for t in c.turns)
    found = [_finding(hearing, concern, span) for concern, span in spans(hearing, concerns, stops) if span]
    heeded = any(finding.facts & {"explored", "acted_on"} for finding in found)
    for finding in found:
        if finding.facts or not heeded or any(presses(hearing, s.turn) for s in finding.evidence):
            yield finding


def _concerns(hearing: Hearing) -> list[Concern]:
    return concerns_of(
        _telling_turns(hearing),
        lambda turn: hearing.in_turn(turn, *TOLD) or (hearing.whole_turn(turn, "delay_hint", WHOLE),),
        lambda before, turn: turn - before <= ONE_STORY,
    )


def _telling_turns(hearing: Hearing) -> list[int]:
    """The turns that weigh enough; where none does, the one that comes nearest to it."""
    weights = {turn: heavy for turn, heavy in weigh(hearing, WEIGHTS).items() if not opens(hearing, turn)}
    likeliest = max(weights.values(), default=0.0)
    return [t for t, heavy in weights.items() if heavy >= _enough(hearing, t, likeliest)]


def _enough(hearing: Hearing, turn: int, likeliest: float) -> float:
    told = hearing.has(turn, *TOLD)
    least = LEAST_IF_TOLD if told or len(hearing.call.turns) < LONG_CALL else LEAST
    return max(least, min(likeliest, ENOUGH_IF_TOLD if told else ENOUGH))


def _finding(hearing: Hearing, concern: Concern, span: tuple[int, ...]) -> Finding:
    steps: dict[str, Sighting] = {}
    shown: list[Sighting] = []
    own = _own_words(hearing, concern)
    for turn in span:
        for fact, sighting in () if presses(hearing, turn) else _steps(hearing, concern, turn, own):
            steps.setdefault(fact, sighting)
            shown.append(sighting)
    if not steps:
        shown.append(hearing.whole_turn(span[0], "delay_answer", WHOLE))
    best = [steps[fact] for fact in BEST_FIRST if fact in steps]
    return Finding(facts=frozenset(steps), evidence=(concern.sightings[0], *best, *concern.sightings[1:], *shown))


def _steps(hearing: Hearing, concern: Concern, turn: int, own: frozenset[str]) -> Iterator[tuple[str, Sighting]]:
    if acted := [s for s in hearing.in_turn(turn, "delay_acted") if _proposed(hearing, s)]:
        yield "acted_on", acted[0]
    if noted := hearing.in_turn(turn, "handling_noted", "handling_acknowledge"):
        yield "acknowledged", noted[0]
    if asks_about_it(hearing, turn):
        yield "explored", hearing.whole_turn(turn, "delay_asked", WHOLE)
    elif _answers(hearing, concern, turn, own):
        yield "explored", hearing.whole_turn(turn, "delay_answered", WHOLE)


def _proposed(hearing: Hearing, action: Sighting) -> bool:
    """A question proposes something only where it names who would do it."""
    sentence = hearing.sentence_at(action.passage)
    return sentence is None or not sentence.is_question or bool(DOERS.intersection(sentence.words))


def _own_words(hearing: Hearing, concern: Concern) -> frozenset[str]:
    """The words that the buyer brings into the talk."""
    said = frozenset(w for t in concern.turns for w in hearing.words_in(t) if len(w) >= LEAST_LETTERS)
    return said - COMMON.union(hearing.words_in(concern.turns[0] - 1))


def _answers(hearing: Hearing, concern: Concern, turn: int, own: frozenset[str]) -> bool:
    """A full answer that takes up the buyer's words."""
    said = hearing.words_in(turn)
    soon = turn - concern.turns[-1] <= SOON
    return soon and len(said) >= FULL_ANSWER and not own.isdisjoint(said)
