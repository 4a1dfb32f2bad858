"""How the seller took up a concern: the later seller turns that belong to it, and what each of them does.

The next seller turn always belongs to it. Further ones do while the two go on about it: the seller has just asked,
the words of the exchange come back, or the seller checks back. Another concern of the buyer ends it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

PRESSURE = ("urgency", "scarcity", "social_pressure", "confirmshaming", "coercion", "bypass")
BYPASS = ("split_bill", "control_avoided")
# An exchange about one concern seldom takes more turns of the seller than this.
SELLER_TURNS = 4
# A word of the exchange tells what it is about where few turns of the call have it.
RARE_SHARE = 0.12
# So few words are an echo or a nod; the answer is still to come.
NO_ANSWER_YET = 4
# A buyer who says so few words has not changed the subject.
FEW_WORDS = 6
LEAST_LETTERS = 4
# Calls of this length open with small talk, for about this share of their turns.
LONG_CALL = 30
OPENING_SHARE = 0.12


@dataclass(frozen=True)
class Concern:
    """One thing that the buyer holds against going on: the buyer's sightings, in call order."""

    sightings: tuple[Sighting, ...]

    @cached_property
    def turns(self) -> tuple[int, ...]:
        """The buyer's turns that raise or repeat it."""
        return tuple(sorted({s.turn for s in self.sightings}))


def concerns_of(
    turns: Iterable[int], shown: Callable[[int], tuple[Sighting, ...]], belong: Callable[[int, int], bool]
) -> list[Concern]:
    """The concerns that turns of the buyer raise, `shown` by what; two turns in a row may `belong` to one."""
    groups: list[list[int]] = []
    for turn in turns:
        if groups and belong(groups[-1][-1], turn):
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return [Concern(tuple(s for turn in group for s in shown(turn))) for group in groups]


def spans(
    hearing: Hearing, concerns: Iterable[Concern], stops: frozenset[int], *, argued: bool = False
) -> Iterator[tuple[Concern, tuple[int, ...]]]:
    """Each concern with the seller turns that take it up; `stops` are buyer turns that raise any concern.

    What is `argued` goes on over short answers; a fact that is told and heard does not.
    """
    rare = hearing.once(_rare_words)
    for concern in concerns:
        yield concern, _span(hearing, concern, stops, rare, argued)


def _span(
    hearing: Hearing, concern: Concern, stops: Collection[int], rare: frozenset[str], argued: bool
) -> tuple[int, ...]:
    last = concern.turns[-1]
    own = set(concern.turns)
    sellers = hearing.turns_of(Side.SELLER)
    first = bisect_right(sellers, concern.turns[0])
    taken = list(sellers[first : first + 1])
    topic = set(_words(hearing, concern.turns, rare))
    after = sum(turn > last for turn in taken)
    for turn in range(taken[0] + 1, len(hearing.call.turns) + 1) if taken else ():
        if after == SELLER_TURNS or (turn in stops and turn not in own):
            break
        if hearing.side(turn) is not Side.SELLER:
            topic |= _words(hearing, [turn], rare)
            continue
        if (
            after
            and not _goes_on(hearing, taken[-1], turn, topic, rare)
            and not (argued and _stays_with_it(hearing, taken[-1], turn))
        ):
            break
        taken.append(turn)
        after += turn > last
    return tuple(taken)


def _goes_on(hearing: Hearing, before: int, turn: int, topic: Collection[str], rare: frozenset[str]) -> bool:
    """Whether a seller turn still speaks of the concern."""
    if hearing.has(turn, "handling_moves_on") and not asked(hearing, turn, "handling_confirm"):
        return False
    return (
        asks(hearing, before)
        or len(hearing.words_in(before)) <= NO_ANSWER_YET
        or bool(asked(hearing, turn, "handling_confirm"))
        or not _words(hearing, [turn], rare).isdisjoint(topic)
    )


def _stays_with_it(hearing: Hearing, before: int, turn: int) -> bool:
    """Whether the buyer says so little in between that the subject is still the same."""
    said = [len(hearing.words_in(t)) for t in range(before + 1, turn)]
    return bool(said) and sum(said) <= FEW_WORDS


def asks(hearing: Hearing, turn: int) -> bool:
    """Whether the seller asks something in a turn, with or without a question mark."""
    return bool(asked(hearing, turn, "handling_probe")) or any(s.is_question for s in hearing.sentences_in(turn))


def asked(hearing: Hearing, turn: int, signal: str) -> tuple[Sighting, ...]:
    """Sightings of a signal that are questions; in text without punctuation nothing tells them from statements."""
    heard = hearing.in_turn(turn, signal)
    if not any(mark in hearing.call.turn(turn).text for mark in ".?!"):
        return heard
    return tuple(s for s in heard if (sentence := hearing.sentence_at(s.passage)) and sentence.is_question)


def asks_about_it(hearing: Hearing, turn: int) -> bool:
    """A question that is neither checking back nor about something else."""
    if hearing.has(turn, "handling_moves_on"):
        return False
    checking = asked(hearing, turn, "handling_confirm")
    if any(not any(_overlap(s, c) for c in checking) for s in asked(hearing, turn, "handling_probe")):
        return True
    checked = {c.sentence for c in checking}
    return any(s.is_question and len(s.words) > 3 and s.passage not in checked for s in hearing.sentences_in(turn))


def opens(hearing: Hearing, turn: int) -> bool:
    """Whether a turn belongs to the small talk that a call of some length opens with."""
    turns = len(hearing.call.turns)
    return turns >= LONG_CALL and turn <= OPENING_SHARE * turns


def presses(hearing: Hearing, turn: int) -> bool:
    """Pressure, a threat or a way round a control answers no concern."""
    return hearing.has(turn, *PRESSURE) or all(hearing.has(turn, part) for part in BYPASS)


def _overlap(sighting: Sighting, other: Sighting) -> bool:
    return sighting.passage.start < other.passage.end and other.passage.start < sighting.passage.end


def _rare_words(hearing: Hearing) -> frozenset[str]:
    """Words that stand in few turns of the call."""
    counts = Counter(chain.from_iterable(set(hearing.words_in(turn.number)) for turn in hearing.call.turns))
    most = max(2, round(RARE_SHARE * len(hearing.call.turns)))
    rare = {w for w, n in counts.items() if 2 <= n <= most and (len(w) >= LEAST_LETTERS or w.isdigit())}
    return frozenset(rare - COMMON)


def _words(hearing: Hearing, turns: Iterable[int], rare: frozenset[str]) -> frozenset[str]:
    return rare.intersection(chain.from_iterable(map(hearing.words_in, turns)))


COMMON = frozenset(
    (
        "this that they them then than there their these those with will would could should have been were what when "
        "where which your yours from just like well some into over about because only also even very much more most "
        "here know think mean want need going does done said says tell told come came take took make made good right "
        "still back look thing things maybe really actually after before again other another every being same first "
        "last whole time people somebody anything something nothing nobody anyway sorry thank thanks sure okay "
        "please honest honestly never always understand course gets"
    ).split()
)
