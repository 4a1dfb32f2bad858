"""Patterns over words, searched with bit masks: one operation looks at all sentences of a stretch at once.

Each pattern answers three questions about sets of places: where may it begin (`starts`), where may it begin so that it
ends in a given set (`before`), and where does it end when it begins in a given set (`after`). The first two may name
places too many and never too few; the last is exact. Their cost is bounded by the size of the pattern times the length
of the stretch, whatever the text: gaps and nested groups cannot blow up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from callreview.detection.scenes import Mask, Stretch, bits
from callreview.detection.words import FUNCTION_WORDS

# No amount, date or span of time is said in more words than these.
LONGEST_BUILT_IN = 24
# A choice of more than these is looked up by its first word.
_FEW = 6


class Pattern(Protocol):
    """Anything that can be matched; `least` and `most` are the numbers of words that a match takes.

    `first` are the words that it can begin with, None for any. `fixed` patterns take always the same number of words,
    and their `starts` are exact.
    """

    least: int
    most: int
    fixed: bool
    first: frozenset[str] | None

    def starts(self, stretch: Stretch) -> Mask:
        """The places where a match may begin."""

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """The places where a match may begin that ends at any of `ends`."""

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """The places where a match ends that begins at any of `starts`."""

    def parts(self) -> tuple[Pattern, ...]:
        """The patterns that it is made of."""

    def needed(self) -> frozenset[str] | None:
        """Words of which every match holds one, as few and rare as there are; None where it can do without any."""


@dataclass(frozen=True, eq=False, slots=True)
class OneWord:
    """One of some words."""

    words: frozenset[str]
    least: int = 1
    most: int = 1
    fixed: bool = True

    @property
    def first(self) -> frozenset[str]:
        return self.words

    def starts(self, stretch: Stretch) -> Mask:
        known = stretch.known.get(self)
        if known is None:
            known = stretch.known[self] = stretch.where(self.words)
        return known

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        return ends >> 1 & self.starts(stretch)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        return (starts & self.starts(stretch)) << 1

    def parts(self) -> tuple[Pattern, ...]:
        return ()

    def needed(self) -> frozenset[str]:
        return self.words


class InOrder:
    """Patterns one after the other."""

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        self._parts = parts
        self.least = sum(part.least for part in parts)
        self.most = sum(part.most for part in parts)
        self.fixed = all(part.fixed for part in parts)
        self.first = _first(parts)

    def starts(self, stretch: Stretch) -> Mask:
        """From the last part to the first: where each may begin with the next one in reach."""
        known = stretch.known.get(self)
        if known is None:
            known = 0
            if self._needed is None or not self._needed.isdisjoint(stretch.vocabulary):
                *firsts, last = self._parts
                known = _before(firsts, stretch, last.starts(stretch))
            stretch.known[self] = known
        return known

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """From the last part to the first, or at once where the length is known."""
        starts = self.starts(stretch)
        if self.fixed or not starts:
            return ends >> self.least & starts
        return _before(self._parts, stretch, ends)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """From the first part to the last, or at once where the length is known."""
        if self.fixed:
            return (starts & self.starts(stretch)) << self.least
        for part in self._parts:
            if not starts:
                break
            starts = part.after(stretch, starts)
        return starts

    def parts(self) -> tuple[Pattern, ...]:
        """As given."""
        return self._parts

    def needed(self) -> frozenset[str] | None:
        """What the part with the rarest words needs."""
        return self._needed

    @cached_property
    def _needed(self) -> frozenset[str] | None:
        needs = [words for part in self._parts if (words := part.needed()) is not None]
        return min(needs, key=_commonness, default=None)


class OneOf:
    """Any one of several patterns; long choices are looked up by the word that they begin with."""

    def __init__(self, options: tuple[Pattern, ...]) -> None:
        self._options = options
        self.least = min(option.least for option in options)
        self.most = max(option.most for option in options)
        self.fixed = self.least == self.most and all(option.fixed for option in options)
        self.first = _union(option.first for option in options)
        self._few = len(options) <= _FEW

    def starts(self, stretch: Stretch) -> Mask:
        """Where any of those may begin whose first word is there at all."""
        known = stretch.known.get(self)
        if known is None:
            known = 0
            for option in self._present(stretch):
                known |= option.starts(stretch)
            stretch.known[self] = known
        return known

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Exactly for few options, by their lengths for many."""
        if self.fixed:
            return ends >> self.least & self.starts(stretch)
        if not self._few:
            return stretch.before(ends >> self.least, self.most - self.least) & self.starts(stretch)
        starts = 0
        for option in self._options:
            starts |= option.before(stretch, ends)
        return starts

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """Wherever any option ends."""
        starts &= self.starts(stretch)
        if self.fixed:
            return starts << self.least
        if not self._few:
            return self._after_each(stretch, starts)
        ends = 0
        if starts:
            for option in self._options:
                ends |= option.after(stretch, starts)
        return ends

    def parts(self) -> tuple[Pattern, ...]:
        """The options."""
        return self._options

    def needed(self) -> frozenset[str] | None:
        """What any option needs, where all need something."""
        return self._needed

    @cached_property
    def _needed(self) -> frozenset[str] | None:
        return _union(option.needed() for option in self._options)

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[Pattern, ...]]:
        by_first: dict[str, tuple[Pattern, ...]] = {}
        for option in self._options:
            for word in option.first or ():
                by_first[word] = (*by_first.get(word, ()), option)
        return by_first

    @cached_property
    def _open(self) -> tuple[Pattern, ...]:
        """The options that may begin with any word."""
        return tuple(option for option in self._options if option.first is None)

    def _present(self, stretch: Stretch) -> tuple[Pattern, ...]:
        if self._few:
            return self._options
        begun = {option for word in self._by_first.keys() & stretch.vocabulary for option in self._by_first[word]}
        return (*begun, *self._open)

    def _after_each(self, stretch: Stretch, starts: Mask) -> Mask:
        """Place by place, each once a stretch."""
        ends = 0
        for place in bits(starts):
            known = stretch.known.get((self, place))
            if known is None:
                known = 0
                for option in (*self._by_first.get(stretch.words[place], ()), *self._open):
                    known |= option.after(stretch, 1 << place)
                stretch.known[self, place] = known
            ends |= known
        return ends


