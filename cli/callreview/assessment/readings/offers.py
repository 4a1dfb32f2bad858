"""Readings of violations about what is offered and when: premature, insistence, base sufficient, forced change."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from callreview.assessment.offers import OTHER_KINDS, offer_names, refused_names, upsells
from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# A buyer who has talked at length, or for long, has hardly said nothing of what is wanted.
EARLY_TURNS = 18
LONG_TURN = 35
# How many of the seller's next turns may still answer the buyer who said that the base does the job.
ANSWER_TURNS = 2
# How near, in turns, the price or the compulsion stands to the change that is called an upgrade.
CHANGE_TURNS = 8
# How many turns on from a change the praise for it may come, and how many before it the price: the next one.
TOLD_TURNS = 3
# A short reply such as "I'm only saying" belongs to the insistence before it.
SAME_PUSH_TURNS = 2
# How many turns a refusal holds, until it is said again; and how near, in characters, an offer's name stands.
REFUSED_TURNS = 25
AGAIN = ("offer_again", "offer_put_forward", "offer_upsell")
NAME_CHARS = 60
_EDGE = re.compile(r"\b")


@reading()
def premature(hearing: Hearing) -> Iterator[Finding]:
    """The first upsell, where the buyer has said no outcome, problem or need before, and the seller cites none."""
    first = next((s for s in upsells(hearing) if s.signal == "offer_upsell" or _beside_base(hearing, s)), None)
    if first is None:
        return
    before = range(1, first.turn)
    if first.turn > EARLY_TURNS or any(len(hearing.words_in(t)) >= LONG_TURN for t in _buyer_turns(hearing, before)):
        return
    if hearing.of("need_stated", turns=before) or _asked_and_answered(hearing, before):
        return
    if hearing.of("need_cited", turns=range(1, first.turn + 1)):
        return
    yield _violation(first)


@reading()
def insistence(hearing: Hearing) -> Iterator[Finding]:
    """Each seller turn that puts the upgrade forward again soon after the buyer's plain refusal, with nothing new."""
    last_push = -SAME_PUSH_TURNS
    refusals = _refusals(hearing)
    if not refusals:
        return
    names = offer_names(hearing, refusals[0]) | refused_names(hearing, refusals)
    for turn in hearing.turns_with("offer_on_paper", *AGAIN, side=Side.SELLER):
        refused = bisect_left(refusals, turn)
        if turn - last_push <= SAME_PUSH_TURNS or not refused or turn - refusals[refused - 1] > REFUSED_TURNS:
            continue
        push = _push(hearing, turn, names)
        if push:
            last_push = turn
            yield _violation(push)


@reading()
def base_sufficient(hearing: Hearing) -> Iterator[Finding]:
    """The seller turn that sells up although the buyer has just said that the base does what they need."""
    offered = _first_offer(hearing)
    sellers = hearing.turns_of(Side.SELLER)
    for turn in hearing.turns_with("delay_base_enough"):
        after = bisect_right(sellers, turn)
        answers = sellers[after : after + ANSWER_TURNS] if turn > offered else ()
        push = next((p for t in answers if (p := _selling_up(hearing, t, turn))), None)
        if push:
            yield _violation(push)
            return


@reading()
def forced_change(hearing: Hearing) -> Iterator[Finding]:
    """A change that the seller calls an upgrade, where a price or a compulsion near by shows what it is."""
    last = -CHANGE_TURNS
    for called in sorted((*hearing.of("forced_change"), *_praised_changes(hearing)), key=lambda s: s.turn):
        near = range(called.turn - TOLD_TURNS, called.turn + CHANGE_TURNS)
        if called.turn - last >= CHANGE_TURNS and hearing.of("offer_price_increase", "no_choice", turns=near):
            last = called.turn
            yield _violation(called)


def _praised_changes(hearing: Hearing) -> tuple[Sighting, ...]:
    """Praise in the turn that tells of a settled change, or in the seller's next, where the price is told as well."""
    praised: list[Sighting] = []
    for told in hearing.of("change_told"):
        turns = range(told.turn, told.turn + TOLD_TURNS)
        near = range(told.turn - TOLD_TURNS, told.turn + CHANGE_TURNS)
        if hearing.of("offer_price_increase", "no_choice", turns=near):
            praised += hearing.of("change_praised", turns=turns)[:1]
    return tuple(praised)


def _asked_and_answered(hearing: Hearing, turns: range) -> bool:
    """The seller has asked what is wanted or what hurts, and the buyer has had a turn to say it."""
    answered = _buyer_turns(hearing, turns)
    return any(s.turn + 1 in answered for s in hearing.of("need_asked", turns=turns))


def _beside_base(hearing: Hearing, offer: Sighting) -> bool:
    """A proposal in a turn that also names the smaller scope."""
    return offer.signal == "offer_put_forward" and hearing.has(offer.turn, "offer_base_named", "offer_tiers")


def _buyer_turns(hearing: Hearing, turns: range) -> list[int]:
    return [t for t in turns if hearing.side(t) is Side.BUYER]


def _violation(where: Sighting) -> Finding:
    return Finding(facts=frozenset(), evidence=(where,))


def _refusals(hearing: Hearing) -> tuple[int, ...]:
    """The buyer's plain refusals after an upsell was put forward."""
    offered = _first_offer(hearing)
    return tuple(s.turn for s in hearing.of("refusal_plain") if s.turn > offered)


def _first_offer(hearing: Hearing) -> int:
    """The turn of the first upsell, by strong signs or, where there are none, by a proposal or a comparison."""
    offers = upsells(hearing) or hearing.of("offer_put_forward", "offer_compared")
    return offers[0].turn if offers else len(hearing.call.turns)


def _push(hearing: Hearing, turn: int, names: frozenset[str]) -> Sighting | None:
    """The refused offer put forward again: on the order all the same, or got ready or proposed by its name."""
    if hearing.has(turn, "seller_takes_no", *OTHER_KINDS) or _asked_for(hearing, turn, names):
        return None
    on_paper = hearing.in_turn(turn, "offer_on_paper")
    again = hearing.in_turn(turn, *AGAIN)
    return next(iter(on_paper + tuple(s for s in again if _named_by(hearing, s, names))), None)


def _named_by(hearing: Hearing, offer: Sighting, names: frozenset[str]) -> bool:
    """A name of the offer stands in the phrase or close to it."""
    text, at = hearing.call.turn(offer.turn).text, offer.passage
    near = text[max(0, at.start - NAME_CHARS) : at.end + NAME_CHARS].lower()
    lengths = set(map(len, names))
    return any(near[m.start() : m.start() + length] in names for m in _EDGE.finditer(near) for length in lengths)


def _asked_for(hearing: Hearing, turn: int, names: frozenset[str]) -> bool:
    """The turn answers the buyer's question about the offer."""
    return hearing.side(turn - 1) is Side.BUYER and any(
        sentence.is_question and names.intersection(sentence.words) for sentence in hearing.sentences_in(turn - 1)
    )


def _selling_up(hearing: Hearing, turn: int, enough: int) -> Sighting | None:
    """An answer that goes on with the larger scope instead of taking the buyer's word of the turn before."""
    if hearing.has(turn, "seller_takes_no"):
        return None
    offers = upsells(hearing)
    at = bisect_left(offers, turn, key=lambda s: s.turn)
    if at < len(offers) and offers[at].turn == turn:
        return offers[at]
    talk = hearing.in_turn(turn, "offer_again", "offer_praised")
    names = offer_names(hearing, enough) if talk else frozenset()
    return next((s for s in talk if _named_by(hearing, s, names)), None)
