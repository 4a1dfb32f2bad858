"""Sentences laid out side by side for searching, so that one operation on bit masks looks at all of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

Spans: TypeAlias = Mapping[str, Mapping[int, frozenset[int]]]
Mask: TypeAlias = int


# The places of a word that is said no more often are set one by one.
_RARE = 6


class Stretch:
    """Sentences side by side: place `i`, bit `i` of a mask, is a word, or the empty place after a sentence.

    A match begins at the place of its first word and ends at the place after its last one, so at the latest at the
    empty place after its sentence. `present` are the patterns that its words call for, all where nobody has asked (see
    `compiled.Anchors`); `known` is where a pattern may begin, as far as it is known. Masks cost the stretch's length,
    so a call is cut into stretches of bounded length.
    """

    def __init__(self, sentences: Sequence[tuple[tuple[str, ...], Spans]]) -> None:
        self.present: Container[object] = _EVERYTHING
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.ends: list[int] = []
        self.sentence_at: list[int] = []
        self.known: dict[object, Mask] = {}
        self._built_in: dict[str, dict[int, Mask]] = {}
        for index, (words, spans) in enumerate(sentences):
            at = len(self.words)
            self.offsets.append(at)
            self.ends.append(at + len(words))
            self.words += words
            self.words.append("")
            self.sentence_at += [index] * (len(words) + 1)
            for name, starts in spans.items():
                found = self._built_in.setdefault(name, {})
                for start, ends in starts.items():
                    found[at + start] = sum(1 << at + end for end in ends)
        self.length = len(self.words)
        self.beginnings = self.mask(self.offsets)
        self.endings = self.mask(self.ends)
        self.everywhere: Mask = (1 << self.length) - 1
        self._inside: dict[int, Mask] = {1: self.everywhere & ~self.endings}
        self._places = _places(self.words)
        self._masks: dict[str, Mask] = {}
        self.vocabulary = frozenset(self._places)

    def sentence(self, place: int) -> tuple[int, int]:
        """The places of the words of the sentence at a place, half open."""
        index = self.sentence_at[place]
        return self.offsets[index], self.ends[index]

    def where(self, words: frozenset[str]) -> Mask:
        """The places of any of some words."""
        found = 0
        rare: list[int] = []
        for word in words & self.vocabulary:
            places = self._places[word]
            if len(places) <= _RARE:
                rare += places
                continue
            if word not in self._masks:
                self._masks[word] = self.mask(places)
            found |= self._masks[word]
        if len(rare) == 1:
            return found | 1 << rare[0]
        return found | self.mask(rare) if rare else found

    def where_built_in(self, name: str) -> Mask:
        """The places where a span of a built-in list begins."""
        return self.mask(self._built_in.get(name, ()))

    def built_in_ends(self, name: str, starts: Mask) -> Mask:
        """The ends of the spans of a built-in list that begin at some places."""
        spans = self._built_in.get(name)
        if spans is None:
            return 0
        ends = 0
        for start in bits(starts):
            ends |= spans.get(start, 0)
        return ends

    def ahead(self, mask: Mask, most: int) -> Mask:
        """All places 0 to `most` words ahead of a place of the mask, within its sentence."""
        reach = 0
        while reach < most and mask:
            step = min(reach + 1, most - reach)
            mask |= (mask & self._words_follow(step)) << step
            reach += step
        return mask

    def before(self, mask: Mask, most: int) -> Mask:
        """All places from which a place of the mask is 0 to `most` words ahead, within the sentence."""
        reach = 0
        while reach < most and mask:
            step = min(reach + 1, most - reach)
            mask |= mask >> step & self._words_follow(step)
            reach += step
        return mask

    def _words_follow(self, count: int) -> Mask:
        """The places from which `count` words can be passed without leaving the sentence."""
        known = self._inside.get(count)
        if known is None:
            less = self._words_follow(count - count // 2)
            known = self._inside[count] = less & self._words_follow(count // 2) >> count - count // 2
        return known

    @property
    def is_narrowed(self) -> bool:
        """Whether some patterns are ruled out beforehand."""
        return self.present is not _EVERYTHING

    def mask(self, places: Iterable[int]) -> Mask:
        """The mask with these places."""
        bits = bytearray(self.length // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


class _Everything:
    """Holds whatever is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


_EVERYTHING = _Everything()


def _places(words: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        if word in places:
            places[word].append(place)
        else:
            places[word] = [place]
    places.pop("", None)
    return places


def bits(mask: Mask) -> Iterator[int]:
    """The places of a mask, in order.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
