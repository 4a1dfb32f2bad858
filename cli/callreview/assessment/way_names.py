"""The names of the ways that a seller puts side by side: which words they are, and which name is the smaller one's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from callreview.conversation import Side
from callreview.detection.hearing import Hearing, Sighting

# A word with a capital is the name of a way where it is said so often.
RECURS = 3
SMALL, LARGE = "option_named_small", "option_named_large"
# A name that says its size by itself weighs as much as so many ways of speaking of it.
BY_ITSELF = 3
_LEADING = frozenset(
    "the on onto to with off from is s take have want between and or than in of for at then just".split()
)
_SUFFIXES = frozenset("plus pro premium max deluxe extra advanced".split())
_LED_BY = r"\b(?:on|onto|off|than|there's|there is|we have|we do|stay|keep|or)(?: the)?"
_LISTED = r"\b(?:there's|there is|we have|we do|we've got|you have|you've)(?: the)?"
_STAYING = (
    r"\b(?:stay(?:ing)? (?:on|with|in|at)|back (?:on|to)|back down to|(?:is|are|'s|'re|been) on|off|from)(?: the)?"
)
_GOING = r"\b(?:up to|onto|move to|go (?:to|for|with)|up (?:on|in) to|directly with|take)(?: the)?"
_BEGINS_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z]\w+|^[A-Z]\w+")
_IN_LIST = re.compile(r"(?:the|there's|or|and|with|is|a|between|,) ([A-Z]\w+)")


class WayNames:
    """The names in one call. "Plus" and "the small one" say their size; how others are used tells it."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._text = "\n".join(turn.text for turn in hearing.call.turns)

    def size(self, name: str | None) -> int:
        """Below zero for a name of the smaller way, above for the larger one's, zero where it is open."""
        return self._sizes.get(name or "", 0)

    def first_in(self, words: str) -> str | None:
        """The first name in some words."""
        return next((w for w in re.findall(r"\w+", words.lower()) if w in self._sizes), None)

    def said_in(self, turn: int) -> Iterator[tuple[str, int]]:
        """Names in a turn with their places; a name of its own is known at the start of a sentence too."""
        seen: set[int] = set()
        for s in self._hearing.in_turn(turn, "option_named", SMALL, LARGE):
            if (name := self._key(s)) in self._sizes:
                seen.add(s.passage.start)
                yield name, s.passage.start
        for match in _BEGINS_SENTENCE.finditer(self._hearing.call.turn(turn).text):
            name = match[0].lower()
            if name in self._sizes and name not in self._sized and match.start() not in seen:
                yield name, match.start()

    @cached_property
    def _sized(self) -> dict[str, str]:
        """Names that say their size, with the signal that knows it."""
        return {self._key(s): s.signal for s in self._hearing.of(SMALL, LARGE)}

    @cached_property
    def _sizes(self) -> dict[str, int]:
        people = {word.lower() for speaker in self._hearing.call.speakers for word in speaker.name.split()}
        own = {self._key(s) for s in self._hearing.of("option_named")}
        names = {name for name in own if name in self._announced or self._is_name(name)} | set(self._sized)
        return {name: self._size(name) for name in names - people}

    @cached_property
    def _announced(self) -> set[str]:
        """Words with a capital where ways are announced: "three packages, there's Start, Grow and Scale"."""
        found: set[str] = set()
        turns = {s.turn for s in self._hearing.of("options_frame", "option_either")}
        for turn in turns | {s.turn + 1 for s in self._hearing.of("options_wanted") if self._is_sellers(s.turn + 1)}:
            found |= {word.lower() for word in _IN_LIST.findall(self._hearing.call.turn(turn).text)}
        return found

    def _is_sellers(self, turn: int) -> bool:
        return self._hearing.side(turn) is Side.SELLER

    def _key(self, s: Sighting) -> str:
        """The name itself, without the words that lead to it; of "Care Plus" the part that tells it from "Care"."""
        words: list[str] = re.findall(r"\w+", self._hearing.call.quote(s.passage).lower())
        if words[-1] in _SUFFIXES:
            return words[-1]
        return next((word for word in words if word not in _LEADING), words[-1])

    def _is_name(self, name: str) -> bool:
        """Whether a word with a capital is said often enough, and as one says plans: "on X", "than X", "there's X"."""
        capital = re.escape(name.capitalize())
        said = len(re.findall(rf"\b{capital}\b", self._text))
        return bool(
            (said >= RECURS and re.search(rf"{_LED_BY} {capital}\b", self._text))
            or (said > 1 and re.search(rf"{_LISTED} {capital}\b", self._text))
        )

    def _size(self, name: str) -> int:
        word, known = re.escape(name), self._sized.get(name)
        small = len(re.findall(rf"{_STAYING} {word}\b", self._text, re.IGNORECASE)) + BY_ITSELF * (known == SMALL)
        large = len(re.findall(rf"{_GOING} {word}\b", self._text, re.IGNORECASE)) + BY_ITSELF * (known == LARGE)
        return large - small
