"""Reading for the prompt `outcome`: the result that the buyer wants, in whose words, and what will measure it.

What a buyer says to an open question of the seller's is a result even where it is half a sentence; elsewhere the buyer
must say that they want it. A measure counts where it stands next to the wish, or where the buyer says it right
afterwards. A result that the seller plays back counts with the buyer's assent.
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
# A reply this brief assents by its place, unless it holds one of these.
BRIEF_WORDS = 5
DOUBT = {"no", "not", "never", "but", "what", "who", "how", "why", "hm", "huh", "well", "maybe", "see", "depends", "ok"}
# Results are said before the offer is weighed; what a buyer wants in the second half is mostly a term of the deal.
EARLY_PART = 0.5
EARLY_TURNS = 12
# A measure this many sentences from the wish still belongs to it.
NEAR = 2


@reading("assented", "stated", "measured")
def outcome(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each buyer turn that states a result; where there is none, the results played back."""
    told = hearing.turns_with("outcome_wish", "outcome_hoped", side=Side.BUYER)
    stated = {turn: said for turn in told if (said := _stated(hearing, turn))}
    for turn, wishes in stated.items():
        yield _finding(hearing, turn, wishes)
    if stated:
        return
    for turn in hearing.turns_with("outcome_played_back", side=Side.SELLER):
        played_back = hearing.in_turn(turn, "outcome_played_back")
        assents = _assents(hearing, turn)
        if assents and _is_early(hearing, turn) and not hearing.has(turn, "offer_upsell"):
            yield Finding(facts=frozenset({"assented"}), evidence=(played_back[0], *assents))


def _is_early(hearing: Hearing, turn: int) -> bool:
    return turn <= max(EARLY_TURNS, EARLY_PART * len(hearing.call.turns))


def _stated(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The words in which the buyer states a result: wishes, or the answer to the seller's question."""
    if not _is_early(hearing, turn):
        return ()
    wishes = hearing.in_turn(turn, "outcome_wish")
    if wishes or not _answers(hearing, turn):
        return wishes
    return (hearing.whole_turn(turn, "outcome_wish", "reading:outcome"),)


def _answers(hearing: Hearing, turn: int) -> bool:
    """True for the first buyer turn of some length after the seller asked for the result."""
    if not _is_long(hearing, turn) or _asks_back(hearing, turn) or not hearing.has(turn, "outcome_hoped"):
        return False
    for earlier in range(turn - 1, max(turn - 1 - ANSWER_TURNS, 0), -1):
        if hearing.has(earlier, "outcome_asked"):
            return True
        if hearing.side(earlier) is Side.BUYER and _is_long(hearing, earlier):
            return False
    return False


def _is_long(hearing: Hearing, turn: int) -> bool:
    return len(hearing.words_in(turn)) >= ANSWER_WORDS


def _asks_back(hearing: Hearing, turn: int) -> bool:
    """True where the turn ends in a question, or its longest sentence is one: it answers nothing."""
    sentences = hearing.sentences_in(turn)
    return sentences[-1].is_question or max(sentences, key=lambda s: len(s.words)).is_question


def _finding(hearing: Hearing, turn: int, wishes: tuple[Sighting, ...]) -> Finding:
    for said in wishes:
        for yardstick in hearing.in_turn(turn, "outcome_yardstick"):
            if _belongs(hearing, yardstick, said):
                return Finding(facts=frozenset({"stated", "measured"}), evidence=(yardstick, said))
    if given := _measure_given(hearing, turn):
        return Finding(facts=frozenset({"stated", "measured"}), evidence=(given, wishes[0]))
    return Finding(facts=frozenset({"stated"}), evidence=wishes[:1])


def _belongs(hearing: Hearing, yardstick: Sighting, said: Sighting) -> bool:
    """The measure stands next to the wish, or anywhere in an answer to the seller's question."""
    here, there = hearing.sentence_at(said.passage), hearing.sentence_at(yardstick.passage)
    near = here is not None and there is not None and abs(there.index - here.index) <= NEAR
    return near or said.rule == "reading:outcome"


def _measure_given(hearing: Hearing, turn: int) -> Sighting | None:
    """The quantity with which the buyer answers what would measure the result."""
    asked = False
    for later in range(turn + 1, min(turn + ANSWER_TURNS, len(hearing.call.turns)) + 1):
        if hearing.side(later) is Side.SELLER:
            asked = asked or hearing.has(later, "outcome_measure_asked")
        elif asked and hearing.quantities_in(later):
            return hearing.whole_turn(later, "outcome_yardstick", "reading:outcome")
    return None


def _assents(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The buyers' short assents right after a seller's turn; a brief reply without a word of doubt is one as well."""
    following = range(turn + 1, min(turn + ASSENT_TURNS, len(hearing.call.turns)) + 1)
    return tuple(assent for t in following if (assent := _assent(hearing, t)))


def _assent(hearing: Hearing, turn: int) -> Sighting | None:
    words = hearing.words_in(turn)
    if hearing.side(turn) is Side.SELLER or not 0 < len(words) <= ASSENT_WORDS:
        return None
    if hearing.has(turn, "outcome_assent"):
        return hearing.in_turn(turn, "outcome_assent")[0]
    by_place = len(words) <= BRIEF_WORDS and DOUBT.isdisjoint(words) and not _asks_back(hearing, turn)
    return hearing.whole_turn(turn, "outcome_assent", "reading:outcome") if by_place else None