@dataclass(frozen=True, eq=False)
class Optional:
    """A pattern, or nothing."""

    part: Pattern
    least: int = 0
    fixed: bool = False

    @property
    def most(self) -> int:
        """As many as the pattern takes."""
        return self.part.most

    @property
    def first(self) -> frozenset[str] | None:
        """What the pattern can begin with."""
        return self.part.first

    def starts(self, stretch: Stretch) -> Mask:
        """Anywhere."""
        return stretch.everywhere

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """At the ends themselves, and before them."""
        return ends | self.part.before(stretch, ends)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """At the starts themselves, and after them."""
        return starts | self.part.after(stretch, starts)

    def parts(self) -> tuple[Pattern, ...]:
        """What may be missing."""
        return (self.part,)

    def needed(self) -> None:
        """Nothing."""


@dataclass(frozen=True, eq=False)
class Between:
    """Up to `most` words of any kind."""

    most: int
    least: int = 0
    fixed: bool = False
    first: None = None

    def starts(self, stretch: Stretch) -> Mask:
        """Anywhere."""
        return stretch.everywhere

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Up to so many words before, within the sentence."""
        return stretch.before(ends, self.most)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """Up to so many words ahead, within the sentence."""
        return stretch.ahead(starts, self.most)

    def parts(self) -> tuple[Pattern, ...]:
        """None."""
        return ()

    def needed(self) -> None:
        """Nothing."""


@dataclass(frozen=True, eq=False)
class AtEdge:
    """The start or the end of the sentence."""

    at_start: bool
    least: int = 0
    most: int = 0
    fixed: bool = True
    first: None = None

    def starts(self, stretch: Stretch) -> Mask:
        """At that edge of any sentence."""
        return stretch.beginnings if self.at_start else stretch.endings

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Those at the edge."""
        return ends & self.starts(stretch)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """Those at the edge."""
        return starts & self.starts(stretch)

    def parts(self) -> tuple[Pattern, ...]:
        """None."""
        return ()

    def needed(self) -> None:
        """No word."""


@dataclass(frozen=True, eq=False)
class BuiltIn:
    """A list whose entries are found beforehand; `words` are those that they say, where they say any of their own."""

    name: str
    words: frozenset[str] = frozenset()
    least: int = 1
    most: int = LONGEST_BUILT_IN
    fixed: bool = False
    first: None = None

    def starts(self, stretch: Stretch) -> Mask:
        """Where its spans begin."""
        known = stretch.known.get(self)
        if known is None:
            known = stretch.known[self] = stretch.where_built_in(self.name)
        return known

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Within its greatest length."""
        starts = self.starts(stretch)
        return stretch.before(ends >> 1, self.most - 1) & starts if starts else 0

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """The ends of the spans that begin here."""
        return stretch.built_in_ends(self.name, starts & self.starts(stretch))

    def parts(self) -> tuple[Pattern, ...]:
        """None."""
        return ()

    def needed(self) -> None:
        """No word that is known beforehand."""


def _before(parts: Sequence[Pattern], stretch: Stretch, ends: Mask) -> Mask:
    for part in reversed(parts):
        if not ends:
            break
        ends = part.before(stretch, ends)
    return ends


def _first(parts: Iterable[Pattern]) -> frozenset[str] | None:
    """What parts in order can begin with, None for any word."""
    words: frozenset[str] = frozenset()
    for part in parts:
        if part.most:
            if part.first is None:
                return None
            words |= part.first
        if part.least:
            break
    return words


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The words of all, or None where one of them is open."""
    words: set[str] = set()
    for one in sets:
        if one is None:
            return None
        words |= one
    return frozenset(words)


def _commonness(words: frozenset[str]) -> int:
    """How often any of some words is said, roughly: those that carry grammar a hundred times as often as others."""
    return len(words) + 100 * len(words & FUNCTION_WORDS)


@dataclass(frozen=True, eq=False)
class Compiled:
    """A phrase, ready to be searched for."""

    pattern: Pattern
    rule: str

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the phrase itself says."""
        return frozenset(_said(self.pattern))

    @cached_property
    def needed(self) -> frozenset[str] | None:
        """Words of which every match holds one."""
        return self.pattern.needed()

    def search(self, stretch: Stretch) -> list[tuple[int, int]]:
        """The longest match from each start, as half-open ranges of places without overlaps."""
        return self.search_from(stretch, self.pattern.starts(stretch))

    def search_from(self, stretch: Stretch, starts: Mask) -> list[tuple[int, int]]:
        """The same, with no other starts than these."""
        found: list[tuple[int, int]] = []
        reached = 0
        for start in bits(starts):
            if start >= reached:
                after = self.pattern.after(stretch, 1 << start).bit_length() - 1
                if after > start:
                    found.append((start, after))
                    reached = after
        return found


def _said(pattern: Pattern) -> Iterator[str]:
    if isinstance(pattern, OneWord | BuiltIn):
        yield from pattern.words
    for part in pattern.parts():
        yield from _said(part)
