"""Ways told apart by a number alone, "two visits ... four visits", headed alike, "if you take ... if you take",
or opposed: "the cheap road ... the dear road", "it has no ramp, the long one does"."""

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
_LEADS = frozenset("the on with for at take".split())
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
                (r"you can|you could|we can|we could|i can|i could", r"or (?:else )?(?:you|we|i)"),
                (r"if you (?:take|go|want|only|just|stay|keep)", r"if you (?:take|go|want|do|add|have)"),
                (r"if (?:it is|it's|its|it was)(?: just| only)?", r"if (?:it is|it's|its|it was|the|your)"),
            )
        )
    )
)
# The same thing, or "one", with adjectives of which the one is the larger's and the other the smaller's.
_LESS = (
    "small smaller smallest little cheap cheaper cheapest light lighter basic short shorter slow slower old older single"
    " normal standard plain half refurbished used secondhand manual hand thin thinner low lower narrow simple simpler"
    " economy part partial bare ordinary present current existing petrol wooden fixed shared day weekly monthly bronze"
)
_MORE = (
    "big bigger biggest large larger largest dear dearer expensive heavy heavier full fuller long longer fast faster new"
    " newer double rapid express premium whole automatic electric battery thick thicker high higher wide wider deluxe"
    " twin quick quicker complete complex advanced managed steel floating own dedicated night daily yearly annual gold"
)
_ADJECTIVES = re.compile(
    rf"\b(?P<a>(?:{'|'.join(_LESS.split())}) (?P<thing>\w+))\b.{{2,220}}?\b(?P<b>(?:{'|'.join(_MORE.split())})"
    r" (?:ones?\b|(?P=thing)))"
)
# What comes first is the subject of the whole sentence: "Floating, you don't know".
_NOT_HEADS = "yes yeah no well so look see now ok okay right then and but listen honestly actually sure mind sorry and"
_SET_BEFORE = re.compile(
    rf"(?:^|[.!?;:] )(?P<head>(?!(?:{'|'.join(_NOT_HEADS.split())})\b)(?:[\w-]+ ){{0,3}}[\w-]+),"
    r" (?:you|they|it|that|nobody|somebody|he|she|we|there)\b"
)
# "The sixteen does", "glazed ones won't": only an auxiliary, because the verb was said of the other way.
_ECHO = re.compile(
    r"\b(?:doesn'?t|does not|won'?t|will not|can'?t|cannot|has no|hasn'?t|don'?t|do not|has|does|will|they'll|it'll|can)\b"
    r".{3,90}?(?P<b>\b(?:(?:the|our|that|a) [\w-]+(?: [\w-]+)?|\w+ ones?)"
    r" (?:does|doesn'?t|will|won'?t|can|can'?t|do|don'?t|has it|has one|is))(?=\s*(?:[.,;!]|$|but\b|only\b|though\b|and\b))"
)
_DO = "(?:take|rent|buy|lease|hire|keep|own|fit|do|leave|patch|replace|repair)"
_ONE_THAT = "(?:the|this|that) (?:one|other)(?: one)? (?:that|with|without|where|which|for|on)"
_OPPOSED = re.compile(
    "|".join(
        rf"\b(?P<a{i}>{one})\b.{{3,200}}?\b(?P<b{i}>{other})\b"
        for i, (one, other) in enumerate(
            (
                ("left[ -]hand|on the left|on this side", "right[ -]hand|on the right|on that side"),
                (f"{_DO} (?:it|the \\w+),? (?:and|then)", f"{_DO} (?:it|the \\w+|one),? (?:and|then)"),
                (_ONE_THAT, _ONE_THAT),
                (r"some (?:people|folks?|customers|places|of them|lads|owners|schools|farms)", "(?:some|others|other people)"),
                (r"the cheap (?:way|one|road)", r"the (?:proper|good|real|right) (?:way|one|road)"),
            )
        )
    )
)
# "Once a month ... weekly", told apart by how often.
_OFTEN = re.compile(
    r"\b(once|twice|(?:two|three|four|five|six|eight|ten|twelve) times|weekly|fortnightly|monthly|quarterly|yearly|daily"
    r"|every (?:other )?(?:day|week|fortnight|month|quarter|year|season))\b"
)
# A number that stands for its thing is followed by what it does.
_AFTER_BARE = frozenset("does is would will comes makes means has costs gives can takes holds".split())
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
    often = {m[1]: m.start() for m in reversed(list(_OFTEN.finditer(text.lower())))}
    if len(often) > 1 and re.search(r"\bor\b", text):
        found |= set(often.values())
    yield from sorted(found | set(_bare_pairs(words)) | set(_named_by_number(words, counted)))


def _named_by_number(words: Sequence[tuple[int, str]], counted: Sequence[_Counted]) -> Iterator[int]:
    """ "The ten kilo machine ... the sixteen does": the later number stands for its thing."""
    for one in counted:
        if one.thing in _TIMES:
            continue
        led = words[one.index - 1][1] if one.index else ""
        for (_, before), (at, number), (_, after) in zip(
            words[one.index + 2 :], words[one.index + 3 : one.index + REACH], words[one.index + 4 :], strict=False
        ):
            same_place = before in {"the", led} and before in _LEADS
            if _is_number(number) and number != one.number.split()[-1] and same_place and after in _AFTER_BARE:
                yield from (one.start, at)
                return


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
        if thing not in _NO_THING and words[at][1] not in _NO_THING:
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


def opposed(text: str) -> Iterator[int]:
    """Where ways begin of which the one is said to be, or to do, what the other does not."""
    said = text.lower()
    if adjectives := _ADJECTIVES.search(said):
        yield from (adjectives.start("a"), adjectives.start("b"))
    if len(heads := [m.start("head") for m in _SET_BEFORE.finditer(said)]) > 1:
        yield from heads
    for match in _OPPOSED.finditer(said):
        yield from sorted(start for key in match.groupdict() if (start := match.start(key)) >= 0)


def pairs(text: str) -> Iterator[int]:
    """Where ways begin that are headed alike, or by "with" and "without"."""
    if echo := _ECHO.search(text.lower()):
        yield from (text.rfind(". ", 0, echo.start()) + 1, echo.start("b"))
    for match in _HEADS.finditer(text.lower()):
        yield from sorted(start for key in match.groupdict() if (start := match.start(key)) >= 0)
