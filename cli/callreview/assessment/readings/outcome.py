"""Reading for the prompt `outcome`: the result that the buyer wants, in whose words, and what will measure it.

What a buyer says to an open question of the seller's is a result even where it is half a sentence; elsewhere the buyer
must say that they want it. A result that the seller plays back counts with the buyer's assent.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# An answer shorter than this says no result, only that one is coming ("Can I go first?").
ANSWER_WORDS = 9
# How many turns an answer, and an assent, may take to come.
ANSWER_TURNS = 2
ASSENT_TURNS = 2
ASSENT_WORDS = 14
# Results are said before the offer is weighed; what a buyer wants in the second half is mostly a term of the deal.
EARLY_PART = 0.5


@reading
def outcome(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each buyer turn that states a result, and for each result played back and assented to."""
    stated = {turn: said for turn in hearing.turns_of(Side.BUYER) if (said := _stated(hearing, turn))}
    for turn, said in stated.items():
        yield _finding(hearing, turn, said)
    for turn in hearing.turns_of(Side.SELLER):
        played_back = hearing.in_turn(turn, "outcome_played_back")
        assents = _assents(hearing, turn)
        if played_back and assents and not hearing.has(turn, "offer_upsell"):
            yield Finding(facts=frozenset({"assented"}), evidence=(played_back[0], *assents))


def _stated(hearing: Hearing, turn: int) -> Sighting | None:
    """The words in which the buyer states a result: a wish, or the answer to the seller's question."""
    if turn > EARLY_PART * len(hearing.call.turns):
        return None
    wishes = hearing.in_turn(turn, "outcome_wish")
    if wishes:
        return wishes[0]
    return hearing.whole_turn(turn, "outcome_wish", "reading:outcome") if _answers(hearing, turn) else None


def _answers(hearing: Hearing, turn: int) -> bool:
    """True for the first buyer turn of some length after the seller asked for the result."""
    if len(hearing.words_in(turn)) < ANSWER_WORDS:
        return False
    for earlier in range(turn - 1, max(turn - 1 - ANSWER_TURNS, 0), -1):
        if hearing.has(earlier, "outcome_asked"):
            return True
        if hearing.side(earlier) is Side.BUYER and len(hearing.words_in(earlier)) >= ANSWER_WORDS:
            return False
    return False


def _finding(hearing: Hearing, turn: int, said: Sighting) -> Finding:
    yardstick = hearing.in_turn(turn, "outcome_yardstick")
    if yardstick:
        return Finding(facts=frozenset({"stated", "measured"}), evidence=(yardstick[0],))
    return Finding(facts=frozenset({"stated"}), evidence=(said,))


def _assents(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The buyers' short assents right after a seller's turn."""
    following = range(turn + 1, min(turn + ASSENT_TURNS, len(hearing.call.turns)) + 1)
    return tuple(
        hearing.in_turn(t, "outcome_assent")[0]
        for t in following
        if hearing.has(t, "outcome_assent") and len(hearing.words_in(t)) <= ASSENT_WORDS
    )
