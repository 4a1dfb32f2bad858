"""What speaks for a turn of the buyer being a concern: its own words, what stands before it, and how it is answered.

People object and hold back in too many ways to list; that the seller takes a turn for an objection is heard as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from callreview.assessment.readings.handling import presses
from callreview.conversation import Side
from callreview.detection.hearing import Hearing

PLAIN = ("pushback_price", "pushback_claim", "pushback_burden")
DELAYS = ("delay_budget", "delay_adoption", "delay_stakeholder", "delay_authority", "delay_limits", "delay_confused")
OFFERS = ("offer_upsell", "offer_cross_sell", "offer_bundle", "offer_put_forward")
# Small words that hold against an offer, and those that hold something up.
AGAINST = frozenset("not no never nobody nothing but already only enough plenty too why just still nor than".split())
HOLDING = frozenset(
    "only until till not no never nobody nothing before first still yet but without unless since now new".split()
)
OPENS_AGAINST = frozenset("no nah nope nae nay never but see hm well come ah oh look sorry".split())
OPENS_FOR = frozenset("yes aye sure ok right grand".split())
ASSENT = frozenset("yes aye ha true fair right sure".split())
DISSENT = frozenset("no not nope nah".split())
FEW = 4
MANY = 25
LATE = 0.5
# A concern is taken up with the first words of the answer.
AT_ONCE = 60
BUT_WITHIN = 25
SAID = {
    "pushback_mild": "murmurs",
    "pushback_indirect": "resists by a picture",
    "pushback_taken_back": "takes it back",
    "consent": "agrees",
    "consent_step": "agrees",
    "delay_told": "confides",
    "delay_hint": "hints at a delay",
    "delay_base_enough": "has enough",
    "refusal_plain": "refuses",
}
ANSWERED_AT_ONCE = {
    "handling_acknowledge": "accepted",
    "handling_concern_named": "called a concern",
    "handling_noted": "noted",
}
ANSWERED = {
    "handling_probe": "probed",
    "handling_reframe": "reframed",
    "handling_prove": "proved",
    "proof_case": "proved",
    "delay_acted": "acted on",
    "seller_takes_no": "taken for a no",
    "handling_moves_on": "passed over",
}


def weigh(hearing: Hearing, weights: Mapping[str, float]) -> dict[int, float]:
    """How much speaks for each turn of the buyer, by what each cue weighs."""
    return {turn: sum(weights.get(cue, 0.0) for cue in cues) for turn, cues in hearing.once(_cues_by_turn).items()}


def _cues_by_turn(hearing: Hearing) -> Mapping[int, tuple[str, ...]]:
    """All that speaks for or against each turn of the buyer, by name."""
    offered = next(iter(hearing.turns_with(*OFFERS)), len(hearing.call.turns))
    return {
        turn: (
            *_cues_in(hearing, turn, offered),
            *_cues_before(hearing, turn - 1),
            *_cues_after(hearing, turn + 1),
        )
        for turn in hearing.turns_of(Side.BUYER)
    }


def _heard(hearing: Hearing, turn: int, names: Mapping[str, str]) -> list[str]:
    return sorted({names[signal] for signal in hearing.signals_in(turn) & names.keys()})


def _cues_in(hearing: Hearing, turn: int, offered: int) -> Iterator[str]:
    yield from _heard(hearing, turn, SAID)
    yield from _wording(hearing.words_in(turn))
    if offered < turn:
        yield "after an offer"
    if turn > LATE * len(hearing.call.turns):
        yield "late"
    if hearing.has(turn, *PLAIN):
        yield "resists"
    if hearing.has(turn, *DELAYS):
        yield "tells of a delay"
    if hearing.quantities_in(turn, "money"):
        yield "names money"
    if all(sentence.is_question for sentence in hearing.sentences_in(turn)):
        yield "only asks"


def _wording(words: Sequence[str]) -> Iterator[str]:
    """What the plain words of the buyer's turn show."""
    if not AGAINST.isdisjoint(words):
        yield "small words against"
    if len(HOLDING.intersection(words)) > 1:
        yield "small words that hold up"
    if not OPENS_AGAINST.isdisjoint(words[:3]):
        yield "opens against"
    if not OPENS_FOR.isdisjoint(words[:2]):
        yield "opens in agreement"
    if len(words) <= FEW:
        yield "few words"
    if len(words) >= MANY:
        yield "many words"


def _cues_before(hearing: Hearing, before: int) -> Iterator[str]:
    if before < 1 or hearing.side(before) is not Side.SELLER:
        return
    if hearing.quantities_in(before, "number", "money"):
        yield "number before"
    if hearing.has(before, *OFFERS):
        yield "offer before"
    if hearing.has(before, "handling_acknowledge", "handling_noted"):
        yield "taken up before"
    if any(sentence.is_question for sentence in hearing.sentences_in(before)):
        yield "asked before"


def _cues_after(hearing: Hearing, after: int) -> Iterator[str]:
    if after > len(hearing.call.turns) or hearing.side(after) is not Side.SELLER:
        yield "no answer"
        return
    for signal, cue in ANSWERED_AT_ONCE.items():
        if any(s.passage.start < AT_ONCE for s in hearing.in_turn(after, signal)):
            yield cue
    yield from _heard(hearing, after, ANSWERED)
    if presses(hearing, after):
        yield "pressed"
    yield from _answer_wording(hearing.words_in(after))


def _answer_wording(words: Sequence[str]) -> Iterator[str]:
    """What the plain words of the answer show."""
    if not ASSENT.isdisjoint(words[:3]):
        yield "answer assents"
    if not DISSENT.isdisjoint(words[:2]):
        yield "answer dissents"
    if words[:1] == ("and",):
        yield "answer goes on"
    if "but" in words[:BUT_WITHIN]:
        yield "answer turns"
    if len(words) <= FEW + 2:
        yield "short answer"
    if len(words) >= MANY:
        yield "long answer"
