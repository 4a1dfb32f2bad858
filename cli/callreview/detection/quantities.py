"""Numbers, money, shares, dates, durations and times of day, in digits and in words, as people say them.

Recognisers write "thirty one percent" and "eighteen grand"; people say "three ninety" for 390 and "fourteen two"
for 14,200. A quantity keeps every value that its words may stand for, so that a number said twice can be matched.
(The `text2num` library reads grammatical number words, but not these spoken ones, and keeps no character offsets.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from callreview.detection.hearing import Quantity, QuantityKind
from callreview.detection.words import Spoken

_UNITS = {
    w: i
    for i, w in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {
    w: 10 * i for i, w in enumerate(("twenty thirty forty fifty sixty seventy eighty ninety").split(), start=2)
} | {"fourty": 40}
_SCALES = {"hundred": 100, "thousand": 1e3, "grand": 1e3, "k": 1e3, "million": 1e6, "mil": 1e6, "billion": 1e9}
_LOOSE = {"half": 0.5, "couple": 2, "dozen": 12, "quarter": 0.25, "third": 1 / 3, "twice": 2, "double": 2, "once": 1}
_DIGITS = re.compile(r"^(\d[\d,]*(?:\.\d+)?)(k|m|bn)?$")
_ORDINAL_DIGITS = re.compile(r"^(\d{1,2})(st|nd|rd|th)$")
_ORDINALS = {
    w: i
    for i, w in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        start=1,
    )
} | {"thirtieth": 30}
_MONEY_AFTER = frozenset(
    (
        "dollar dollars euro euros pound pounds quid buck bucks grand cents pence rupees rupee lakh lakhs "
        "rand naira shillings shilling francs franc zloty pesos peso cedis usd eur gbp p"
    ).split()
)
_DURATIONS = {
    unit: base
    for base in ("second", "minute", "hour", "day", "night", "week", "weekend", "fortnight", "month", "quarter", "year")
    for unit in (base, base + "s")
} | {"hrs": "hour", "mins": "minute", "min": "minute", "secs": "second", "wk": "week", "yr": "year", "yrs": "year"}
_MONTHS = {
    name: i
    for i, names in enumerate(
        (
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|"
            "october oct|november nov|december dec"
        ).split("|"),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {w: i for i, w in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])}
_WEEKDAYS |= {"mon": 0, "tues": 1, "tue": 1, "wed": 2, "thurs": 3, "thu": 3, "fri": 4}
_SEASONS = frozenset(("christmas easter thanksgiving spring summer autumn winter diwali ramadan eid half-term").split())
_BEFORE_MONTH = frozenset(
    ("in by of until till since from before after last next early late mid every end this to start middle").split()
)
_BEFORE_DAY = frozenset(["the", "by", "on", "until", "till", "before", "this", "next", "from", "and", "to", "of"])
_NEXT_PERIOD = frozenset(("week month quarter year weekend term season summer spring autumn winter").split())


# Every quantity begins with one of these, or with a digit.
_OPENINGS = frozenset(
    {*_UNITS, *_TENS, *_LOOSE, *_ORDINALS, *_MONTHS, *_WEEKDAYS, *_SEASONS}.union(
        "$ a an this next today tonight tomorrow q1 q2 q3 q4 end start middle beginning within in inside".split(),
        "hundred thousand million".split(),
    )
)


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    after: int
    values: frozenset[float]


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity with the word range (0-based, half open) that it covers in its sentence."""

    first: int
    after: int
    quantity: Quantity


def quantities(spoken: Spoken, today: date | None = None) -> list[Found]:
    """All quantities of a sentence; a word belongs to one of them at most. `today` resolves days to ISO dates."""
    openings = [at for at, word in enumerate(spoken.words) if word in _OPENINGS or word[0].isdigit()]
    if not openings:
        return []
    words = _Words(spoken.words)
    words.pauses = spoken.pauses
    found: list[Found] = []
    for first, after, kind, values, unit, iso in _scan(words, openings, today):
        quantity = Quantity(
            kind=kind,
            passage=spoken.passage(first, after),
            sentence=spoken.sentence.index,
            values=values,
            unit=unit,
            iso_date=iso,
        )
        found.append(Found(first, after, quantity))
    return found


class _Words(tuple[str, ...]):
    """Words that know before which of them the speaker pauses; numbers do not reach over a pause."""

    pauses: Sequence[int]


_Row = tuple[int, int, QuantityKind, frozenset[float], str | None, str | None]


