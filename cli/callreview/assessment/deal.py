"""What a call says of the deal: the two ways, the steps before the decision, and who else must be heard.

A review tells how well things were said; this tells what was said, for papers that are written after the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callreview.assessment.readings.owners import Step, steps
from callreview.assessment.ways import Way, WaysPassage, WaysTable
from callreview.conversation import Call, Passage
from callreview.detection.hearing import Hearing, Sighting

APPROVERS = ("control_named", "delay_authority", "delay_stakeholder")
ENGAGED = ("engaged_security", "engaged_finance", "engaged_operations")
# How many turns away from the larger ways the smaller one may stand by itself.
NEAR = 4
_MYSELF = re.compile(r"\b(?:I|me|my|let me)\b|(?:^|\s)(?:i|i['’]ll|ill)\b")
_OURSELVES = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """A step before the decision: where it was said, who owns it and by when.

    `owner` is a speaker's name, None where the words do not tell which speaker; `owned` is whether somebody takes it
    on at all.
    """

    said: tuple[Passage, ...]
    owned: bool
    owner: str | None
    by_buyer: bool
    date: Passage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Sentences of the call, as passages, each once and in the order of the call.

    `small` and `large` are what was said of the smaller way and of the larger one, `small_trade_offs` and
    `large_trade_offs` what of that each costs, lacks or asks for.
    """

    small: tuple[Passage, ...]
    large: tuple[Passage, ...]
    small_trade_offs: tuple[Passage, ...]
    large_trade_offs: tuple[Passage, ...]
    steps: tuple[PlannedStep, ...]
    approvers: tuple[Passage, ...]
    engaged: tuple[Passage, ...]


def deal_of(hearing: Hearing) -> Deal:
    """What a hearing tells of the deal."""
    table = WaysTable(hearing)
    passage = _fullest(table.passages)
    ways = passage.ways if passage else ()
    small, large = [way for way in ways if way.is_small], _next_larger(ways)
    stays = [] if small or not passage else _stays_near(passage, hearing)
    offered = [s.sentence for s in hearing.of("offer_upsell")[:1]]
    return Deal(
        small=_in_order([*_put(small, hearing), *(s.sentence for s in stays)]),
        large=_in_order(_put(large, hearing)) or tuple(offered),
        small_trade_offs=_in_order([*_weighed(small), *(s.sentence for at in stays for s in table.weighing(at.turn))]),
        large_trade_offs=_in_order(_weighed(large)),
        steps=tuple(_step(step, hearing) for step in steps(hearing)),
        approvers=_sentences(hearing.of(*APPROVERS)),
        engaged=_sentences(hearing.of(*ENGAGED)),
    )


def _fullest(passages: Iterable[WaysPassage]) -> WaysPassage | None:
    """The place where most is said of ways side by side."""
    return max(passages, key=lambda passage: sum(len(way.said) for way in passage.ways), default=None)


def _next_larger(ways: Iterable[Way]) -> list[Way]:
    """What is said of the first of the larger ways, in its turn: the next step up."""
    larger = [way for way in ways if not way.is_small]
    return [way for way in larger if way.opened[0].turn == larger[0].opened[0].turn]


def _stays_near(passage: WaysPassage, hearing: Hearing) -> list[Sighting]:
    """Where the seller speaks of staying shortly before or after larger ways, or opens a way before them."""
    first, last = passage.turns[0], passage.turns[-1]
    stays = hearing.of("option_stay", "option_current", turns=range(first - NEAR, last + NEAR + 1))
    return list(stays or hearing.of("option_opened", turns=range(first - NEAR, first)))[:1]


def _put(ways: Iterable[Way], hearing: Hearing) -> Iterator[Passage]:
    """The sentences in which ways begin."""
    for way in ways:
        opened = way.opened[0]
        sentence = hearing.sentence_at(Passage(turn=opened.turn, start=opened.start, end=opened.start + 1))
        if sentence:
            yield sentence.passage


def _weighed(ways: Iterable[Way]) -> Iterator[Passage]:
    return (sighting.sentence for way in ways for sighting in way.said)


def _sentences(sightings: Iterable[Sighting]) -> tuple[Passage, ...]:
    return _in_order(s.sentence for s in sightings)


def _in_order(passages: Iterable[Passage]) -> tuple[Passage, ...]:
    return tuple(sorted(set(passages), key=lambda p: (p.turn, p.start)))


def _step(step: Step, hearing: Hearing) -> PlannedStep:
    said = tuple(dict.fromkeys(s.sentence for s in step.sightings))
    return PlannedStep(
        said=said,
        owned=step.owned,
        owner=_owner(said[-1], hearing.call) if step.owned else None,
        by_buyer=step.by_buyer,
        date=_date(said, hearing) if step.dated else None,
    )


def _owner(sentence: Passage, call: Call) -> str | None:
    """Who says "I", or the only speaker who is named, else who says "we"; None where it may be somebody else."""
    words = call.quote(sentence)
    speaker = call.turn(sentence.turn).speaker
    named = [s.name for s in call.speakers if re.search(rf"\b{re.escape(s.name.split()[0])}\b", words)]
    people = {speaker, *named} if _MYSELF.search(words) else set(named)
    if people:
        return people.pop() if len(people) == 1 else None
    return speaker if _OURSELVES.search(words) else None


def _date(said: tuple[Passage, ...], hearing: Hearing) -> Passage | None:
    """The date in the step's own sentence, else in its turn, else in the answer to it."""
    turns = [*dict.fromkeys(s.turn for s in reversed(said)), said[-1].turn + 1]
    dates = [q.passage for turn in turns for q in hearing.quantities_in(turn, "date")]
    inside = [d for d in dates for s in said if d.turn == s.turn and s.start <= d.start and d.end <= s.end]
    return next(iter(inside or dates), None)
