"""Sentences laid out for searching: one by one, and many side by side as bit masks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Spans: TypeAlias = Mapping[str, Mapping[int, frozenset[int]]]
Mask: TypeAlias = int


class Stretch:
    """Sentences side by side: place `i`, bit `i` of a mask, is a word, or the empty place after a sentence.

    Masks of a stretch cost its length, so a call is cut into stretches of bounded length.
    """

    def __init__(self, sentences: Iterable[tuple[tuple[str, ...], Spans]]) -> None:
        places: dict[str, list[int]] = {}
        built_in: dict[str, list[int]] = {}
        self.offsets: list[int] = []
        self.known: dict[object, Mask] = {}
        self._sentence_at: list[int] = []
        at = 0
        for index, (words, spans) in enumerate(sentences):
            self.offsets.append(at)
            self._sentence_at += [index] * (len(words) + 1)
            for i, word in enumerate(words, at):
                places.setdefault(word, []).append(i)
            for name, starts in spans.items():
                built_in.setdefault(name, []).extend(at + start for start in starts)
            at += len(words) + 1
        self.length = at
        self.everywhere: Mask = (1 << at) - 1
        self.words = frozenset(places)
        self._places = {word: self._mask(found) for word, found in places.items()}
        self._built_in = {name: self._mask(found) for name, found in built_in.items()}
        self.beginnings = self._mask(self.offsets)
        self.endings = self._mask([offset - 1 for offset in [*self.offsets[1:], at]])

    def where(self, words: frozenset[str]) -> Mask:
        """The places of any of some words."""
        mask = 0
        for word in words & self.words:
            mask |= self._places[word]
        return mask

    def where_built_in(self, name: str) -> Mask:
        """The places where a span of a built-in list begins."""
        return self._built_in.get(name, 0)

    def sentences_of(self, mask: Mask) -> Iterator[int]:
        """The sentences with a bit in a mask, by index, in order."""
        while mask:
            index = self._sentence_at[(mask & -mask).bit_length() - 1]
            yield index
            after = self.offsets[index + 1] if index + 1 < len(self.offsets) else self.length
            mask = mask >> after << after

    def _mask(self, places: Iterable[int]) -> Mask:
        bits = bytearray(self.length // 8 + 1)
        for place in places:
            bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")


def before(mask: Mask, most: int) -> Mask:
    """All places from which a place of the mask is 0 to `most` words ahead.

    >>> bin(before(0b1000, 2))
    '0b1110'
    """
    reach = 0
    while reach < most:
        step = min(reach + 1, most - reach)
        mask |= mask >> step
        reach += step
    return mask


@dataclass(slots=True)
class Scene:
    """One sentence of a stretch while it is searched, with the spans of built-in lists by start."""

    words: tuple[str, ...]
    built_in: Spans
    stretch: Stretch
    offset: int
    remembered: dict[tuple[str, int], Sequence[int]] = field(default_factory=dict)

    def local(self, mask: Mask) -> Mask:
        """The part of a stretch's mask that belongs to this sentence, counted from its first word."""
        return mask >> self.offset & ((1 << len(self.words)) - 1)


def scenes(sentences: Sequence[tuple[tuple[str, ...], Spans]]) -> tuple[Scene, ...]:
    """The scenes of one stretch."""
    stretch = Stretch(sentences)
    return tuple(
        Scene(words, spans, stretch, offset) for (words, spans), offset in zip(sentences, stretch.offsets, strict=True)
    )