def _scan(words: _Words, openings: Iterable[int], today: date | None) -> Iterator[_Row]:
    reached = 0
    for at in openings:
        if at >= reached and (row := _date_at(words, at, today) or _number_row(words, at)):
            yield row
            reached = row[1]


# --- numbers ---------------------------------------------------------------------------------------


def _number_row(words: _Words, at: int) -> _Row | None:
    money = words[at] == "$"
    span = _number_at(words, at + 1 if money else at)
    if span is None:
        return _bare_duration(words, at)
    first, after = at, span.after
    following = words[after] if after < len(words) else ""
    if money or following in _MONEY_AFTER or words[after - 1] in {"grand", "k"}:
        after += following in _MONEY_AFTER
        return first, after, "money", span.values, None, None
    if following in {"percent", "%"} or words[after : after + 2] in {("per", "cent"), ("percentage", "points")}:
        return first, after + (1 if following in {"percent", "%"} else 2), "percent", span.values, None, None
    if following in _DURATIONS:
        return first, after + 1, "duration", span.values, _DURATIONS[following], None
    if following in {"am", "pm", "o'clock", "oclock"}:
        return first, after + 1, "time", span.values, None, None
    if words[at] in {"half", "quarter", "once", "third", "one", "double", "twice"} and after == at + 1:
        return None
    return first, after, "number", span.values, None, None


def _bare_duration(words: _Words, at: int) -> _Row | None:
    """ "a month", "a fortnight", "an hour", "half a day"."""
    if words[at] not in {"a", "an", "one", "half", "each", "per", "every"}:
        return None
    after = at + 2 if words[at] == "half" and words[at + 1 : at + 2] in {("a",), ("an",)} else at + 1
    if after < len(words) and words[after] in _DURATIONS and words[at] not in {"each", "per", "every"}:
        value = 0.5 if words[at] == "half" else 1.0
        return at, after + 1, "duration", frozenset({value}), _DURATIONS[words[after]], None
    return None


def _number_at(words: _Words, at: int) -> _Span | None:
    """The longest run of number words from `at`, with all values it may stand for."""
    if at >= len(words):
        return None
    chunks, after = _chunks(words, at)
    if not chunks:
        return None
    groups = _price_groups(chunks)
    if len(groups) > 1 and "scale" not in {kind for kind, _ in chunks}:
        return _Span(at, after, frozenset(_spoken_values([value for _, value in groups])))
    return _Span(at, after, frozenset({_fold(chunks)}))


def _value(word: str) -> float | None:
    if word in _UNITS:
        return float(_UNITS[word])
    if word in _TENS:
        return float(_TENS[word])
    if word in _LOOSE:
        return float(_LOOSE[word])
    digits = _DIGITS.match(word)
    if digits:
        scale = {"k": 1e3, "m": 1e6, "bn": 1e9}.get(digits[2] or "", 1)
        return float(digits[1].replace(",", "").rstrip(".")) * scale
    return None


def _chunks(words: _Words, at: int) -> tuple[list[tuple[str, float]], int]:
    """Number words from `at` as (kind, value): unit, ten, scale, digits."""
    chunks: list[tuple[str, float]] = []
    begin = at
    while at < len(words) and len(chunks) < 12 and not (at > begin and at in words.pauses):
        word = words[at]
        value = _value(word)
        if value is not None and not _starts_anew(word, chunks):
            kind = "ten" if word in _TENS else "loose" if word in _LOOSE else "digits" if word[0].isdigit() else "unit"
            chunks.append((kind, value))
        elif word in _SCALES and (chunks or (at and word in {"hundred", "thousand", "million"})):
            chunks.append(("scale", float(_SCALES[word])))
        elif word in {"a", "an"} and not chunks and words[at + 1 : at + 2] and words[at + 1] in _SCALES:
            chunks.append(("unit", 1.0))
        elif word in {"a", "an"} and not chunks and words[at + 1 : at + 2] in {("couple",), ("dozen",)}:
            pass
        elif word == "and" and chunks and at + 1 < len(words) and _joins(words, at + 1, chunks):
            if words[at + 1 : at + 3] == ("a", "half"):
                chunks.append(("half", 0.5))
                at += 2
        elif word == "point" and chunks and at + 1 < len(words) and words[at + 1] in _UNITS:
            chunks.append(("half", _UNITS[words[at + 1]] / 10))
            at += 1
        else:
            break
        at += 1
    return chunks, at


def _starts_anew(word: str, chunks: list[tuple[str, float]]) -> bool:
    """Whether a number word cannot go on from the chunks before it: "half", digits after digits."""
    return bool(chunks) and (word in _LOOSE or chunks[-1][0] in {"digits", "loose"} or word[0].isdigit())


