"""Reading for the prompt `delay`: what speaks for waiting, and what the seller makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.readings.handling import Concern, asks_about_it, presses, spans
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

SIGNALS = (
    "delay_budget",
    "delay_base_enough",
    "delay_adoption",
    "delay_stakeholder",
    "delay_authority",
    "delay_limits",
    "delay_confused",
)
# Signals that come within so many turns of each other are one story.
ONE_STORY = 3
# What the seller does about a signal may come a little later.
LATER = 8


@reading
def delay(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each signal, or story of signals."""
    concerns = _concerns(hearing)
    stops = sorted({t for c in concerns for t in c.turns})
    found = [_finding(hearing, concern, span) for concern, span in spans(hearing, concerns, stops) if span]
    heeded = any(finding.facts & {"explored", "acted_on"} for finding in found)
    for finding in found:
        if finding.facts or not heeded or any(presses(hearing, s.turn) for s in finding.evidence):
            yield finding


def _concerns(hearing: Hearing) -> list[Concern]:
    concerns: list[Concern] = []
    for signal in hearing.of(*SIGNALS):
        if concerns and signal.turn - concerns[-1].turns[-1] <= ONE_STORY:
            concerns[-1] = Concern((*concerns[-1].sightings, signal))
        else:
            concerns.append(Concern((signal,)))
    return concerns


def _finding(hearing: Hearing, concern: Concern, span: tuple[int, ...]) -> Finding:
    steps: dict[str, Sighting] = {}
    shown: list[Sighting] = []
    for turn in span:
        for fact, sighting in () if presses(hearing, turn) else _steps(hearing, turn):
            steps.setdefault(fact, sighting)
            shown.append(sighting)
    acted = _acted(hearing, concern.turns[0])
    if acted:
        steps["acted_on"] = acted
        shown.append(acted)
    if not steps:
        shown.append(hearing.whole_turn(span[0], "delay_answer", "reading:delay"))
    return Finding(facts=frozenset(steps), evidence=(*concern.sightings, *shown))


def _acted(hearing: Hearing, start: int) -> Sighting | None:
    """What the seller does that heeds the signal, in this turn or soon after."""
    for turn in range(start + 1, min(start + LATER, len(hearing.call.turns)) + 1):
        if hearing.side(turn) is Side.SELLER and not presses(hearing, turn) and hearing.has(turn, "delay_acted"):
            return hearing.in_turn(turn, "delay_acted")[0]
    return None


def _steps(hearing: Hearing, turn: int) -> Iterator[tuple[str, Sighting]]:
    if noted := hearing.in_turn(turn, "handling_noted", "handling_acknowledge"):
        yield "acknowledged", noted[0]
    if asks_about_it(hearing, turn):
        yield "explored", hearing.whole_turn(turn, "delay_asked", "reading:delay")
