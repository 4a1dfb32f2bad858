"""The ways that the seller puts side by side, as a small table: each way with its price, its lacks and its demands.

A *passage* is one turn of the seller, or a few near each other, in which two ways or more are put before the buyer. It
is cut into *ways*, each from where it begins to where the next one does; what is said in its part is said of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from callreview.assessment.way_contrasts import contrasts, pairs
from callreview.assessment.way_names import WayNames
from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Quantity, Sighting

# How many turns after the first way the last one may begin, and how many turns of the seller a passage may have.
SPREAD = 5
LONGEST = 3
# Two openings that stand so near, in characters, open one way: "The first, you remain as you are".
ONE_OPENING = 45
SAME_WORDS = 6
# How many signs make a choice (see `_signs`); over several turns two more.
ENOUGH_SIGNS = 4
COUNTED = 2
SMALLEST_PRICE = 20
# Where no sentence ends, a way begins so many characters before its price.
LED_TO = 40
DRAWBACKS = ("option_lacks", "option_asks")
TRADE_OFFS = ("option_price", *DRAWBACKS)
OPENINGS = ("option_choice", "option_stay", "option_current", "option_opened", "option_headed")
# Counted things follow a number; a price is followed by its unit of time or place, or by the next thought.
_AFTER_PRICE = re.compile(
    r"\s*(?:[,.;!?]|$)|\s*(?:(?:a|an|per|by|each|every|for the|in the|the) \w+|apiece|monthly|more|extra|less|all in"
    r"|all up|plus|but|and|or|so|with|it|it's|its|you|that|there|which|then|lakh|lakhs|quid|bucks)\b"
)
_COUNTED = re.compile(r"\b(?:the|your|all|whole|these|those|our|their|of|on)\s*$", re.IGNORECASE)
# Characters before an amount in which such a word stands.
_JUST_BEFORE = 40
_YEAR = re.compile(r"(?:19|20)\d\d")
_SOME = r"((?:\w+ ?){1,3})"
_LIST = re.compile(rf"[^.?!,:]{{0,20}}[,:] (?:there's |there is |it's )?{_SOME}(?:, {_SOME})?,? ?\b(?:and|or) {_SOME}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a way begins: its name, or words such as "stay on", "the second", "or you take"."""

    turn: int
    start: int
    by: str
    name: str | None = None


@dataclass(slots=True)
class Way:
    """One way to go, from where it begins to where the next one does, with what is said of it there."""

    opened: list[Opening]
    said: list[Sighting] = field(default_factory=list)
    is_small: bool = False

    @property
    def name(self) -> str | None:
        """The name, where it has one."""
        return next((o.name for o in self.opened if o.name), None)

    def by(self, *signals: str) -> bool:
        """Whether it begins with one of these."""
        return any(o.by in signals for o in self.opened)

    def has(self, *signals: str) -> bool:
        """Whether any of these is said of it."""
        return any(s.signal in signals for s in self.said)


@dataclass(frozen=True, slots=True)
class WaysPassage:
    """Ways side by side, and the seller's turns that put them."""

    turns: tuple[int, ...]
    ways: tuple[Way, ...]


