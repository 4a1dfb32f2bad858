"""Reading for the prompt `options`: ways put side by side, what is said of each, and a drawback of the larger one.

The table of ways comes from `assessment.ways`. Answers that follow a passage belong to the way that was
asked about, else to the larger one, as do the catches that are told of it later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.assessment.ways import DRAWBACKS, TRADE_OFFS, Opening, Way, WaysPassage, WaysTable
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# How many turns after a passage its price may be told, and a catch of it.
ANSWERS = 3
CATCHES = 12
# An answer this short that holds a figure is the price that was asked for.
SHORT_ANSWER = 8
# What follows from staying is a risk, and no trade-off.
RISKS = ("risk_staying", "risk_goes_on")
_ANNOUNCES_MANY = re.compile(r"\b(?:four|five|six|seven|[4-7])\b", re.IGNORECASE)
_OPENS_FOURTH = re.compile(r"\b(?:fourth|four is|four's|fifth)\b", re.IGNORECASE)


@reading("two_named", "trade_off", "two_trade_offs", "larger_drawback", "four_or_more")
def options(hearing: Hearing) -> Iterator[Finding]:
    """One finding for the whole call: the trade-offs of its passages add up."""
    table = WaysTable(hearing)
    if not table.passages:
        return
    ways = [way for passage in table.passages for way in passage.ways]
    ways += _answers(table)
    turns = {t for passage in table.passages for t in passage.turns if table.adds(t)}
    turns |= {way.opened[0].turn for way in ways if way.by("answer")}
    facts = {"two_named", *_trade_offs(ways)}
    if any(_four_or_more(hearing, passage) for passage in table.passages):
        facts.add("four_or_more")
    said: dict[int, list[Sighting]] = {}
    for s in (s for way in ways for s in way.said):
        said.setdefault(s.turn, []).append(s)
    of_larger = {s for way in ways if not way.is_small for s in way.said}
    shown = [_evidence(hearing, t, said.get(t, [])) for t in turns]
    evidence = sorted(shown, key=lambda s: (_rank(s, of_larger), s.turn))
    yield Finding(facts=frozenset(facts), evidence=tuple(evidence))


def _trade_offs(ways: Sequence[Way]) -> Iterator[str]:
    weighed = {str(i) if way.by("answer") else way.name or str(i) for i, way in enumerate(ways) if way.has(*TRADE_OFFS)}
    if weighed:
        yield "trade_off"
    if len(weighed) >= 2:
        yield "two_trade_offs"
    if any(way.has(*DRAWBACKS) for way in ways if not way.is_small):
        yield "larger_drawback"


def _four_or_more(hearing: Hearing, passage: WaysPassage) -> bool:
    quote = hearing.call.quote
    return any(
        _ANNOUNCES_MANY.search(quote(s.passage)) for s in hearing.of("options_frame", turns=passage.turns)
    ) or any(_OPENS_FOURTH.search(quote(s.passage)) for s in hearing.of("option_opened", turns=passage.turns))


def _evidence(hearing: Hearing, turn: int, said: Sequence[Sighting]) -> Sighting:
    """The turn's own words that weigh a way, or put it."""
    drawbacks = [s for s in said if s.signal in DRAWBACKS]
    put = hearing.in_turn(turn, "options_frame", "option_stay", "option_opened", "option_current")
    return (*drawbacks, *put, *said, hearing.whole_turn(turn, "options_frame", "reading:options"))[0]


def _rank(sighting: Sighting, of_larger: Collection[Sighting]) -> int:
    """What proves most comes first: drawbacks of the larger way, other ones, prices, the mere putting of a way."""
    if sighting.signal in DRAWBACKS:
        return 0 if sighting in of_larger else 1
    return 2 if sighting.signal in TRADE_OFFS else 3


def _answers(table: WaysTable) -> list[Way]:
    """What is told of a way after a passage, each answer as a way: prices, and catches asked for or not."""
    hearing = table.hearing
    inside = {t for passage in table.passages for t in passage.turns}
    found: list[Way] = []
    for passage in table.passages:
        last, is_told = passage.turns[-1], any(way.has(*DRAWBACKS) for way in passage.ways if not way.is_small)
        sellers = hearing.turns_of(Side.SELLER)
        for turn in sellers[bisect_right(sellers, last) :]:
            if turn > last + CATCHES:
                break
            if turn in inside:
                continue
            is_near = turn <= last + ANSWERS and not hearing.has(turn, *RISKS)
            answer = _catch(table, turn, is_near=is_near, goes_on=is_near and is_told and turn <= last + 2)
            answer = answer or (_asked(table, turn) if is_near else [])
            if answer:
                way = _answered(table, turn, answer)
                found.append(way)
                inside.add(turn)
                last, is_told = turn, is_told or (way.has(*DRAWBACKS) and not way.is_small)
    return found


def _answered(table: WaysTable, turn: int, said: list[Sighting]) -> Way:
    """The way that an answer speaks of: the one that the question names, else the larger."""
    name = next((name for name, _ in table.names.said_in(turn - 1)), None)
    return Way([Opening(turn, 0, "answer", name)], said, is_small=table.names.size(name) < 0)


def _catch(table: WaysTable, turn: int, *, is_near: bool, goes_on: bool) -> list[Sighting]:
    """Drawbacks under the heading of a catch, asked for or told, or more of the same."""
    hearing = table.hearing
    asked = hearing.has(turn - 1, "option_catch")
    is_named = any(table.names.said_in(turn))
    told = (hearing.has(turn, "option_catch") and (is_near or is_named)) or (is_near and is_named)
    return list(hearing.in_turn(turn, *DRAWBACKS)) if asked or told or goes_on else []


def _asked(table: WaysTable, turn: int) -> list[Sighting]:
    """The price, or what else weighs, of the way that the buyer has just asked about."""
    hearing = table.hearing
    if not hearing.has(turn - 1, "option_asked"):
        return []
    said = table.weighing(turn)
    if not said and hearing.quantities_in(turn, "money", "number") and len(hearing.words_in(turn)) <= SHORT_ANSWER:
        return [hearing.whole_turn(turn, "option_price", "reading:options")]
    return said
