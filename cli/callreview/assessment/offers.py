"""What the seller puts forward: an upsell, a cross-sell, a bundle, a price increase."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, takewhile

from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting
from callreview.detection.words import FUNCTION_WORDS, NUMBER_WORDS

KINDS = ("upsell", "cross_sell", "bundle", "price_increase")
OTHER_KINDS = ("offer_cross_sell", "offer_bundle", "forced_change")
# A first contact mostly sells what the buyer does not have yet.
FIRST_CONTACT = "moment_outbound"
# What hints at a larger scope beside a smaller one, and in how many of the seller's turns that is enough.
WEAK_SIGNS = ("offer_base_named", "offer_put_forward", "offer_compared")
WEAK_TURNS = 3
BESIDE = ("offer_base_named", "offer_put_forward")
BESIDE_OTHERS = 4
# How many words after the start of an offer name what is offered.
NAMING_WORDS = 24
# How many words of content, from the mention of the smaller scope on, name it.
BASE_WORDS = 1
# How many characters before it may name it already ("... is Atlas, so that is what I'd put you on").
BEFORE_OFFER = 40
# Words after which the buyer names what is kept.
KEPT = frozenset("stay staying stick sticking keep keeping take taking leave renew on with only just".split())
_WORD = re.compile(r"[^\W\d_]+")
_NOT_NAMES = frozenset(
    (
        "yes ok want like going would could look think know got let way ways option options month year week day "
        "today now thing things lot bit said say price money just right well good one two three four new time "
        "people lads guys need come morning went comes going plan package propose suggest stay staying stop remain "
        "keep sorry please days weeks months years hours hour minutes pounds euros dollars cost costs really"
    ).split()
)
# Numbers too common to name an offer.
_SMALL = frozenset("one two three four first second hundred thousand half couple and".split())
_NO_NAMES = FUNCTION_WORDS | NUMBER_WORDS | _NOT_NAMES


def kinds_of_offer(hearing: Hearing) -> tuple[str, ...]:
    """The kinds of offer that the seller makes, as far as heard."""
    return tuple(
        kind for kind in KINDS if (is_upsell(hearing) if kind == "upsell" else hearing.turns_with(f"offer_{kind}"))
    )


def is_upsell(hearing: Hearing) -> bool:
    """True where more of the same solution is put before the buyer, as far as the whole call lets it be known.

    Most calls offer more, each trade in its own words. So the weak signs (small against large, more against less) are
    enough where nothing else is heard to be sold, and must stand beside a strong one where something else is. A weak
    sign of comparison alone is none: who sells the first one compares as well.
    """
    strong = {*(s.turn for s in upsells(hearing)), *hearing.turns_with("offer_stay")}
    weak = hearing.turns_with(*WEAK_SIGNS)
    if hearing.turns_with(*OTHER_KINDS) or len(hearing.turns_with(FIRST_CONTACT)) > 1:
        return bool(strong) and len(strong.union(weak)) >= BESIDE_OTHERS
    return bool(strong) or (len(weak) >= WEAK_TURNS and bool(hearing.turns_with(*BESIDE)))


def upsells(hearing: Hearing) -> tuple[Sighting, ...]:
    """Where an upsell is put forward, in call order.

    Words of a larger tier are one by themselves; a proposal without them ("what I'd suggest is ...") is one only where
    the seller also names a larger or the smaller scope in the call, and no other product or bundle in that turn.
    """
    return hearing.once(_upsells)


def _upsells(hearing: Hearing) -> tuple[Sighting, ...]:
    if not hearing.turns_with("offer_upsell", "offer_tiers", "offer_base_named"):
        return ()
    larger = hearing.of("offer_upsell", "offer_tiers", "offer_put_forward")
    return tuple(s for s in larger if not hearing.has(s.turn, *OTHER_KINDS))


def offer_names(hearing: Hearing, before: int) -> frozenset[str]:
    """Words that name what was put forward in the turns before this one: said there, and again by the seller."""
    return frozenset(word for word, turn in hearing.once(_named_first).items() if turn < before)


def _named_first(hearing: Hearing) -> dict[str, int]:
    """The words that name what is put forward, with the turn in which each first does."""
    offers = upsells(hearing)
    if not offers:
        return {}
    by_seller = Counter(_different_words(hearing, hearing.turns_of(Side.SELLER)))
    passing = Counter(_different_words(hearing, range(1, offers[0].turn)))
    smaller = {word for s in hearing.of("offer_base_named") for word in _words_after(hearing, s)[:BASE_WORDS]}
    named: dict[str, int] = {}
    for s in offers:
        for word in _words_after(hearing, s, BEFORE_OFFER):
            if word not in smaller and passing[word] < 2 <= by_seller[word]:
                named.setdefault(word, s.turn)
    return named


def _different_words(hearing: Hearing, turns: Iterable[int]) -> Iterator[str]:
    """The words of turns, each once a turn."""
    return chain.from_iterable(set(hearing.words_in(turn)) for turn in turns)


def refused_names(hearing: Hearing, refusals: Sequence[int]) -> frozenset[str]:
    """Words of the seller that the buyer says in refusing, before saying what is kept instead."""
    first = min(refusals)
    before = takewhile(lambda turn: turn < first, hearing.turns_of(Side.SELLER))
    said = set(_different_words(hearing, before))
    refused = {w for s in hearing.of("refusal_plain", turns=refusals) for w in _until_kept(hearing, s)}
    return frozenset(w for w in refused & said if len(w) > 2 and (w not in _NO_NAMES or w in NUMBER_WORDS - _SMALL))


def _until_kept(hearing: Hearing, refusal: Sighting) -> list[str]:
    words = list(takewhile(lambda word: word not in KEPT, _refusing_words(hearing, refusal)))
    return words[-NAMING_WORDS:]


def _refusing_words(hearing: Hearing, refusal: Sighting) -> tuple[str, ...]:
    sentence = hearing.sentence_at(refusal.passage)
    return sentence.words if sentence else ()


def _words_after(hearing: Hearing, offer: Sighting, ahead: int = 0) -> list[str]:
    """The words of content from the start of an offer on, or from a few characters `ahead` of it."""
    found = _WORD.finditer(hearing.call.turn(offer.turn).text, max(0, offer.passage.start - ahead))
    words = [match[0].lower() for match in islice(found, NAMING_WORDS)]
    return [w for w in words if len(w) > 2 and w not in _NO_NAMES]
