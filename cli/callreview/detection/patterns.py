"""Phrases as patterns over the words of a sentence.

A pattern maps a start to all its possible ends, set by set, so its cost is bounded by the length of the phrase
times the length of the sentence, whatever the text: gaps and nested groups cannot blow up. Each pattern knows its
*anchors*, words of which one must be present, so most patterns are never tried on most sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Sequence as Positions
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Protocol, TypeAlias

from callreview.detection.words import normal
from callreview.rubric.forms import forms
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import Choice, Edge, Gap, ListRef, Maybe, Node, Sequence, Word

_COMMON = frozenset(
    (
        "the a an i you we it that is to and of in on at for with be not do so if what this there have are "
        "will can would they but or just as up out your our my me he she was were get got go one all like no "
        "yes by from then when know am us them him her his its their who how about been has had did say think "
        "want need right well ok"
    ).split()
)


Ends: TypeAlias = Positions[int]


@dataclass(slots=True)
class Scene:
    """A sentence while it is searched: its words, the spans of built-in lists by start, and remembered list matches."""

    words: tuple[str, ...]
    built_in: Mapping[str, Mapping[int, frozenset[int]]]
    remembered: dict[tuple[str, int], Ends] = field(default_factory=dict)


class Pattern(Protocol):
    """Anything that can be matched from a start."""

    def ends(self, scene: Scene, start: int) -> Ends:
        """All positions after a match that begins at `start`, each once."""


_NONE: Ends = ()
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OneWord:
    """One of some words."""

    words: frozenset[str]

    def ends(self, scene: Scene, start: int) -> Ends:
        """Just after the word, where it stands here."""
        if start < len(scene.words) and scene.words[start] in self.words:
            return (start + 1,)
        return _NONE


@dataclass(frozen=True, slots=True)
class InOrder:
    """Patterns one after the other."""

    parts: tuple[Pattern, ...]

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

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the part, and the start itself."""
        return tuple({start, *self.part.ends(scene, start)})


@dataclass(frozen=True, slots=True)
class Between:
    """Up to `most` words of any kind."""

    most: int

    def ends(self, scene: Scene, start: int) -> Ends:
        """The start and up to `most` positions after it."""
        return range(start, min(start + self.most, len(scene.words)) + 1)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A pattern after up to `most` words of any kind; `first` are the words that it can begin with."""

    most: int
    first: frozenset[str]
    part: Pattern

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the pattern from all places where it can begin."""
        words = scene.words
        places = range(start, min(start + self.most + 1, len(words)))
        return _all_ends(self.part, scene, [at for at in places if words[at] in self.first])


