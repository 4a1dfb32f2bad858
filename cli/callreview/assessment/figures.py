"""The figures of a call: which are the same, and who said one first, looked up by value rather than one by one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeAlias, TypeVar

from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Quantity, QuantityKind

FIGURES: tuple[QuantityKind, ...] = ("number", "money", "percent", "duration")
# A sum worked out aloud is rounded, a small one is not.
ROUNDING = 0.035
ROUNDED = 100
# Small counts are said by everybody about everything; larger bare ones too, unless of the same thing.
TELLING_COUNT = 5
TELLING_NUMBER = 100
UNMISTAKABLE = 1000
YES = frozenset(("yes", "right", "true", "correct", "exactly", "indeed", "ja", "si", "oui", "sure"))
# Two numbers that belong to one reckoning stand near each other, in turns, and among no more figures than these.
RECKONING_TURNS = 6
RECKONING_FIGURES = 50
_THING = re.compile(r"[\s-]+([^\s-]+)")

Place = TypeVar("Place")
# A kind of figure, one with its unit, or the counts of one thing; the empty one holds all.
Sort: TypeAlias = tuple[str | None, ...]


def is_measured(quantity: Quantity) -> bool:
    """A figure, not the "a week", "half" or "one" of plain talk."""
    return max(quantity.values, default=0) > 1


def same_figure(said: Quantity, used: Quantity) -> bool:
    """The same value, of the same unit or large enough to be told apart from other talk."""
    return any(
        _close(a, b)
        for sort, least in _sorts_that_match(used)
        if sort in _sorts_of(said)
        for b in used.values
        if b >= least
        for a in said.values
    )


def _close(a: float, b: float) -> bool:
    return a == b or (min(a, b) >= ROUNDED and abs(a - b) <= ROUNDING * max(abs(a), abs(b)))


def _sorts_of(said: Quantity) -> tuple[Sort, ...]:
    return ((), (said.kind,), (said.kind, said.unit))


def _sorts_that_match(used: Quantity) -> Iterator[tuple[Sort, float]]:
    """The sorts of figure that this one may be, each with the least value that tells."""
    yield (), TELLING_COUNT if used.kind == "number" else UNMISTAKABLE
    if used.kind != "number":
        yield ("number",), TELLING_COUNT
        yield (used.kind,), TELLING_COUNT
        yield (used.kind, used.unit), 2


class _ByValue(Generic[Place]):
    """Places in the order of the call, by value."""

    def __init__(self) -> None:
        self._places: dict[float, list[Place]] = {}
        self._values: list[float] = []

    def add(self, value: float, place: Place) -> None:
        """Places are added in their order."""
        self._places.setdefault(value, []).append(place)

    def near(self, value: float) -> Iterator[Sequence[Place]]:
        """The places of each value that is the same, but for rounding."""
        if value < ROUNDED:
            if value in self._places:
                yield self._places[value]
            return
        if len(self._values) < len(self._places):
            self._values = sorted(self._places)
        # A little more than the rounding; which values are really near is then judged alone.
        first = bisect_left(self._values, value * (1 - ROUNDING) - 1)
        after = bisect_right(self._values, value / (1 - ROUNDING) + 1)
        yield from (self._places[a] for a in self._values[first:after] if _close(a, value))


class Figures:
    """Figures in the order of the call."""

    def __init__(self, hearing: Hearing, figures: Sequence[Quantity]) -> None:
        self._hearing = hearing
        self._figures = figures
        self._turns = [q.passage.turn for q in figures]
        self._by_sort: dict[Sort, _ByValue[int]] = {}
        for at, q in enumerate(figures):
            for sort in (*_sorts_of(q), _of_thing(hearing, q)):
                for value in q.values:
                    self._by_sort.setdefault(sort, _ByValue()).add(value, at)

    def latest(self, used: Quantity, before: int) -> Quantity | None:
        """The last figure before a turn that is the same."""
        return self._latest(used, before, _sorts_that_match(used))

    def latest_of_thing(self, used: Quantity, before: int) -> Quantity | None:
        """The last count of the same thing before a turn that is the same."""
        thing = _of_thing(self._hearing, used)
        return self._latest(used, before, [(thing, TELLING_COUNT)]) if thing[-1] else None

    def _latest(self, used: Quantity, before: int, sorts: Iterable[tuple[Sort, float]]) -> Quantity | None:
        limit = bisect_left(self._turns, before)
        last = -1
        for sort, least in sorts:
            for b in used.values if sort in self._by_sort else ():
                for places in self._by_sort[sort].near(b) if b >= least else ():
                    if count := bisect_left(places, limit):
                        last = max(last, places[count - 1])
        return self._figures[last] if last >= 0 else None


def _of_thing(hearing: Hearing, quantity: Quantity) -> Sort:
    return "of", None, _thing(hearing, quantity)


def _thing(hearing: Hearing, quantity: Quantity) -> str:
    """The word after a number, without its plural."""
    text, end = hearing.call.turn(quantity.passage.turn).text, quantity.passage.end
    found = _THING.match(text, end) if text.startswith((" ", "-"), end) else None
    return found[1].lower().strip(".,;?!").removesuffix("s") if found else ""


class BuyersFigures:
    """The figures that the buyer brings into a call."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._said = [
            q for turn in hearing.turns_of(Side.BUYER) for q in hearing.quantities_in(turn, *FIGURES) if is_measured(q)
        ]
        self._first_said = Figures(hearing, list(_first_said(hearing, self._said)))
        self._products: _ByValue[tuple[int, int]] = _ByValue()
        for one, other in _pairs(self._said):
            for product in _products(self._said[one], self._said[other]):
                self._products.add(product, (one, other))

    def taken_up(self, used: Quantity, before: int) -> Quantity | None:
        """The last figure of the buyer before a turn that is the same, unless it only repeats one of the seller's.

        A bare count is said of many things: it is the same one of the same thing, or else shortly before.
        """
        latest = self._first_said.latest(used, before)
        is_bare = used.kind == "number" and max(used.values) < TELLING_NUMBER
        if latest is None or not is_bare or used.passage.turn - latest.passage.turn <= RECKONING_TURNS:
            return latest
        return self._first_said.latest_of_thing(used, before)

    def factors(self, numbers: Iterable[Quantity], before: int) -> tuple[Quantity, ...]:
        """The latest two figures before a turn whose product is one of the numbers, or nothing."""
        limit = bisect_left(self._said, before, key=lambda q: q.passage.turn)
        latest: tuple[int, ...] = ()
        for value in {v for used in numbers for v in used.values if v >= 2 * TELLING_COUNT}:
            for pairs in self._products.near(value):
                earlier = range(bisect_left(pairs, (limit, 0)) - 1, -1, -1)
                latest = max(latest, next((pairs[at] for at in earlier if pairs[at][1] < limit), ()))
        return tuple(self._said[at] for at in latest)


def _first_said(hearing: Hearing, said: Iterable[Quantity]) -> Iterator[Quantity]:
    """The buyer's figures but for those that only repeat one of the seller's, such as a price."""
    sellers = Figures(
        hearing,
        [q for t in hearing.turns_of(Side.SELLER) for q in hearing.quantities_in(t, *FIGURES) if is_measured(q)],
    )
    for q in said:
        turn = q.passage.turn
        if not YES.isdisjoint(hearing.words_in(turn)) or sellers.latest(q, turn) is None:
            yield q


def _pairs(said: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Each figure with each later one of the same reckoning."""
    open_: deque[int] = deque(maxlen=RECKONING_FIGURES)
    found: list[tuple[int, int]] = []
    for other, q in enumerate(said):
        while open_ and q.passage.turn - said[open_[0]].passage.turn > RECKONING_TURNS:
            open_.popleft()
        found += [(one, other) for one in open_]
        open_.append(other)
    yield from sorted(found)


def _products(a: Quantity, b: Quantity) -> set[float]:
    """What two numbers of one reckoning come to, such as nine mistakes of three quarters of an hour each."""
    return {x * y for x in a.values for y in b.values if 1 not in (x, y)}
