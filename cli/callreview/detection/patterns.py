"""Phrases as patterns over the words of a sentence, searched in two passes.

The first pass looks at a whole stretch of sentences at once: from the places of its words, as bit masks, a pattern
tells where it can begin at all (`may_start`; never too few places, seldom too many). The second pass runs only there,
and maps a start to all its possible ends, set by set, so that its cost is bounded by the length of the phrase times
the length of the sentence, whatever the text: gaps and nested groups cannot blow up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as Positions
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Protocol, TypeAlias

from callreview.detection.scenes import Mask, Scene, Stretch, before
from callreview.detection.words import normal
from callreview.rubric.forms import forms
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import Choice, Edge, Gap, ListRef, Maybe, Node, Sequence, Word

Ends: TypeAlias = Positions[int]
# No amount, date or span of time is said in more words than these.
_LONGEST_BUILT_IN = 24


class Pattern(Protocol):
    """Anything that can be matched from a start."""

    @property
    def least(self) -> int:
        """The smallest number of words that a match takes."""

    @property
    def most(self) -> int:
        """The greatest number of words that a match takes."""

    def may_start(self, stretch: Stretch) -> Mask:
        """The places where a match can begin, as a bit mask; places without a match may be among them."""

    def ends(self, scene: Scene, start: int) -> Ends:
        """All positions after a match that begins at `start`, each once."""


_NONE: Ends = ()
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OneWord:
    """One of some words."""

    words: frozenset[str]
    least: int = 1
    most: int = 1

    def may_start(self, stretch: Stretch) -> Mask:
        """Where any of the words stands."""
        known = stretch.known.get(self.words)
        if known is None:
            known = stretch.known[self.words] = stretch.where(self.words)
        return known

    def ends(self, scene: Scene, start: int) -> Ends:
        """Just after the word, where it stands here."""
        if start < len(scene.words) and scene.words[start] in self.words:
            return (start + 1,)
        return _NONE


@dataclass(frozen=True, slots=True)
class InOrder:
    """Patterns one after the other."""

    parts: tuple[Pattern, ...]
    least: int
    most: int

    def may_start(self, stretch: Stretch) -> Mask:
        """From the last part to the first: where each may begin with the next one in reach."""
        *firsts, last = self.parts
        reach = last.may_start(stretch)
        for part in reversed(firsts):
            if not reach:
                return 0
            reach = before(reach >> part.least, part.most - part.least) & part.may_start(stretch)
        return reach

    def ends(self, scene: Scene, start: int) -> Ends:
        """All ends of the last part."""
        reached: Ends = (start,)
        for part in self.parts:
            reached = _all_ends(part, scene, reached)
            if not reached:
                return _NONE
        return reached


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any one of several patterns, looked up by the word that they begin with.

    `by_first` leads from a word to the patterns that can begin with it; `open` are those that can begin with any word.
    """

    by_first: Mapping[str, tuple[Pattern, ...]]
    open: tuple[Pattern, ...]
    least: int
    most: int

    def may_start(self, stretch: Stretch) -> Mask:
        """Where any of those may begin whose first word is there at all."""
        begun = {id(option): option for word in self.by_first.keys() & stretch.words for option in self.by_first[word]}
        mask = 0
        for option in (*begun.values(), *self.open):
            mask |= option.may_start(stretch)
        return mask

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of all that match."""
        word = scene.words[start] if start < len(scene.words) else ""
        begun = self.by_first.get(word, ())
        if not self.open and len(begun) < 2:
            return begun[0].ends(scene, start) if begun else _NONE
        return tuple({end for option in (*begun, *self.open) for end in option.ends(scene, start)})


@dataclass(frozen=True, slots=True)
class Optional:
    """A pattern, or nothing."""

    part: Pattern
    most: int
    least: int = 0

    def may_start(self, stretch: Stretch) -> Mask:
        """Anywhere."""
        return stretch.everywhere

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the part, and the start itself."""
        return tuple({start, *self.part.ends(scene, start)})


