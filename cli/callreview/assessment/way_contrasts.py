"""Ways told apart by a number alone, "two visits ... four visits", or headed alike, "if you take ... if you take"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ONES = "one two three four five six seven eight nine ten eleven twelve fifteen sixteen eighteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = frozenset(f"{_ONES} {_TENS} single double twin triple half full".split())
# What follows a number that counts money, time or nothing at all.
_NO_THING = frozenset(
    "hundred thousand million percent per point dollar euro pound quid buck grand lakh cent pence p o of and or to a an"
    " the is are was for in on at by with it that this thing time way more le other minute second year ago".split()
)
_TIMES = frozenset("hour day week month night".split())
_OR = frozenset({"or", "versus"})
# How far apart, in words, the two may stand.
REACH = 45
# Nearer numbers are one vague number: "two or three", "ten or twelve".
APART = 1.3
# Ways are also told apart by saying the same, or the contrary, at the head of each.
_GAP = r"\b.{3,160}?\b"
_HEADS = re.compile(
    "|".join(
        rf"\b(?P<a{i}>{one}){_GAP}(?P<b{i}>{other})\b"
        for i, (one, other) in enumerate(
            (
                (r"(?:there is|there's|theres) (?:the|a|one)", r"(?:there is|there's|theres) (?:also )?(?:the|a|one)"),
                (r"you(?:'ve| have|ve)(?: got)? the", r"(?:you(?:'ve| have|ve)(?: got)? the|then the|and the other)"),
                (r"(?:the )?one(?: of them)?(?: is|'s)", r"(?:the other|another|the second)(?: one)?(?: is|'s)"),
                (r"with(?: the| a)?", r"without"),
                (r"without", r"with (?:it|the|that|them)"),
                (r"either(?: you| we| i| the)?", r"or(?: you| we| i| the)?"),
                (r"some (?:people|folks|customers|places|of them)?", r"(?:some|others)"),
                (r"you can|you could|we can|we could|i can|i could", r"or (?:else )?(?:you|we|i)"),
                (r"if you (?:take|go|want|only|just|stay|keep)", r"if you (?:take|go|want|do|add|have)"),
            )
        )
    )
)
_WORD = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
_VALUES = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_VALUES |= {word: n * 10 for n, word in enumerate(_TENS.split(), start=2)}


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number and the thing that it counts."""

    start: int
    index: int
    number: str
    thing: str
    is_led_by_or: bool


def contrasts(text: str) -> Iterator[int]:
    """Where ways begin that count the same thing differently."""
    words = [(m.start(), m[0]) for m in _WORD.finditer(text.lower())]
    counted = list(_counted(words))
    found: set[int] = set()
    for i, one in enumerate(counted):
        for other in counted[i + 1 :]:
            if _are_ways(one, other):
                found |= {one.start, other.start}
    yield from sorted(found | set(_bare_pairs(words)))


def _are_ways(one: _Counted, other: _Counted) -> bool:
    same = one.thing == other.thing and one.number != other.number and other.index - one.index <= REACH
    return same and (one.thing not in _TIMES or other.is_led_by_or)


def _counted(words: Sequence[tuple[int, str]]) -> Iterator[_Counted]:
    at = 0
    while at < len(words):
        first = at
        while at < len(words) and _is_number(words[at][1]):
            at += 1
        if first == at or at == len(words):
            at += 1
            continue
        thing = words[at][1].removesuffix("s")
        if thing not in _NO_THING:
            number = " ".join(word for _, word in words[first:at])
            led = first > 0 and words[first - 1][1] in _OR
            yield _Counted(words[first][0], first, number, thing, led)


def _bare_pairs(words: Sequence[tuple[int, str]]) -> Iterator[int]:
    """ "Sixty or eighty": two numbers too far apart to be a guess."""
    for (start, one), (_, led), (end, other) in zip(words, words[1:], words[2:], strict=False):
        if led in _OR and _value(one) and _value(other) >= APART * _value(one):
            yield from (start, end)


def _is_number(word: str) -> bool:
    return word in _NUMBERS or word[0].isdigit()


def _value(word: str) -> float:
    if word[0].isdigit():
        return float(re.sub(r"[,.]", "", word))
    return _VALUES.get(word, 0)


def pairs(text: str) -> Iterator[int]:
    """Where ways begin that are headed alike, or by "with" and "without"."""
    for match in _HEADS.finditer(text.lower()):
        yield from sorted(start for key in match.groupdict() if (start := match.start(key)) >= 0)