class WaysTable:
    """All ways that are put side by side in one call."""

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing
        self.names = WayNames(hearing)
        self._sellers = hearing.turns_of(Side.SELLER)
        self._openings: dict[int, list[Opening]] = {}
        self._weighing: dict[int, list[Sighting]] = {}
        self._signs_at_most: dict[int, int] = {}
        self._passages: dict[tuple[int, ...], WaysPassage | None] = {}

    @cached_property
    def passages(self) -> tuple[WaysPassage, ...]:
        """The places where ways are put side by side, none overlapping another."""
        found: list[WaysPassage] = []
        for turn in self._sellers:
            if found and turn <= found[-1].turns[-1]:
                continue
            passage = self._passage_from(turn)
            if passage:
                found.append(passage)
        return tuple(found)

    def adds(self, turn: int) -> bool:
        """Whether a turn of a passage puts or weighs a way itself."""
        openings = self.openings(turn)
        is_opened = any(o.by != "name" for o in openings) or len({o.name for o in openings}) > 1
        return bool(self.weighing(turn)) or is_opened or self.hearing.has(turn, "options_frame")

    def weighing(self, turn: int) -> list[Sighting]:
        """What is said of ways in a turn: lacks, demands, and prices in words or in figures."""
        if turn not in self._weighing:
            said = list(self.hearing.in_turn(turn, *TRADE_OFFS))
            known = {s.passage.start for s in said if s.signal == "option_price"}
            for q in self.hearing.quantities_in(turn, "number"):
                if q.passage.start not in known and self._is_price(q):
                    said.append(self._price(q))
            self._weighing[turn] = sorted(said, key=lambda s: s.passage.start)
        return self._weighing[turn]

    def openings(self, turn: int) -> list[Opening]:
        """Where ways begin in a turn, in order."""
        if turn not in self._openings:
            self._openings[turn] = sorted(self._find_openings(turn), key=lambda o: o.start)
        return self._openings[turn]

    # --- passages ---------------------------------------------------------------------------------

    def _passage_from(self, turn: int) -> WaysPassage | None:
        """The shortest passage that begins in a turn, unless a shorter one begins after it; prolonged."""
        near = [t for t in self._sellers_after(turn - 1)[:LONGEST] if t <= turn + SPREAD]
        for several in range(1, len(near) + 1):
            turns = tuple(near[:several])
            if several > 1 and self._passage(turns[1:]):
                return None
            if self._passage(turns):
                return self._passage(self._prolonged(turns))
        return None

    def _prolonged(self, turns: tuple[int, ...]) -> tuple[int, ...]:
        """These turns with the seller's next ones that go on opening ways."""
        for t in self._sellers_after(turns[-1]):
            if t > turns[-1] + 2:
                break
            if self.hearing.has(t, "option_opened") and self.weighing(t):
                turns = (*turns, t)
        return turns

    def _sellers_after(self, turn: int) -> Sequence[int]:
        return self._sellers[bisect_right(self._sellers, turn) :]

    def _passage(self, turns: tuple[int, ...]) -> WaysPassage | None:
        if turns not in self._passages:
            is_likely = sum(map(self._at_most, turns)) + COUNTED >= _enough(turns)
            self._passages[turns] = self._find_passage(turns) if is_likely else None
        return self._passages[turns]

    def _find_passage(self, turns: tuple[int, ...]) -> WaysPassage | None:
        """The passage in these turns, if the first one begins it and two ways stand side by side."""
        openings = [o for t in turns for o in self.openings(t)]
        announced = self.hearing.has(turns[0], "options_frame")
        if len(turns) > 1 and not announced:
            # Prices alone make ways of their own only within one turn.
            openings = [o for o in openings if o.by != "price"]
        begins = (
            announced
            or self._is_wanted(turns[0])
            or any(o.by != "name" for o in openings if o.turn == turns[0])
            or self._is_priced_twice(turns)
        )
        ways = _ways(openings)
        if not begins or not ways or (len(turns) > 1 and not any(map(_is_put, ways))):
            return None
        said = [s for t in turns for s in self.weighing(t)]
        for way, until in zip(ways, [*(w.opened[0] for w in ways[1:]), None], strict=True):
            way.said = [s for s in said if _stands_in(s, way.opened[0], until)]
        if not self._side_by_side(turns, ways):
            return None
        self._tell_sizes(ways)
        return WaysPassage(turns, tuple(ways))

    def _is_priced_twice(self, turns: tuple[int, ...]) -> bool:
        return len(turns) == 1 and sum(s.signal == "option_price" for s in self.weighing(turns[0])) >= 2

    def _is_wanted(self, turn: int) -> bool:
        """Whether the buyer has just asked to have the ways laid out."""
        return self.hearing.has(turn - 1, "options_wanted")

    def _side_by_side(self, turns: tuple[int, ...], ways: Sequence[Way]) -> bool:
        """Whether two ways or more stand there as a choice: enough signs of it come together."""
        if len({way.name or str(i) for i, way in enumerate(ways)}) < 2:
            return False
        return self._signs(turns, ways) >= _enough(turns)

    def _signs(self, turns: tuple[int, ...], ways: Sequence[Way]) -> int:
        """How much speaks for a choice. A frame says it almost alone; names, prices and an "or" must come together."""
        names = {way.name for way in ways if way.name}
        headed = sum(way.by("option_headed") and not way.by("option_opened") for way in ways)
        counted = sum(way.by("contrast", "paired") for way in ways)
        later = range(turns[-1] + 1, turns[-1] + 3)
        return (
            3 * bool(self.hearing.of("options_frame", turns=turns) or self._is_wanted(turns[0]))
            + 2 * bool(self.hearing.of("option_choice", turns=turns))
            + 2 * bool(self.hearing.of("option_either", turns=(*turns, *later)))
            + 2 * any(way.by("option_stay") for way in ways)
            + any(way.by("option_current") for way in ways)
            + min(sum(way.by("option_opened") for way in ways), 2)
            + max(2 * (len(names) >= 2), min(headed, 2))
            + min(counted, COUNTED)
            + min(sum(way.has("option_price") for way in ways), 2)
            + self._in_a_row(turns)
            + min(sum(way.has(*DRAWBACKS) for way in ways), 2)
            - 2 * bool(self.hearing.of("option_run_down", turns=turns))
        )

    def _at_most(self, turn: int) -> int:
        """How many signs of a choice a turn can bring at most, but for counted and paired ways: most turns bring none.

        What is cheap to tell is told before the words are searched.
        """
        if turn not in self._signs_at_most:
            heard = self.hearing.signals_in(turn)
            is_wanted, is_asked = self._is_wanted(turn), self.hearing.has(turn - 1, "option_asked")
            weighed = {s.signal for s in self.weighing(turn)}
            self._signs_at_most[turn] = (
                3 * ("options_frame" in heard or is_wanted)
                + 2 * ("option_choice" in heard)
                + 2 * any(self.hearing.has(t, "option_either") for t in range(turn, turn + 3))
                + 2 * ("option_stay" in heard)
                + ("option_current" in heard)
                + 3 * ("option_opened" in heard or is_asked)
                + (2 if "option_headed" in heard else min(self._names_at_most(turn), 2))
                + 2 * ("option_price" in weighed)
                + 2 * (not weighed.isdisjoint(DRAWBACKS))
            )
        return self._signs_at_most[turn]

    def _names_at_most(self, turn: int) -> int:
        """How many names can be said in a turn, by themselves or in words that open a way."""
        return len({name for name, _ in self.names.said_in(turn)}) + len(self.hearing.in_turn(turn, *OPENINGS))

    def _in_a_row(self, turns: tuple[int, ...]) -> bool:
        """ "The first is ... the second is ..."."""
        said = [self.hearing.call.quote(s.passage).lower() for s in self.hearing.of("option_opened", turns=turns)]
        return bool(re.search(r"\b(?:first|one)\b.*\b(?:second|two|third|three|other)\b", " ".join(said)))

    def _tell_sizes(self, ways: Sequence[Way]) -> None:
        """Which ways are the smaller: those that stay, or bear its name; else the first one."""
        for way in ways:
            size = self.names.size(way.name)
            way.is_small = size < 0 or (size == 0 and way.by("option_stay", "option_current"))
        if not any(way.is_small for way in ways) and self.names.size(ways[0].name) <= 0:
            for way in ways:
                way.is_small = way is ways[0] or (way.name is not None and way.name == ways[0].name)

    # --- openings ---------------------------------------------------------------------------------

    def _find_openings(self, turn: int) -> list[Opening]:
        text = self.hearing.call.turn(turn).text
        found = [
            Opening(turn, s.passage.start, s.signal, self.names.first_in(text[s.passage.start : s.passage.end + 1]))
            for s in self.hearing.in_turn(turn, *OPENINGS)
        ]
        found += [Opening(turn, at, "name", name) for name, at in self.names.said_in(turn)]
        found += [Opening(turn, at, "contrast") for at in contrasts(text)]
        found += [Opening(turn, at, "paired") for at in pairs(text)]
        if self.hearing.has(turn - 1, "option_asked") and (self.weighing(turn) or found):
            found.append(Opening(turn, 0, "option_opened"))
        for frame in self.hearing.in_turn(turn, "options_frame"):
            found += _listed(text, frame.passage.end, turn)
        return [*found, *self._by_price(turn, [o.start for o in found])]

    def _by_price(self, turn: int, known: Sequence[int]) -> Iterator[Opening]:
        """Prices that no other opening leads to: their way begins with the sentence, or shortly before them.

        Where the buyer asked for the ways, what each lacks or asks for opens it as well.
        """
        last, openers = -1, DRAWBACKS if self._is_wanted(turn) else ()
        for s in self.weighing(turn):
            if s.signal not in ("option_price", *openers):
                continue
            if not any(last < at <= s.passage.start for at in known):
                yield Opening(turn, max(s.sentence.start, s.passage.start - LED_TO, last), "price")
            last = s.passage.end

    # --- prices -----------------------------------------------------------------------------------

    def _is_price(self, q: Quantity) -> bool:
        """A figure with no thing counted after it: "it's two forty", "eleven hundred a month"."""
        text = self.hearing.call.turn(q.passage.turn).text
        is_counted = _COUNTED.search(
            text[max(0, q.passage.start - _JUST_BEFORE) : q.passage.start]
        ) or not _AFTER_PRICE.match(text, q.passage.end)
        is_year = _YEAR.fullmatch(text, q.passage.start, q.passage.end)
        return max(q.values, default=0) >= SMALLEST_PRICE and not is_counted and not is_year

    def _price(self, q: Quantity) -> Sighting:
        sentence = self.hearing.sentence_at(q.passage)
        whole = sentence.passage if sentence else q.passage
        return Sighting(signal="option_price", passage=q.passage, sentence=whole, rule="reading:options")


