"""Patterns over words, searched with bit masks: one operation looks at all sentences of a stretch at once.

Each pattern answers three questions about sets of places: where may it begin (`starts`), where may it begin so that it
ends in a given set (`before`), and where does it end when it begins in a given set (`after`). The first two may name
places too many and never too few; the last is exact. Their cost is bounded by the size of the pattern times the length
of the stretch, whatever the text: gaps and nested groups cannot blow up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from callreview.detection.scenes import Mask, Stretch, bits
from callreview.detection.words import FUNCTION_WORDS

Span: TypeAlias = tuple[int, int]

# No amount, date or span of time is said in more words than these.
LONGEST_BUILT_IN = 24
# A choice of more than these is looked up by its first word.
_FEW = 6


class Pattern:
    """Anything that can be matched; `least` and `most` are the numbers of words that a match takes.

    `fixed` patterns take always the same number of words, and their `starts` are exact.
    """

    least: int = 0
    most: int = 0
    fixed: bool = False

    @property
    def first(self) -> frozenset[str] | None:
        """The words that a match can begin with, None for any."""
        return None

    def starts(self, stretch: Stretch) -> Mask:
        """The places where a match may begin."""
        return stretch.everywhere

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """The places where a match may begin that ends at any of `ends`."""
        raise NotImplementedError

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """The places where a match ends that begins at any of `starts`."""
        raise NotImplementedError

    def parts(self) -> tuple[Pattern, ...]:
        """The patterns that it is made of."""
        return ()

    def needed(self) -> frozenset[str] | None:
        """Words of which every match holds one, as few and rare as there are; None where it can do without any."""
        return None


class OneWord(Pattern):
    """One of some words."""

    least = most = 1
    fixed = True

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words

    @property
    def first(self) -> frozenset[str]:
        """These words."""
        return self.words

    def starts(self, stretch: Stretch) -> Mask:
        """Where any of the words stands."""
        known = stretch.known.get(self)
        if known is None:
            known = stretch.known[self] = stretch.where(self.words)
        return known

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """One word before."""
        return ends >> 1 & self.starts(stretch)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """One word ahead."""
        return (starts & self.starts(stretch)) << 1

    def needed(self) -> frozenset[str]:
        """These words."""
        return self.words


class InOrder(Pattern):
    """Patterns one after the other."""

    def __init__(self, parts: tuple[Pattern, ...]) -> None:
        self._parts = parts
        self.least = sum(part.least for part in parts)
        self.most = sum(part.most for part in parts)
        self.fixed = all(part.fixed for part in parts)

    @cached_property
    def first(self) -> frozenset[str] | None:
        """Those of the parts that can come first."""
        return _first(self._parts)

    def starts(self, stretch: Stretch) -> Mask:
        """From the last part to the first: where each may begin with the next one in reach."""
        known = stretch.known.get(self)
        if known is None:
            *firsts, last = self._parts
            known = stretch.known[self] = _before(firsts, stretch, last.starts(stretch))
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


class OneOf(Pattern):
    """Any one of several patterns; long choices are looked up by the word that they begin with."""

    def __init__(self, options: tuple[Pattern, ...]) -> None:
        self._options = options
        self.least = min(option.least for option in options)
        self.most = max(option.most for option in options)
        self.fixed = self.least == self.most and all(option.fixed for option in options)
        self._few = len(options) <= _FEW

    @cached_property
    def first(self) -> frozenset[str] | None:
        """Those of any option."""
        return _union(option.first for option in self._options)

    def starts(self, stretch: Stretch) -> Mask:
        """Where any option may begin."""
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
        for option in self._present(stretch):
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
            for option in self._present(stretch):
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

    def _present(self, stretch: Stretch) -> list[Pattern]:
        """The options of which a needed word is there."""
        return [option for option in self._options if option in stretch.present]

    def _after_each(self, stretch: Stretch, starts: Mask) -> Mask:
        """Place by place, each once a stretch."""
        ends = 0
        for place in bits(starts):
            known = stretch.known.get((self, place))
            if known is None:
                known = 0
                for option in (*self._by_first.get(stretch.words[place], ()), *self._open):
                    if option in stretch.present:
                        known |= option.after(stretch, 1 << place)
                stretch.known[self, place] = known
            ends |= known
        return ends


class Optional(Pattern):
    """A pattern, or nothing."""

    def __init__(self, part: Pattern) -> None:
        self._part = part
        self.most = part.most

    @property
    def first(self) -> frozenset[str] | None:
        """Those of what may be missing."""
        return self._part.first

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """At the ends themselves, and before them."""
        return ends | self._part.before(stretch, ends)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """At the starts themselves, and after them."""
        return starts | self._part.after(stretch, starts)

    def parts(self) -> tuple[Pattern, ...]:
        """What may be missing."""
        return (self._part,)


class Between(Pattern):
    """Up to `most` words of any kind."""

    def __init__(self, most: int) -> None:
        self.most = most

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Up to so many words before, within the sentence."""
        return stretch.before(ends, self.most)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """Up to so many words ahead, within the sentence."""
        return stretch.ahead(starts, self.most)


