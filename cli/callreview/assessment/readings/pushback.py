"""Reading for the prompt `pushback`: what the buyer resists, and the five steps in the seller's later turns.

Plain resistance counts by itself. A murmur ("come on", "but ...") counts where the seller accepts it as fair, and
whatever the buyer says counts where the seller answers it as a worry or a doubt.
A plain no that the seller takes is no concern any more and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.readings.handling import Concern, asked, asks, asks_about_it, presses, spans
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

PLAIN = ("pushback_price", "pushback_claim", "pushback_burden")
WHOLE = "reading:pushback"
# A concern is taken up with the first words of the answer.
AT_ONCE = 60
OFFERS = ("offer_upsell", "offer_cross_sell", "offer_bundle", "offer_put_forward")
# How many questions of the seller may stand between a concern and what the buyer adds to it.
EXCHANGE_TURNS = 3
# So many turns later the price is still the same concern.
REPEATED = 6
# Small words that hold against an offer, and the weight from which a turn is taken for resistance.
AGAINST = frozenset("not no never nobody nothing but already only enough plenty too why just still nor than".split())
ENOUGH = 5
DELAYS = ("delay_budget", "delay_adoption", "delay_stakeholder", "delay_authority", "delay_limits", "delay_confused")
# Murmurs that say too little by themselves.
BARE = frozenset("not n't nt no never nobody nothing already only still".split())
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
    stops = sorted({t for c in concerns for t in c.turns} | {s.turn for s in hearing.of(*DELAYS)})
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
    concerns: list[Concern] = []
    for turn in hearing.turns_of(Side.BUYER):
        resisting = _resisting(hearing, turn)
        if not resisting:
            continue
        if concerns and _same_exchange(hearing, concerns[-1].turns[-1], turn):
            concerns[-1] = Concern((*concerns[-1].sightings, *resisting))
        else:
            concerns.append(Concern(resisting))
    if any(s.signal != "pushback_mild" for concern in concerns for s in concern.sightings):
        concerns = [concern for concern in concerns if not _barely(hearing, concern)]
    return concerns or _likeliest(hearing)


def _barely(hearing: Hearing, concern: Concern) -> bool:
    """Nothing but a small word; beside plain resistance that is none."""
    return all(
        s.signal == "pushback_mild" and s.rule != WHOLE and hearing.call.quote(s.passage).lower() in BARE
        for s in concern.sightings
    )


def _likeliest(hearing: Hearing) -> list[Concern]:
    """Where no resistance was heard plainly: the answer to an offer that most looks like it."""
    weighed = [(_weight(hearing, turn), -turn) for turn in hearing.turns_of(Side.BUYER) if _next_seller(hearing, turn)]
    best, turn = max(weighed, default=(0, 0))
    return [Concern((hearing.whole_turn(-turn, "pushback_mild", WHOLE),))] if best >= ENOUGH else []


def _weight(hearing: Hearing, turn: int) -> int:
    """How much in a turn, before it and in its answer speaks for resistance."""
    words = hearing.words_in(turn)
    asked_only = all(sentence.is_question for sentence in hearing.sentences_in(turn))
    answer = {STEPS[s.signal] for s in hearing.in_turn(turn + 1, *STEPS)}
    offered = turn > 1 and hearing.side(turn - 1) is Side.SELLER
    return (
        2 * (offered and (hearing.has(turn - 1, *OFFERS) or bool(hearing.quantities_in(turn - 1, "money", "number"))))
        + min(2, len(AGAINST.intersection(words)))
        + hearing.has(turn, "pushback_mild")
        + min(2, len(answer))
        - 2 * hearing.has(turn, *DELAYS, "delay_base_enough", "consent", "consent_step", "pushback_taken_back")
        - asked_only
    )


def _resisting(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    if hearing.has(turn, "pushback_taken_back"):
        return ()
    plain = hearing.in_turn(turn, *PLAIN)
    if any(offer.turn < turn for offer in hearing.of(*OFFERS)):
        plain += hearing.in_turn(turn, "refusal_plain", "delay_base_enough")
    if plain:
        return plain
    if hearing.has(turn, *DELAYS):
        return ()
    following = _next_seller(hearing, turn)
    if following and any(s.passage.start < AT_ONCE for s in hearing.in_turn(following, "handling_concern_named")):
        return hearing.in_turn(turn, "pushback_mild")[:1] or (hearing.whole_turn(turn, "pushback_mild", WHOLE),)
    if following and any(s.passage.start < AT_ONCE for s in hearing.in_turn(following, "handling_acknowledge")):
        return hearing.in_turn(turn, "pushback_mild")[:1]
    return ()


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
