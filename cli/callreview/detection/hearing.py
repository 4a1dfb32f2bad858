"""What was heard in one call: sightings, quantities and sentences, ready for assessment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeAlias, TypeVar

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
    """Everything heard in one call. Look-ups by turn take 1-based numbers; `turns` may be any iterable of them."""

    call: Call
    sightings: tuple[Sighting, ...]
    ignored: tuple[Sighting, ...]
    quantities: tuple[Quantity, ...]
    sentences: tuple[Sentence, ...]

    @cached_property
    def _by_signal(self) -> Mapping[str, tuple[Sighting, ...]]:
        return _grouped((s.signal, s) for s in self.sightings)

    @cached_property
    def _by_turn(self) -> Mapping[int, tuple[Sighting, ...]]:
        return _grouped((s.turn, s) for s in self.sightings)

    @cached_property
    def _sentences_by_turn(self) -> Mapping[int, tuple[Sentence, ...]]:
        return _grouped((s.turn, s) for s in self.sentences)

    @cached_property
    def _quantities_by_turn(self) -> Mapping[int, tuple[Quantity, ...]]:
        return _grouped((q.passage.turn, q) for q in self.quantities)

    @cached_property
    def _turns_by_side(self) -> Mapping[Side, tuple[int, ...]]:
        return _grouped((self.call.side(turn.number), turn.number) for turn in self.call.turns)

    def of(self, *signals: str, turns: Iterable[int] | None = None) -> tuple[Sighting, ...]:
        """Sightings of any of these signals in call order, in all turns or in these."""
        if turns is None:
            found = [s for signal in signals for s in self._by_signal.get(signal, ())]
        else:
            found = [s for turn in set(turns) for s in self.in_turn(turn, *signals)] if signals else []
        return tuple(sorted(found, key=lambda s: (s.turn, s.passage.start, s.signal)))

    def in_turn(self, turn: int, *signals: str) -> tuple[Sighting, ...]:
        """Sightings in one turn, of these signals where any are named."""
        return tuple(s for s in self._by_turn.get(turn, ()) if not signals or s.signal in signals)

    def has(self, turn: int, *signals: str) -> bool:
        """True where any of these signals is heard in the turn."""
        return any(s.signal in signals for s in self._by_turn.get(turn, ()))

    def sentences_in(self, turn: int) -> tuple[Sentence, ...]:
        """The sentences of one turn."""
        return self._sentences_by_turn.get(turn, ())

    def quantities_in(self, turn: int, *kinds: QuantityKind) -> tuple[Quantity, ...]:
        """The quantities said in one turn, of these kinds where any are named."""
        return tuple(q for q in self._quantities_by_turn.get(turn, ()) if not kinds or q.kind in kinds)

    def words_in(self, turn: int) -> tuple[str, ...]:
        """All words of a turn in their spoken normal form."""
        return tuple(word for sentence in self.sentences_in(turn) for word in sentence.words)

    def side(self, turn: int) -> Side:
        """Which side speaks in a turn; nobody does before the first and after the last."""
        return self.call.side(turn) if 1 <= turn <= len(self.call.turns) else Side.UNKNOWN

    def turns_of(self, side: Side) -> tuple[int, ...]:
        """The numbers of the turns that a side speaks."""
        return self._turns_by_side.get(side, ())

    def sentence_at(self, passage: Passage) -> Sentence | None:
        """The sentence that holds the start of a passage."""
        for sentence in self.sentences_in(passage.turn):
            if sentence.passage.start <= passage.start < sentence.passage.end:
                return sentence
        return None

    def whole_turn(self, turn: int, signal: str, rule: str) -> Sighting:
        """A sighting that quotes a turn's longest sentence, for evidence that a reading found without a phrase."""
        sentences = self.sentences_in(turn)
        text = self.call.turn(turn).text
        longest = max(sentences, key=lambda s: len(s.words), default=None)
        best = longest.passage if longest else Passage(turn=turn, start=0, end=len(text))
        return Sighting(signal=signal, passage=best, sentence=best, rule=rule)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