def _joins(words: _Words, at: int, chunks: list[tuple[str, float]]) -> bool:
    """ "hundred and eighty", "nineteen and a half"."""
    if words[at : at + 2] == ("a", "half"):
        return True
    return chunks[-1][0] == "scale" and _value(words[at]) is not None and words[at] not in _LOOSE


def _fold(chunks: list[tuple[str, float]]) -> float:
    """Number words by their grammar: 'two hundred and twelve' is 212, 'twenty two hundred' 2200."""
    total, current = 0.0, 0.0
    for kind, value in chunks:
        if kind == "scale":
            current = (current or 1.0) * value
            if value >= 1000:
                total, current = total + current, 0.0
        else:
            current += value
    return round(total + current, 4)


def _price_groups(chunks: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Runs of words that are one number each: 'three | ninety', 'thirty-seven | eight', 'sixty-nine | ninety-nine'."""
    groups: list[tuple[str, float]] = []
    for kind, value in chunks:
        if kind == "unit" and groups and groups[-1][0] == "ten" and value < 10:
            groups[-1] = ("pair", groups[-1][1] + value)
        elif kind in {"scale", "half"} and groups:
            last = groups[-1][1]
            groups[-1] = ("pair", last * value if kind == "scale" else last + value)
        else:
            groups.append((kind, value))
    return groups


def _spoken_values(parts: list[float]) -> set[float]:
    """What a price-like run may mean: 'three ninety' 390 or 3.9; 'fourteen two' 14.2 or 14,200."""
    if len(parts) < 2 or not 0 < parts[0] < 1000:
        return set(parts)
    head, tail = parts[0], parts[1]
    values: set[float] = set(parts[:1]) if len(parts) > 2 else set()
    if 10 <= tail < 100:
        values |= {head * 100 + tail, round(head + tail / 100, 2)}
    if 0 < tail < 10:
        values |= {round(head + tail / 10, 2), head * 1000 + tail * 100, head * 100 + tail, head * 10 + tail}
    return values | {p for p in parts if p >= 10}


# --- dates -----------------------------------------------------------------------------------------


def _date_at(words: _Words, at: int, today: date | None) -> _Row | None:
    for reader in (_day_and_month, _weekday, _relative_day, _period, _end_of, _within):
        found = reader(words, at, today)
        if found:
            after, iso = found
            return at, after, "date", frozenset(), None, iso
    return None


_DateFound = tuple[int, str | None] | None


def _ordinal(words: _Words, at: int) -> tuple[int, int] | None:
    """(day, after) of an ordinal such as '14th' or 'twenty fifth'."""
    if at >= len(words):
        return None
    digits = _ORDINAL_DIGITS.match(words[at])
    if digits:
        return int(digits[1]), at + 1
    if words[at] in _TENS and at + 1 < len(words) and _ORDINALS.get(words[at + 1], 99) < 10:
        return _TENS[words[at]] + _ORDINALS[words[at + 1]], at + 2
    if words[at] in _ORDINALS:
        return _ORDINALS[words[at]], at + 1
    return None


def _cardinal_day(words: _Words, at: int) -> tuple[int, int] | None:
    """(day, after) of a plain number from 1 to 31."""
    span = _number_at(words, at)
    if span is None or span.after - span.first > 2:
        return None
    day = next(iter(span.values)) if len(span.values) == 1 else 0
    return (int(day), span.after) if 1 <= day <= 31 and day == int(day) else None


def _month_at(words: _Words, at: int, *, sure: bool) -> int | None:
    if at >= len(words) or words[at] not in _MONTHS:
        return None
    ambiguous = words[at] in {"may", "march", "mar", "sep", "dec", "jan"} and words[at] in {"may", "march", "mar"}
    if ambiguous and not sure and (at == 0 or words[at - 1] not in _BEFORE_MONTH):
        return None
    return _MONTHS[words[at]]


def _day_and_month(words: _Words, at: int, today: date | None) -> _DateFound:
    day = _ordinal(words, at) or _cardinal_day(words, at)
    if day:
        number, after = day
        middle = after + (words[after : after + 1] == ("of",))
        month = _month_at(words, middle, sure=True)
        if month and 1 <= number <= 31:
            return middle + 1, _iso(today, month, number)
        is_ordinal = _ordinal(words, at) is not None
        return (after, _iso(today, None, number)) if is_ordinal and _is_day(words, at, after) else None
    month = _month_at(words, at, sure=False)
    if month is None:
        sure = _month_at(words, at, sure=True)
        follows = _ordinal(words, at + 1) if sure else None
        return (follows[1], _iso(today, sure, follows[0])) if follows else None
    follows = _ordinal(words, at + 1) or _cardinal_day(words, at + 1)
    if words[at + 1 : at + 2] == ("the",):
        follows = _ordinal(words, at + 2)
    return (follows[1], _iso(today, month, follows[0])) if follows else (at + 1, None)


def _is_day(words: _Words, at: int, after: int) -> bool:
    """An ordinal is a day of the month where a day word leads to it and no noun follows ('the first visit')."""
    if at == 0 or words[at - 1] not in _BEFORE_DAY:
        return False
    written = bool(_ORDINAL_DIGITS.match(words[at]))
    big = words[at] in _TENS or _ORDINALS.get(words[at], 0) >= 6
    ends = after >= len(words) or words[after] in _AFTER_DAY
    led = at >= 2 and words[at - 2] in {"by", "on", "until", "till", "before", "from", "to", "friday", "monday", "is"}
    return ((written or big) and (ends or led or words[at - 1] == "the")) or (led and ends)


_AFTER_DAY = frozenset(
    ("and then so if we i you they he she it is at for to with on or but because in next this works should").split()
)


def _weekday(words: _Words, at: int, today: date | None) -> _DateFound:
    first = at + (words[at] in {"next", "this", "every", "on", "by"} and words[at] in {"next", "this"})
    if first >= len(words):
        return None
    name = words[first].removesuffix("s") if words[first] not in _WEEKDAYS else words[first]
    if name not in _WEEKDAYS or (len(name) <= 3 and name != words[first]) or words[first] in {"wed", "fri", "mon"}:
        return None
    if (at and words[at - 1] in {"every", "each", "a", "last"}) or words[first] != name:
        return None
    after = first + 1
    if words[after : after + 1] == ("week",):
        after += 1
    day = None
    if today:
        ahead = (_WEEKDAYS[name] - today.weekday()) % 7 or 7
        day = (today + timedelta(days=ahead + (7 if after - first > 1 else 0))).isoformat()
    follows = _ordinal(words, after + (words[after : after + 1] == ("the",)))
    if follows:
        after = follows[1]
    return after, day


def _relative_day(words: _Words, at: int, today: date | None) -> _DateFound:
    ahead = {"today": 0, "tonight": 0, "tomorrow": 1}.get(words[at])
    if ahead is None:
        return None
    return at + 1, (today + timedelta(days=ahead)).isoformat() if today else None


def _period(words: _Words, at: int, _today: date | None) -> _DateFound:
    if words[at] in {"next", "this"} and at + 1 < len(words) and words[at + 1] in _NEXT_PERIOD:
        return at + 2, None
    if (
        words[at] in _SEASONS
        and at
        and words[at - 1] in {"by", "before", "after", "until", "till", "at", "next", "this"}
    ):
        return at + 1, None
    if re.fullmatch(r"q[1-4]", words[at]):
        return at + 1, None
    return None


def _end_of(words: _Words, at: int, _today: date | None) -> _DateFound:
    if words[at] not in {"end", "start", "middle", "beginning"} or words[at + 1 : at + 2] != ("of",):
        return None
    after = at + 2
    after += words[after : after + 1] in {("the",), ("this",), ("next",), ("that",)}
    if after < len(words) and (
        words[after] in _DURATIONS or words[after] in _MONTHS or words[after] in {"play", "business", "term", "season"}
    ):
        return after + 1, None
    return None


def _within(words: _Words, at: int, _today: date | None) -> _DateFound:
    """A bounded span: 'within two weeks', 'in the next ten days', 'in a fortnight'."""
    if words[at] not in {"within", "in", "inside"}:
        return None
    first = at + 1
    first += words[first : first + 1] in {("the",), ("about",), ("like",)}
    first += words[first : first + 1] == ("next",)
    span = _number_at(words, first)
    after = span.after if span else first + 1 if words[first : first + 1] in {("a",), ("an",)} else None
    if (
        after is None
        or after >= len(words)
        or _DURATIONS.get(words[after])
        not in {
            "day",
            "week",
            "fortnight",
            "month",
            "hour",
        }
    ):
        return None
    if words[after + 1 : after + 2] == ("of",):
        return None
    return after + 1, None


def _iso(today: date | None, month: int | None, day: int) -> str | None:
    """The next such day on or after the call's date."""
    if today is None:
        return None
    for ahead in range(24):
        total = today.month - 1 + ahead
        year, this = today.year + total // 12, total % 12 + 1
        if month not in (None, this):
            continue
        try:
            candidate = date(year, this, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate.isoformat()
    return None
