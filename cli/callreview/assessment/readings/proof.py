"""Reading for the prompt `proof`: what was offered as proof, and which limits of it were said aloud.

Specific proof is composed: a customer's case with a result, a figure with its source, a trial with its result, or a
document offered for checking. It may be split over two seller turns. A limit counts in the turn of the proof or in
the seller's next two turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# How many of the seller's turns after the proof may still belong to it.
SAME_PROOF = 2
# So many figures describe a case, or tell what was measured.
FIGURES = 2
OTHERS = frozenset("they them their he him his she her".split())
# A piece of proof goes on over one short turn of the buyer.
GOES_ON = 2
# What must be heard together to be specific.
PROOFS = (
    ("proof_case", "proof_result"),
    ("proof_source", "proof_result"),
    ("proof_trial", "proof_result"),
    ("proof_document", "proof_result"),
    ("proof_case", "proof_source"),
    ("proof_case", "proof_document"),
    ("proof_measured", "proof_result"),
    ("proof_reference",),
)
PARTS = frozenset(part for parts in PROOFS for part in parts)
# What may be completed in the seller's next turn: first and second part.
SPLIT_PROOFS = (("proof_case", "proof_result"), ("proof_result", "proof_source"))


@reading("vague", "specific", "limit")
def proof(hearing: Hearing) -> Iterator[Finding]:
    """One finding for each piece of specific proof, and one for each turn with no more than a vague claim."""
    turns = hearing.turns_of(Side.SELLER)
    for turn in hearing.turns_with(*PARTS, "proof_vague", side=Side.SELLER):
        i = bisect_left(turns, turn)
        specific = _in_one_turn(hearing, turn) or _split(hearing, turns[max(i - 1, 0) : i + 1])
        if specific:
            limits = hearing.of("proof_limit", turns=turns[i : i + 1 + SAME_PROOF])[:1]
            facts = {"specific", "limit"} if limits else {"specific"}
            yield Finding(facts=frozenset(facts), evidence=(*specific, *limits))
        elif vague := hearing.in_turn(turn, "proof_vague"):
            yield Finding(facts=frozenset({"vague"}), evidence=vague[:1])


def _in_one_turn(hearing: Hearing, turn: int) -> tuple[Sighting, ...]:
    """The parts that make a turn specific proof, or nothing."""
    heard = hearing.signals_in(turn)
    for parts in PROOFS:
        if heard.issuperset(parts):
            return tuple(hearing.in_turn(turn, part)[0] for part in parts)
    if len(hearing.quantities_in(turn, "number", "percent", "duration")) < FIGURES:
        return ()
    told_of_others = not OTHERS.isdisjoint(hearing.words_in(turn))
    return hearing.in_turn(turn, "proof_measured")[:1] or hearing.in_turn(turn, "proof_case")[: int(told_of_others)]


def _split(hearing: Hearing, turns: tuple[int, ...]) -> tuple[Sighting, ...]:
    """The two parts of proof that a short turn of the buyer has split, or nothing."""
    if len(turns) < 2 or turns[1] - turns[0] > GOES_ON or _in_one_turn(hearing, turns[0]):
        return ()
    for first, second in SPLIT_PROOFS:
        begun, ended = hearing.in_turn(turns[0], first), hearing.in_turn(turns[1], second)
        if begun and ended:
            return begun[0], ended[0]
    return ()
