"""The names of the ways that a seller puts side by side: which words they are, and which name is the smaller one's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
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
_LED_BY = re.compile(r"\b(?:on|onto|off|than|there's|there is|we have|we do|stay|keep|or)(?: the)?$")
_LISTED = re.compile(r"\b(?:there's|there is|we have|we do|we've got|you have|you've)(?: the)?$")
_STAYING = re.compile(
    r"\b(?:stay(?:ing)? (?:on|with|in|at)|back (?:on|to)|back down to|(?:is|are|'s|'re|been) on|off|from) (?=(\w+))"
)
_GOING = re.compile(r"\b(?:up to|onto|move to|go (?:to|for|with)|up (?:on|in) to|directly with|take) (?=(\w+))")
_THE = re.compile(r"the (\w+)")
# How many characters before a name hold what leads to it.
LED_TO = 24
# A word that does not begin with a small letter; none but the first letter is looked for, which is fast.
_CAPITAL = re.compile(r"[^\Wa-z](?<!\w.)\w*")
_BEGINS_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z]\w+|^[A-Z]\w+")
_IN_LIST = re.compile(r"(?:the|there's|or|and|with|is|a|between|,) ([A-Z]\w+)")


class WayNames:
    """The names in one call. "Plus" and "the small one" say their size; how others are used tells it."""

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing

    def size(self, name: str | None) -> int:
        """Below zero for a name of the smaller way, above for the larger one's, zero where it is open."""
        return self._size(name) if name in self._known else 0

    def first_in(self, words: str) -> str | None:
        """The first name in some words."""
        return next((w for w in re.findall(r"\w+", words.lower()) if w in self._known), None)

    def said_in(self, turn: int) -> Iterator[tuple[str, int]]:
        """Names in a turn with their places; a name of its own is known at the start of a sentence too."""
        seen: set[int] = set()
        for s in self._hearing.in_turn(turn, "option_named", SMALL, LARGE):
            if (name := self._key(s)) in self._known:
                seen.add(s.passage.start)
                yield name, s.passage.start
        for match in _BEGINS_SENTENCE.finditer(self._hearing.call.turn(turn).text):
            name = match[0].lower()
            if name in self._known and name not in self._sized and match.start() not in seen:
                yield name, match.start()

    @cached_property
    def _sized(self) -> dict[str, str]:
        """Names that say their size, with the signal that knows it."""
        return {self._key(s): s.signal for s in self._hearing.of(SMALL, LARGE)}

    @cached_property
    def _known(self) -> set[str]:
        """The names of ways."""
        people = {word.lower() for speaker in self._hearing.call.speakers for word in speaker.name.split()}
        own = {self._key(s) for s in self._hearing.of("option_named")}
        names = {name for name in own if name in self._announced or self._is_name(name)} | set(self._sized)
        return names - people

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
        word = name.capitalize()
        said = self._capitals.said[word]
        return (said >= RECURS and word in self._capitals.led_to) or (said > 1 and word in self._capitals.listed)

    @cached_property
    def _capitals(self) -> _Capitals:
        return _Capitals(turn.text for turn in self._hearing.call.turns)

    def _size(self, name: str) -> int:
        known = self._sized.get(name)
        small = self._ways_of_speaking[_STAYING][name] + BY_ITSELF * (known == SMALL)
        large = self._ways_of_speaking[_GOING][name] + BY_ITSELF * (known == LARGE)
        return large - small

    @cached_property
    def _ways_of_speaking(self) -> dict[re.Pattern[str], Counter[str]]:
        """How often each word is said as one speaks of the way that one is on, and of the way that one goes to."""
        text = "\n".join(turn.text for turn in self._hearing.call.turns).lower()
        return {leading: Counter(_led_to(text, leading)) for leading in (_STAYING, _GOING)}


class _Capitals:
    """Words with a capital: how often each is said, and which ones after words that lead to a name."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.said: Counter[str] = Counter()
        self.led_to: set[str] = set()
        self.listed: set[str] = set()
        for text in texts:
            for match in _CAPITAL.finditer(text):
                word, before = match[0], text[max(match.start() - LED_TO, 0) : match.start()]
                self.said[word] += 1
                if before.endswith(" "):
                    self._tell(word, before[:-1])

    def _tell(self, word: str, before: str) -> None:
        if word not in self.led_to and _LED_BY.search(before):
            self.led_to.add(word)
        if word not in self.listed and _LISTED.search(before):
            self.listed.add(word)


def _led_to(text: str, leading: re.Pattern[str]) -> Iterator[str]:
    """The words after leading ones, past a "the" as well."""
    for match in leading.finditer(text):
        yield match[1]
        if past := _THE.match(text, match.end()):
            yield past[1]