def _enough(turns: tuple[int, ...]) -> int:
    return ENOUGH_SIGNS + 2 * (len(turns) > 1)


def _ways(openings: Sequence[Opening]) -> list[Way]:
    """Openings that stand close together, or say the name again, open one way."""
    ways: list[Way] = []
    for opening in openings:
        way = ways[-1] if ways else None
        if way and (_is_same(way, opening) or _is_close(way, opening)):
            way.opened.append(opening)
        else:
            ways.append(Way([opening]))
    return ways


def _is_same(way: Way, opening: Opening) -> bool:
    return opening.name is not None and opening.name == way.name


def _is_close(way: Way, opening: Opening) -> bool:
    last = way.opened[-1]
    reach = SAME_WORDS if opening.by == "option_opened" else ONE_OPENING
    near = last.turn == opening.turn and opening.start - last.start <= reach
    return near and (way.name is None or opening.name is None) and last.by != opening.by


def _is_put(way: Way) -> bool:
    """Put as a way to go, not merely named or priced."""
    return way.by("option_stay", "option_current", "option_opened")


def _stands_in(s: Sighting, first: Opening, until: Opening | None) -> bool:
    at = (s.turn, s.passage.start)
    return (first.turn, first.start) <= at and (until is None or at < (until.turn, until.start))


def _listed(text: str, start: int, turn: int) -> Iterator[Opening]:
    """The members of a list that follows where ways are announced: "three strengths, light, medium and heavy duty"."""
    members = _LIST.match(text, start)
    if members:
        yield from (Opening(turn, members.start(group), "listed") for group in (1, 2, 3) if members[group])