@dataclass(frozen=True, slots=True)
class AtEdge:
    """The start or the end of the sentence."""

    at_start: bool

    def ends(self, scene: Scene, start: int) -> Ends:
        """The position itself, at the edge."""
        edge = 0 if self.at_start else len(scene.words)
        return (start,) if start == edge else _NONE


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A built-in list, found beforehand."""

    name: str

    def ends(self, scene: Scene, start: int) -> Ends:
        """The ends of the spans that begin here."""
        spans = scene.built_in.get(self.name)
        return tuple(spans.get(start, ())) if spans else _NONE


@dataclass(slots=True)
class Named:
    """A named list; what it matched is remembered for the sentence."""

    name: str
    entries: Pattern

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
    """A phrase, ready to be searched for.

    `required`: sets of words (or `<built-in>` marks); a sentence that lacks all words of any of them cannot match.
    `first`: the words that a match can begin with, None where that is open.
    """

    pattern: Pattern
    required: tuple[frozenset[str], ...]
    first: frozenset[str] | None
    rule: str
    speak: Callable[[], frozenset[str]]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that the phrase itself says."""
        return self.speak()

    @property
    def anchors(self) -> frozenset[str]:
        """The rarest of the required sets: the one to look the phrase up by."""
        return self.required[0] if self.required else _NO_WORDS

    def can_match(self, present: AbstractSet[str]) -> bool:
        """Whether a sentence with these words, and marks of built-in lists, may match at all."""
        return not any(words.isdisjoint(present) for words in self.required)

    def search(self, scene: Scene) -> list[tuple[int, int]]:
        """The longest match from each start, as half-open word ranges without overlaps."""
        found: list[tuple[int, int]] = []
        after = 0
        for start, word in enumerate(scene.words):
            if start < after or (self.first is not None and word not in self.first):
                continue
            ends = self.pattern.ends(scene, start)
            if ends and (end := max(ends)) > start:
                found.append((start, end))
                after = end
        return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A compiled node: its pattern, the words that it can begin with (None: any), whether it may match nothing, and
    the rarest words of which one must be there (None: nothing must)."""

    pattern: Pattern
    first: frozenset[str] | None
    may_be_empty: bool
    anchors: frozenset[str] | None


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
        whole = _in_order(parts)
        required = sorted([part.anchors for part in parts if part.anchors is not None], key=_cost)
        return Compiled(
            pattern=whole.pattern,
            required=tuple(required),
            first=whole.first,
            rule=phrase.rule,
            speak=lambda: self._vocabulary(phrase.tree),
        )

    def _part(self, node: Node) -> _Part:
        match node:
            case Word():
                return _words(node)
            case ListRef(name) if name in self._built_in:
                return _Part(BuiltIn(name), None, False, frozenset((f"<{name}>",)))
            case ListRef(name):
                return self._named(name)
            case Gap(most):
                return _Part(Between(most), None, True, None)
            case Edge(at_start):
                return _Part(AtEdge(at_start), _NO_WORDS, True, None)
            case Choice(options):
                return _one_of([self._part(option) for option in options])
            case Maybe(child):
                part = self._part(child)
                return _Part(Optional(part.pattern), part.first, True, None)
            case Sequence(nodes):
                return _in_order([self._part(child) for child in nodes])

    def _named(self, name: str) -> _Part:
        if name not in self._lists:
            entries = _one_of([self._part(phrase.tree) for phrase in self._sources[name]])
            self._lists[name] = replace(entries, pattern=Named(name, entries.pattern))
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
    groups = _word_groups(word)
    patterns: list[Pattern] = [OneWord(group) for group in groups]
    pattern = patterns[0] if len(patterns) == 1 else InOrder(tuple(patterns))
    return _Part(pattern, groups[0], False, min(groups, key=_cost))


def _in_order(parts: list[_Part]) -> _Part:
    """Parts one after the other; a gap before something with known first words looks for those."""
    patterns: list[Pattern] = []
    for i, part in enumerate(parts):
        before = parts[i - 1].pattern if i else None
        if isinstance(before, Between) and part.first is not None and not part.may_be_empty:
            patterns[-1] = Ahead(before.most, part.first, part.pattern)
        else:
            patterns.append(part.pattern)
    first, may_be_empty = _first_of(parts)
    anchors = [part.anchors for part in parts if part.anchors is not None]
    return _Part(
        pattern=patterns[0] if len(patterns) == 1 else InOrder(tuple(patterns)),
        first=first,
        may_be_empty=may_be_empty,
        anchors=min(anchors, key=_cost) if anchors else None,
    )


def _first_of(parts: list[_Part]) -> tuple[frozenset[str] | None, bool]:
    begun = _NO_WORDS
    for part in parts:
        if part.first is None:
            return None, all(p.may_be_empty for p in parts)
        begun |= part.first
        if not part.may_be_empty:
            return begun, False
    return begun, True


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
        pattern = OneOf({word: tuple(patterns) for word, patterns in by_first.items()}, tuple(unbound))
    return _Part(
        pattern=pattern,
        first=_union([option.first for option in options]),
        may_be_empty=any(option.may_be_empty for option in options),
        anchors=_union([option.anchors for option in options]),
    )


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


@cache
def _cost(anchors: frozenset[str]) -> float:
    """How often a set of anchors will be met, roughly."""
    return sum(50.0 if word in _COMMON else 20.0 if word.startswith("<") else 1.0 for word in anchors)