class AtEdge(Pattern):
    """The start or the end of the sentence."""

    fixed = True

    def __init__(self, *, at_start: bool) -> None:
        self._at_start = at_start

    def starts(self, stretch: Stretch) -> Mask:
        """At that edge of any sentence."""
        return stretch.beginnings if self._at_start else stretch.endings

    def before(self, stretch: Stretch, ends: Mask) -> Mask:
        """Those at the edge."""
        return ends & self.starts(stretch)

    def after(self, stretch: Stretch, starts: Mask) -> Mask:
        """Those at the edge."""
        return starts & self.starts(stretch)


class BuiltIn(Pattern):
    """A list whose entries are found beforehand; `words` are those that they say, where they say any of their own."""

    least = 1
    most = LONGEST_BUILT_IN

    def __init__(self, name: str, words: frozenset[str] = frozenset()) -> None:
        self.name = name
        self.words = words

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
        words: set[str] = set()
        waiting, seen = [self.pattern], {self.pattern}
        while waiting:
            pattern = waiting.pop()
            if isinstance(pattern, OneWord | BuiltIn):
                words |= pattern.words
            new = set(pattern.parts()) - seen
            seen |= new
            waiting += new
        return frozenset(words)

    def search(self, stretch: Stretch) -> list[Span]:
        """The longest match from each start, as half-open ranges of places without overlaps.

        Where nothing is ruled out beforehand, every place is tried: slow, and good for proving the quick way.
        """
        if self.pattern not in stretch.present:
            return []
        found: list[Span] = []
        places = [*bits(self.pattern.starts(stretch))] if stretch.is_narrowed else [*range(stretch.length)]
        while places:
            firsts, others = _first_in_each_sentence(stretch, places)
            matches = self._longest_from(stretch, firsts)
            found += matches
            reached = {stretch.sentence_at[first]: after for first, after in matches}
            places = [place for place in others if place >= reached.get(stretch.sentence_at[place], 0)]
        return found

    def _longest_from(self, stretch: Stretch, starts: Sequence[int]) -> list[Span]:
        """The longest match from each of some starts in as many sentences, which tell apart what they reach."""
        if self.pattern.fixed and stretch.is_narrowed:
            return [(start, start + self.pattern.least) for start in starts]
        ends = self.pattern.after(stretch, stretch.mask(starts))
        last = [(start, stretch.ends[stretch.sentence_at[start]]) for start in starts]
        afters = [(ends >> start & (2 << end - start) - 1).bit_length() - 1 + start for start, end in last]
        return [(start, after) for start, after in zip(starts, afters, strict=True) if after > start]


def spans(phrases: Iterable[Compiled], stretch: Stretch) -> list[Span]:
    """Where any of some phrases stands, as half-open ranges of places."""
    return [span for phrase in phrases for span in phrase.search(stretch)]


def _first_in_each_sentence(stretch: Stretch, places: Sequence[int]) -> tuple[list[int], list[int]]:
    """The first of some places in each sentence, and the others; all in order."""
    firsts: list[int] = []
    others: list[int] = []
    sentence = -1
    for place in places:
        here = stretch.sentence_at[place]
        (others if here == sentence else firsts).append(place)
        sentence = here
    return firsts, others