@dataclass(frozen=True, slots=True)
class Between:
    """Up to `most` words of any kind."""

    most: int
    least: int = 0

    def may_start(self, stretch: Stretch) -> Mask:
        """Anywhere."""
        return stretch.everywhere

    def ends(self, scene: Scene, start: int) -> Ends:
        """The start and up to `most` positions after it."""
        return range(start, min(start + self.most, len(scene.words)) + 1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A pattern after up to `gap` words of any kind; `first` are the words that it can begin with."""

    gap: int
    first: frozenset[str]
    part: Pattern
    least: int
    most: int

    def may_start(self, stretch: Stretch) -> Mask:
        """Up to the gap's length ahead of the pattern."""
        return before(self.part.may_start(stretch), self.gap)

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the pattern from all places where it can begin."""
        words = scene.words
        places = range(start, min(start + self.gap + 1, len(words)))
        return _all_ends(self.part, scene, [at for at in places if words[at] in self.first])


@dataclass(frozen=True, slots=True)
class AtEdge:
    """The start or the end of the sentence."""

    at_start: bool
    least: int = 0
    most: int = 0

    def may_start(self, stretch: Stretch) -> Mask:
        """At that edge of any sentence."""
        return stretch.beginnings if self.at_start else stretch.endings

    def ends(self, scene: Scene, start: int) -> Ends:
        """The position itself, at the edge."""
        edge = 0 if self.at_start else len(scene.words)
        return (start,) if start == edge else _NONE


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A built-in list, found beforehand."""

    name: str
    least: int = 1
    most: int = _LONGEST_BUILT_IN

    def may_start(self, stretch: Stretch) -> Mask:
        """Where its spans begin."""
        return stretch.where_built_in(self.name)

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the spans that begin here."""
        spans = scene.built_in.get(self.name)
        return tuple(spans.get(start, ())) if spans else _NONE


@dataclass(slots=True)
class Named:
    """A named list; where it may begin is remembered for the stretch, what it matched for the sentence."""

    name: str
    entries: Pattern
    least: int
    most: int

    def may_start(self, stretch: Stretch) -> Mask:
        """Where any entry may begin."""
        known = stretch.known.get(self.name)
        if known is None:
            known = stretch.known[self.name] = self.entries.may_start(stretch)
        return known

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of all entries that match here."""
        key = (self.name, start)
        known = scene.remembered.get(key)
        if known is None:
            known = scene.remembered[key] = self.entries.ends(scene, start)
        return known


def _all_ends(part: Pattern, scene: Scene, starts: Ends) -> Ends:
    """The ends of a pattern from any of some starts."""
    if not starts:
        return _NONE
    if len(starts) == 1:
        return part.ends(scene, starts[0])
    return tuple({end for start in starts for end in part.ends(scene, start)})


@dataclass(frozen=True)
class Compiled:
    """A phrase, ready to be searched for."""

    pattern: Pattern
    rule: str
    speak: Callable[[], frozenset[str]]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the phrase itself says."""
        return self.speak()

    def may_start(self, stretch: Stretch) -> Mask:
        """The places of a stretch where a match may begin."""
        known = stretch.known.get(id(self))
        if known is None:
            known = stretch.known[id(self)] = self.pattern.may_start(stretch)
        return known

    def search(self, scene: Scene) -> list[tuple[int, int]]:
        """The longest match from each start, as half-open word ranges without overlaps."""
        return self.search_from(scene, scene.local(self.may_start(scene.stretch)))

    def search_from(self, scene: Scene, starts: Mask) -> list[tuple[int, int]]:
        """The same, from these words of the scene alone."""
        found: list[tuple[int, int]] = []
        while starts:
            start = (starts & -starts).bit_length() - 1
            after = max(self.pattern.ends(scene, start), default=start)
            if after > start:
                found.append((start, after))
            seen = max(after, start + 1)
            starts = starts >> seen << seen
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled node: its pattern and the words that it can begin with (None: any)."""

    pattern: Pattern
    first: frozenset[str] | None

    @property
    def may_be_empty(self) -> bool:
        """Whether it may match nothing."""
        return self.pattern.least == 0


class Compiler:
    """Compiles phrases against the named lists of a rubric, each node once."""

    def __init__(self, lists: Mapping[str, tuple[Phrase, ...]], built_in: frozenset[str]) -> None:
        self._sources = lists
        self._built_in = built_in
        self._lists: dict[str, _Part] = {}
        self._vocabularies: dict[str, frozenset[str]] = {}

    def compile(self, phrase: Phrase) -> Compiled:
        """One phrase; its lists must exist and not be circular, as the loader checks."""
        parts = [self._part(node) for node in phrase.tree.nodes]
        return Compiled(pattern=_in_order(parts).pattern, rule=phrase.rule, speak=lambda: self._vocabulary(phrase.tree))

    def _part(self, node: Node) -> _Part:
        match node:
            case Word():
                return _words(node)
            case ListRef(name) if name in self._built_in:
                return _Part(BuiltIn(name), None)
            case ListRef(name):
                return self._named(name)
            case Gap(most):
                return _Part(Between(most), None)
            case Edge(at_start):
                return _Part(AtEdge(at_start), _NO_WORDS)
            case Choice(options):
                return _one_of([self._part(option) for option in options])
            case Maybe(child):
                part = self._part(child)
                return _Part(Optional(part.pattern, part.pattern.most), part.first)
            case Sequence(nodes):
                return _in_order([self._part(child) for child in nodes])

    def _named(self, name: str) -> _Part:
        if name not in self._lists:
            entries = _one_of([self._part(phrase.tree) for phrase in self._sources[name]])
            pattern = Named(name, entries.pattern, entries.pattern.least, entries.pattern.most)
            self._lists[name] = replace(entries, pattern=pattern)
        return self._lists[name]

    def _vocabulary(self, node: Node) -> frozenset[str]:
        match node:
            case Word():
                return frozenset().union(*_word_groups(node))
            case ListRef(name) if name not in self._built_in:
                if name not in self._vocabularies:
                    words = [self._vocabulary(p.tree) for p in self._sources[name]]
                    self._vocabularies[name] = frozenset().union(*words)
                return self._vocabularies[name]
            case Choice(options):
                return frozenset().union(*[self._vocabulary(option) for option in options])
            case Sequence(nodes):
                return frozenset().union(*[self._vocabulary(child) for child in nodes])
            case Maybe(child):
                return self._vocabulary(child)
            case _:
                return _NO_WORDS


@cache
def _words(word: Word) -> _Part:
    """A written word, which may be several spoken ones."""
    parts = [_Part(OneWord(group), group) for group in _word_groups(word)]
    return _in_order(parts)


def _in_order(parts: list[_Part]) -> _Part:
    """Parts one after the other; a gap before something with known first words looks for those."""
    patterns: list[Pattern] = []
    for i, part in enumerate(parts):
        previous = parts[i - 1].pattern if i else None
        if isinstance(previous, Between) and part.first is not None and not part.may_be_empty:
            inner = part.pattern
            patterns[-1] = Ahead(previous.most, part.first, inner, inner.least, previous.most + inner.most)
        else:
            patterns.append(part.pattern)
    return _Part(_joined(tuple(patterns)), _first_of(parts))


def _joined(patterns: tuple[Pattern, ...]) -> Pattern:
    if len(patterns) == 1:
        return patterns[0]
    return InOrder(patterns, sum(p.least for p in patterns), sum(p.most for p in patterns))


def _first_of(parts: list[_Part]) -> frozenset[str] | None:
    begun = _NO_WORDS
    for part in parts:
        if part.first is None:
            return None
        begun |= part.first
        if not part.may_be_empty:
            return begun
    return begun


def _one_of(options: list[_Part]) -> _Part:
    """A choice by first word; single words become one set, so that long lists of words stay one look-up."""
    by_first: dict[str, list[Pattern]] = {}
    words: set[str] = set()
    unbound: list[Pattern] = []
    for option in options:
        if isinstance(option.pattern, OneWord):
            words |= option.pattern.words
        elif option.first is None or option.may_be_empty:
            unbound.append(option.pattern)
        else:
            for word in option.first:
                by_first.setdefault(word, []).append(option.pattern)
    single = OneWord(frozenset(words))
    pattern: Pattern = single
    if by_first or unbound:
        for word in words:
            by_first.setdefault(word, []).append(single)
        pattern = OneOf(
            by_first={word: tuple(patterns) for word, patterns in by_first.items()},
            open=tuple(unbound),
            least=min(option.pattern.least for option in options),
            most=max(option.pattern.most for option in options),
        )
    return _Part(pattern, _union([option.first for option in options]))


@cache
def _word_groups(word: Word) -> list[frozenset[str]]:
    """A written word as spoken words: "don't" is two; `~go` is one with many forms."""
    if word.inflected:
        return [frozenset(normal(form)[0] for form in forms(word.text) if normal(form))]
    return [frozenset((part,)) for part in normal(word.text)] or [frozenset((word.text.lower(),))]


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The union, or None where one of them is open."""
    result: frozenset[str] = frozenset()
    for one in sets:
        if one is None:
            return None
        result |= one
    return result
