"""What was heard in one call: sightings, quantities and sentences, ready for assessment."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Literal, TypeAlias, TypeVar

from callreview.conversation import Call, Passage, Side

K = TypeVar("K")
V = TypeVar("V")
QuantityKind: TypeAlias = Literal["number", "money", "percent", "date", "duration", "time"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number, an amount, a share, a date, a duration or a time of day, as said.

    `values` holds each number that the words may stand for ("three ninety" is 390 or 3.9; "eighteen grand" is
    18000), empty for a bare date. Money is in its own currency, percent in points, durations in their own `unit`.
    """

    kind: QuantityKind
    passage: Passage
    sentence: int
    values: frozenset[float] = frozenset()
    unit: str | None = None
    iso_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a turn; `index` counts within the call, `words` are in their spoken normal form."""

    index: int
    passage: Passage
    words: tuple[str, ...]
    is_question: bool

    @property
    def turn(self) -> int:
        """The 1-based turn that holds it."""
        return self.passage.turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One place in one call where a signal was heard.

    `passage` covers the words that fired, `sentence` the whole sentence. `ignored_because` tells why something
    that was said does not count; such sightings are kept, so that they can be explained.
    """

    signal: str
    passage: Passage
    sentence: Passage
    rule: str
    contexts: tuple[str, ...] = ()
    ignored_because: str | None = None

    @property
    def turn(self) -> int:
        """The 1-based turn that holds it."""
        return self.passage.turn


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Everything heard in one call. Look-ups by turn take 1-based numbers; `turns` may be any iterable of them.

    Each look-up takes the time of what it finds, however long the call or the turn is.
    """

    call: Call
    sightings: tuple[Sighting, ...]
    ignored: tuple[Sighting, ...]
    quantities: tuple[Quantity, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def _by_signal(self) -> Mapping[str, Mapping[int, tuple[Sighting, ...]]]:
        """By signal and turn, turns in the order of the sightings."""
        by_signal = _grouped(self.sightings, _SIGNAL)
        return {signal: _grouped(sightings, _TURN) for signal, sightings in by_signal.items()}

    @cached_property
    def _by_turn(self) -> Mapping[int, tuple[Sighting, ...]]:
        return _grouped(self.sightings, _TURN)

    @cached_property
    def _signals_by_turn(self) -> Mapping[int, frozenset[str]]:
        return {turn: frozenset(map(_SIGNAL, sightings)) for turn, sightings in self._by_turn.items()}

    @cached_property
    def _sentences_by_turn(self) -> Mapping[int, tuple[Sentence, ...]]:
        return _grouped(self.sentences, _TURN)

    @cached_property
    def _quantities_by_turn(self) -> Mapping[int, tuple[Quantity, ...]]:
        return _grouped(self.quantities, _TURN)

    @cached_property
    def _words_by_turn(self) -> Mapping[int, tuple[str, ...]]:
        by_turn = self._sentences_by_turn.items()
        return {
            turn: sentences[0].words if len(sentences) == 1 else tuple(chain.from_iterable(map(_WORDS, sentences)))
            for turn, sentences in by_turn
        }

    @cached_property
    def _sides(self) -> tuple[Side, ...]:
        """The side by turn; before the first turn nobody speaks."""
        sides = self.call.sides
        return (Side.UNKNOWN, *(sides.get(turn.speaker, Side.UNKNOWN) for turn in self.call.turns))

    @cached_property
    def _turns_by_side(self) -> Mapping[Side, tuple[int, ...]]:
        turns: dict[Side, list[int]] = {}
        for turn, side in enumerate(self._sides[1:], start=1):
            turns.setdefault(side, []).append(turn)
        return {side: tuple(numbers) for side, numbers in turns.items()}

    @cached_property
    def _made(self) -> dict[Callable[[Hearing], Any], Any]:
        return {}

    def once(self, make: Callable[[Hearing], V]) -> V:
        """What a function makes of this hearing, made when it is first asked for: for what several readings share."""
        if make not in self._made:
            self._made[make] = make(self)
        made: V = self._made[make]
        return made

    def of(self, *signals: str, turns: Iterable[int] | None = None) -> tuple[Sighting, ...]:
        """Sightings of any of these signals in call order, in all turns or in these."""
        if turns is None:
            found = [s for name in signals for there in self._by_signal.get(name, {}).values() for s in there]
        else:
            found = [s for turn in set(turns) for s in self.in_turn(turn, *signals)] if signals else []
        return tuple(sorted(found, key=_PLACE))

    def in_turn(self, turn: int, *signals: str) -> tuple[Sighting, ...]:
        """Sightings in one turn, of these signals where any are named."""
        if not signals:
            return self._by_turn.get(turn, ())
        if not self.has(turn, *signals):
            return ()
        if len(signals) == 1:
            return self._by_signal[signals[0]][turn]
        return tuple(s for s in self._by_turn[turn] if s.signal in signals)

    def has(self, turn: int, *signals: str) -> bool:
        """True where any of these signals is heard in the turn."""
        return not self.signals_in(turn).isdisjoint(signals)

    def signals_in(self, turn: int) -> frozenset[str]:
        """The signals heard in one turn."""
        return self._signals_by_turn.get(turn, _NONE)

    def turns_with(self, *signals: str, side: Side | None = None) -> list[int]:
        """The turns, in order, in which any of these signals is heard; of one side where it is named."""
        turns = {turn for name in signals for turn in self._by_signal.get(name, ())}
        return sorted(turns if side is None else (turn for turn in turns if self._sides[turn] is side))

    def sentences_in(self, turn: int) -> tuple[Sentence, ...]:
        """The sentences of one turn."""
        return self._sentences_by_turn.get(turn, ())

    def quantities_in(self, turn: int, *kinds: QuantityKind) -> tuple[Quantity, ...]:
        """The quantities said in one turn, of these kinds where any are named."""
        said = self._quantities_by_turn.get(turn, ())
        return tuple(q for q in said if q.kind in kinds) if said and kinds else said

    def words_in(self, turn: int) -> tuple[str, ...]:
        """All words of a turn in their spoken normal form."""
        return self._words_by_turn.get(turn, ())

    def side(self, turn: int) -> Side:
        """Which side speaks in a turn; nobody does before the first and after the last."""
        return self._sides[turn] if 0 < turn < len(self._sides) else Side.UNKNOWN

    def turns_of(self, side: Side) -> tuple[int, ...]:
        """The numbers of the turns that a side speaks."""
        return self._turns_by_side.get(side, ())

    def sentence_at(self, passage: Passage) -> Sentence | None:
        """The sentence that holds the start of a passage."""
        sentences = self.sentences_in(passage.turn)
        at = bisect_right(sentences, passage.start, key=_START) - 1
        return sentences[at] if at >= 0 and passage.start < sentences[at].passage.end else None

    def whole_turn(self, turn: int, signal: str, rule: str) -> Sighting:
        """A sighting that quotes a turn's longest sentence, for evidence that a reading found without a phrase."""
        sentences = self.sentences_in(turn)
        text = self.call.turn(turn).text
        longest = max(sentences, key=lambda s: len(s.words), default=None)
        best = longest.passage if longest else Passage(turn=turn, start=0, end=len(text))
        return Sighting(signal=signal, passage=best, sentence=best, rule=rule)


_NONE: frozenset[str] = frozenset()
_SIGNAL: Callable[[Sighting], str] = attrgetter("signal")
_TURN: Callable[[Sighting | Sentence | Quantity], int] = attrgetter("passage.turn")
_START: Callable[[Sentence], int] = attrgetter("passage.start")
_WORDS: Callable[[Sentence], tuple[str, ...]] = attrgetter("words")
_PLACE: Callable[[Sighting], tuple[int, int, str]] = attrgetter("passage.turn", "passage.start", "signal")


def _grouped(found: Iterable[V], key: Callable[[V], K]) -> Mapping[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return {name: tuple(ones) for name, ones in groups.items()}
