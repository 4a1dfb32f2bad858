"""Reading for the prompt `delay`: what speaks for waiting, and what the seller makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.readings.handling import (
    COMMON,
    LEAST_LETTERS,
    LONG_CALL,
    Concern,
    asks_about_it,
    opens,
    presses,
    spans,
)
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
WHOLE = "reading:delay"
OFFERS = ("offer_upsell", "offer_put_forward", "offer_tiers", "offer_cross_sell", "offer_bundle")
RESISTING = ("pushback_price", "pushback_claim", "pushback_burden", "refusal_plain", "consent", "consent_step")
# Small words that hold something up.
HOLDING = frozenset(
    "only until till not no never nobody nothing before first still yet but without unless since now new".split()
)
# A turn of this weight is taken for a signal where no plain one is heard; few turns weigh that much by chance in a
# short talk, where there is less of a run-up as well.
ENOUGH = 5.0
ENOUGH_IN_SHORT = 2.5
# What weighs so much less than the weightiest signal is a word in passing.
IN_PASSING = 4.0
LEAST_WORDS = 12
LONG_TURN = 60
# An answer of substance takes some words.
FULL_ANSWER = 20
SOON = 3
DOERS = frozenset("i we us let".split())
BEST_FIRST = ("acted_on", "explored", "acknowledged")


@reading("acknowledged", "explored", "acted_on")
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
    for signal in _signals(hearing):
        if concerns and signal.turn - concerns[-1].turns[-1] <= ONE_STORY:
            concerns[-1] = Concern((*concerns[-1].sightings, signal))
        else:
            concerns.append(Concern((signal,)))
    weights = [max(_weight(hearing, turn) for turn in concern.turns) for concern in concerns]
    return [c for c, weight in zip(concerns, weights, strict=True) if weight > max(weights) - IN_PASSING or _plain(c)]


def _plain(concern: Concern) -> bool:
    """That the base option does all is seldom led up to."""
    return any(s.signal == "delay_base_enough" for s in concern.sightings)


def _signals(hearing: Hearing) -> list[Sighting]:
    """Plain signals; where none is heard, the buyer's turn that most looks like one."""
    plain = [s for s in hearing.of(*SIGNALS) if not opens(hearing, s.turn)]
    if plain:
        return plain
    weighed = [(_weight(hearing, turn), turn) for turn in _told_at_length(hearing)]
    best, turn = max(weighed, default=(0.0, 0))
    enough = ENOUGH if len(hearing.call.turns) >= LONG_CALL else ENOUGH_IN_SHORT
    return [hearing.whole_turn(turn, "delay_hint", WHOLE)] if best >= enough else []


def _told_at_length(hearing: Hearing) -> Iterator[int]:
    """The buyer's turns of some length that the seller answers at once."""
    last = len(hearing.call.turns)
    for turn in hearing.turns_of(Side.BUYER):
        answered = turn < last and hearing.side(turn + 1) is Side.SELLER
        if answered and not opens(hearing, turn) and len(hearing.words_in(turn)) >= LEAST_WORDS:
            yield turn


def _weight(hearing: Hearing, turn: int) -> float:
    """How much in a turn and in its answer speaks for waiting: run-up, words, place, what the seller does."""
    words = hearing.words_in(turn)
    offered = any(offer.turn < turn for offer in hearing.of(*OFFERS))
    against = hearing.has(turn, *RESISTING)
    return (
        2 * hearing.has(turn, "delay_told")
        + hearing.has(turn, "delay_hint")
        + min(2, len(HOLDING.intersection(words)))
        + 2 * hearing.has(turn + 1, "delay_acted")
        + hearing.has(turn + 1, "handling_noted")
        + hearing.has(turn + 1, "handling_acknowledge")
        + offered
        + min(1.0, len(words) / LONG_TURN)
        - 2 * against
        - any(sentence.is_question for sentence in hearing.sentences_in(turn))
    )


def _finding(hearing: Hearing, concern: Concern, span: tuple[int, ...]) -> Finding:
    steps: dict[str, Sighting] = {}
    shown: list[Sighting] = []
    for turn in span:
        for fact, sighting in () if presses(hearing, turn) else _steps(hearing, concern, turn):
            steps.setdefault(fact, sighting)
            shown.append(sighting)
    if not steps:
        shown.append(hearing.whole_turn(span[0], "delay_answer", WHOLE))
    best = [steps[fact] for fact in BEST_FIRST if fact in steps]
    return Finding(facts=frozenset(steps), evidence=(concern.sightings[0], *best, *concern.sightings[1:], *shown))


def _steps(hearing: Hearing, concern: Concern, turn: int) -> Iterator[tuple[str, Sighting]]:
    if acted := [s for s in hearing.in_turn(turn, "delay_acted") if _proposed(hearing, s)]:
        yield "acted_on", acted[0]
    if noted := hearing.in_turn(turn, "handling_noted", "handling_acknowledge"):
        yield "acknowledged", noted[0]
    if asks_about_it(hearing, turn):
        yield "explored", hearing.whole_turn(turn, "delay_asked", WHOLE)
    elif _answers(hearing, concern, turn):
        yield "explored", hearing.whole_turn(turn, "delay_answered", WHOLE)


def _proposed(hearing: Hearing, action: Sighting) -> bool:
    """A question proposes something only where it names who would do it."""
    sentence = hearing.sentence_at(action.passage)
    return sentence is None or not sentence.is_question or bool(DOERS.intersection(sentence.words))


def _answers(hearing: Hearing, concern: Concern, turn: int) -> bool:
    """A full answer that takes up the buyer's words."""
    said = hearing.words_in(turn)
    before = hearing.words_in(concern.turns[0] - 1) if concern.turns[0] > 1 else ()
    own = {w for t in concern.turns for w in hearing.words_in(t) if len(w) >= LEAST_LETTERS}
    own -= COMMON.union(before)
    soon = turn - concern.turns[-1] <= SOON
    return soon and len(said) >= FULL_ANSWER and bool(own.intersection(said))
