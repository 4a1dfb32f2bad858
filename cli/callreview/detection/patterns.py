"""Phrases as patterns over the words of a sentence.

A pattern maps a start to all its possible ends, set by set, so its cost is bounded by the length of the phrase
times the length of the sentence, whatever the text: gaps and nested groups cannot blow up. Each pattern knows its
*anchors*, words of which one must be present, so most patterns are never tried on most sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Sequence as Positions
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Compiled:
    """A phrase, ready to be searched for.

    `required`: sets of words (or `<built-in>` marks); a sentence that lacks all words of any of them cannot match.
    `first`: the words that a match can begin with, None where that is open. `vocabulary`: the words that the phrase
    itself says.
    """

    pattern: Pattern
    required: tuple[frozenset[str], ...]
    first: frozenset[str] | None
    vocabulary: frozenset[str]
    rule: str

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


class Compiler:
    """Compiles phrases against the named lists of a rubric."""

    def __init__(self, lists: Mapping[str, tuple[Phrase, ...]], built_in: frozenset[str]) -> None:
        self._sources = lists
        self._built_in = built_in
        self._lists: dict[str, Named] = {}
        self._list_anchors: dict[str, frozenset[str] | None] = {}
        self._list_first: dict[str, frozenset[str] | None] = {}
        self._list_vocabulary: dict[str, frozenset[str]] = {}

    def compile(self, phrase: Phrase) -> Compiled:
        """One phrase; its lists must exist and not be circular, as the loader checks."""
        return Compiled(
            pattern=self._pattern(phrase.tree),
            required=self._required(phrase.tree),
            first=self._first(phrase.tree)[0],
            vocabulary=self._vocabulary(phrase.tree),
            rule=phrase.rule,
        )

    def _pattern(self, node: Node) -> Pattern:
        match node:
            case Word():
                return _in_order([OneWord(group) for group in _word_groups(node)])
            case ListRef(name):
                return BuiltIn(name) if name in self._built_in else self._named(name)
            case Gap(most):
                return Between(most)
            case Edge(at_start):
                return AtEdge(at_start)
            case Choice(options):
                return self._one_of(options)
            case Maybe(child):
                return Optional(self._pattern(child))
            case Sequence(nodes):
                return _in_order(self._sequence(nodes))

    def _sequence(self, nodes: tuple[Node, ...]) -> list[Pattern]:
        """The patterns of a sequence; a gap before something with known first words looks for those."""
        parts: list[Pattern] = []
        for node, before in zip(nodes, (None, *nodes), strict=False):
            pattern = self._pattern(node)
            first, may_be_empty = self._first(node)
            if isinstance(before, Gap) and first is not None and not may_be_empty:
                parts[-1] = Ahead(before.most, first, pattern)
            else:
                parts.append(pattern)
        return parts

    def _named(self, name: str) -> Named:
        if name not in self._lists:
            self._lists[name] = Named(name, self._one_of([phrase.tree for phrase in self._sources[name]]))
        return self._lists[name]

    def _one_of(self, options: Iterable[Node]) -> Pattern:
        """A choice by first word; single words become one set, so that long lists of words stay one look-up."""
        by_first: dict[str, list[Pattern]] = {}
        words: set[str] = set()
        unbound: list[Pattern] = []
        for option in options:
            pattern = self._pattern(option)
            first, may_be_empty = self._first(option)
            if isinstance(pattern, OneWord):
                words |= pattern.words
            elif first is None or may_be_empty:
                unbound.append(pattern)
            else:
                for word in first:
                    by_first.setdefault(word, []).append(pattern)
        if words and not by_first and not unbound:
            return OneWord(frozenset(words))
        single = OneWord(frozenset(words))
        for word in words:
            by_first.setdefault(word, []).append(single)
        return OneOf({word: tuple(patterns) for word, patterns in by_first.items()}, tuple(unbound))

    def _required(self, tree: Sequence) -> tuple[frozenset[str], ...]:
        """Per part of a phrase that must be there, the words of which one must be there; the rarest first."""
        sets = [anchors for node in tree.nodes if (anchors := self._anchors(node)) is not None]
        return tuple(sorted(sets, key=_cost))

    def _anchors(self, node: Node) -> frozenset[str] | None:
        """The cheapest set of words of which one must be there; None where nothing must."""
        match node:
            case Word():
                return min(_word_groups(node), key=_cost)
            case ListRef(name) if name in self._built_in:
                return frozenset((f"<{name}>",))
            case ListRef(name):
                if name not in self._list_anchors:
                    self._list_anchors[name] = _union([self._anchors(p.tree) for p in self._sources[name]])
                return self._list_anchors[name]
            case Choice(options):
                return _union([self._anchors(option) for option in options])
            case Sequence(nodes):
                sets = [anchors for child in nodes if (anchors := self._anchors(child)) is not None]
                return min(sets, key=_cost) if sets else None
            case _:
                return None

    def _first(self, node: Node) -> tuple[frozenset[str] | None, bool]:
        """(words that a match can begin with, or None if open; whether the node may match nothing)."""
        match node:
            case Word():
                return _word_groups(node)[0], False
            case ListRef(name) if name in self._built_in:
                return None, False
            case ListRef(name):
                if name not in self._list_first:
                    self._list_first[name] = _union([self._first(p.tree)[0] for p in self._sources[name]])
                return self._list_first[name], False
            case Gap():
                return None, True
            case Edge():
                return frozenset(), True
            case Maybe(child):
                return self._first(child)[0], True
            case Choice(options):
                firsts = [self._first(option) for option in options]
                return _union([words for words, _ in firsts]), any(empty for _, empty in firsts)
            case Sequence(nodes):
                return self._first_of_sequence(nodes)

    def _first_of_sequence(self, nodes: Iterable[Node]) -> tuple[frozenset[str] | None, bool]:
        begun: frozenset[str] = frozenset()
        for node in nodes:
            words, may_be_empty = self._first(node)
            if words is None:
                return None, may_be_empty
            begun |= words
            if not may_be_empty:
                return begun, False
        return begun, True

    def _vocabulary(self, node: Node) -> frozenset[str]:
        match node:
            case Word():
                return frozenset().union(*_word_groups(node))
            case ListRef(name) if name not in self._built_in:
                if name not in self._list_vocabulary:
                    words = [self._vocabulary(p.tree) for p in self._sources[name]]
                    self._list_vocabulary[name] = frozenset().union(*words)
                return self._list_vocabulary[name]
            case Choice(options):
                return frozenset().union(*[self._vocabulary(option) for option in options])
            case Sequence(nodes):
                return frozenset().union(*[self._vocabulary(child) for child in nodes])
            case Maybe(child):
                return self._vocabulary(child)
            case _:
                return frozenset()


@cache
def _word_groups(word: Word) -> list[frozenset[str]]:
    """A written word as spoken words: "don't" is two; `~go` is one with many forms."""
    if word.inflected:
        return [frozenset(normal(form)[0] for form in forms(word.text) if normal(form))]
    return [frozenset((part,)) for part in normal(word.text)] or [frozenset((word.text.lower(),))]


def _in_order(parts: list[Pattern]) -> Pattern:
    return parts[0] if len(parts) == 1 else InOrder(tuple(parts))


def _union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The union, or None where one of them is open."""
    result: frozenset[str] = frozenset()
    for one in sets:
        if one is None:
            return None
        result |= one
    return result


def _cost(anchors: frozenset[str]) -> float:
    """How often a set of anchors will be met, roughly."""
    return sum(50.0 if word in _COMMON else 20.0 if word.startswith("<") else 1.0 for word in anchors)
