"""Which characters of a text tell who somebody is, and the text with a mask in their place.

E-mail addresses, telephone and card numbers are found by their form. Names are found where they are known: from
those who speak, from the roster, and from the few ways of speaking in which only a name can follow ("my name is …").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from callreview.ingest.names import ALWAYS_NAMES, PARTICLES, split_bracket
from callreview.ingest.roles import is_job, is_role

NAME, EMAIL, PHONE, CARD = "[NAME]", "[EMAIL]", "[PHONE]", "[CARD]"

_EMAIL = re.compile(
    r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|(?<!\w)\w{1,64}(?: (?:dot|underscore|dash) \w{1,63}){0,4} at \w[\w-]{0,62}(?: dot [a-z]{2,10}){1,3}\b",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12,18}(?!\d)", re.ASCII)
_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_SPELLED = re.compile(rf"\b{_DIGIT}(?:[ ,.-]{{1,2}}{_DIGIT}){{6,}}\b", re.IGNORECASE)
_LOCAL = re.compile(r"(?<![\d-])\d{3}[-.]\d{4}(?![\d-])", re.ASCII)
_MANY_DIGITS = re.compile(r"(?:\d\D{0,3}){7}", re.ASCII)
# Where somebody leaves out the country, any number of the first form goes for one; of the others only numbers in use.
_HOME, _ABROAD = "US", ("GB", "DE", "FR", "AU")
_LEAST_DIGITS = 9

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-ÿ]+(?:['’-][A-ZÀ-ÖØ-Þ][a-zß-ÿ]+)?"
_CALLED = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL})?)"
_JOBS = (
    "boss manager director colleague CEO CFO CTO COO CIO VP partner husband wife assistant lead controller owner "
    "founder president accountant lawyer"
).replace(" ", "|")
_INTRODUCTIONS = tuple(
    map(
        re.compile,
        (
            rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.? {_CALLED}",
            rf"\b(?i:my name is|my name['’]s|call me|named|by the name of) {_CALLED}",
            rf"\b(?i:this is|I['’]m|I am|it['’]s) {_CALLED}(?= (?:from|with|at|here|speaking)\b)",
            rf"\b(?i:thanks|thank you|hi|hello|hey|morning|afternoon|bye|welcome|cheers|sorry),? {_CALLED}(?=[,.!?])",
            rf"\b(?:{_JOBS}),? (?:is |named |called )?{_CALLED}",
        ),
    )
)
_NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december everyone everybody all team there folks guys sir madam sales finance marketing
    operations procurement legal product engineering support great good yes no okay sure again so and but well now
    """.split()
)
_TITLES = frozenset("mr mrs ms miss dr prof sir madam jr sr".split())
# In lower case these are words, so that only their capital makes them a name.
_ALSO_WORDS = frozenset(
    """
    will mark may bill art grant rich price hope grace joy rose frank drew chase pat sue rob june april august summer
    page young long short small good best white black brown green gray grey king law sharp wise strong banks fields
    bush lane street church day case cash rush sales gold silver stone wood woods park hall hill cook baker miller
    """.split()
)


class Span(NamedTuple):
    """Characters `start` to `end` of a text, 0-based and half open, and the mask that takes their place."""

    start: int
    end: int
    mask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text with its masks; `spans` are in the order of the text that was masked and do not touch each other."""

    text: str
    spans: tuple[Span, ...]

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text that was masked is now; what begins or ends in a mask takes all of it."""
        return self._at(start, last=False), self._at(end, last=True)

    def _at(self, place: int, *, last: bool) -> int:
        shift = 0
        for span in self.spans:
            if place <= span.start:
                break
            if place < span.end:
                return span.start + shift + (len(span.mask) if last else 0)
            shift += len(span.mask) - (span.end - span.start)
        return place + shift


class Masker:
    """Masks any text of one call.

    `names` are those of the people who speak: they are known with each of their words, in any case. `others` are
    names that are told elsewhere, whose single words are masked only where they are capitalised, since a company's
    name may be among them. `talk` is searched for people who are introduced in it.
    """

    def __init__(self, names: Iterable[str], *, others: Iterable[str] = (), talk: Iterable[str] = ()) -> None:
        speaking = {part for name in names for part in _parts(name)}
        whole = {form for name in names for form in _forms(name)}
        whole |= {form for name in others if " " in name for form in _forms(name)}
        elsewhere = {part for name in [*others, *_introduced(talk)] for part in _parts(name)}
        self._any_case = _pattern(whole | (speaking - _ALSO_WORDS))
        self._capitalised = _pattern(elsewhere | (speaking & _ALSO_WORDS))

    def mask(self, text: str) -> Masked:
        """The text with its masks.

        >>> Masker(["Dana Whitfield"]).mask("dana's card is 4111 1111 1111 1111").text
        "[NAME]'s card is [CARD]"
        >>> Masker([]).mask("Call 212-555-0142 or write to d.w@acme.example.").text
        'Call [PHONE] or write to [EMAIL].'
        """
        spans = _apart(text, [*_emails(text), *_cards(text), *_telephones(text), *self.names(text)])
        pieces, last = [], 0
        for span in spans:
            pieces += [text[last : span.start], span.mask]
            last = span.end
        return Masked(text="".join([*pieces, text[last:]]), spans=spans)

    def names(self, text: str) -> Iterator[Span]:
        """Where the text tells one of the names; in no order, and they may touch each other."""
        folded = _folded(text)
        for found in self._any_case.finditer(folded):
            yield Span(*found.span(), NAME)
        for found in self._capitalised.finditer(folded):
            if text[found.start()].isupper():
                yield Span(*found.span(), NAME)


def _apart(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in the order of the text; those that overlap, and names side by side, become one: the longest's mask."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and (span.start < apart[-1].end or _is_one_name(text, apart[-1], span)):
            longer = max(apart[-1], span, key=lambda s: s.end - s.start)
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end), longer.mask)
        else:
            apart.append(span)
    return tuple(apart)


def _is_one_name(text: str, first: Span, second: Span) -> bool:
    return first.mask == second.mask == NAME and not text[first.end : second.start].strip(" _")


def _emails(text: str) -> Iterator[Span]:
    return (Span(*found.span(), EMAIL) for found in _EMAIL.finditer(text))


def _cards(text: str) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        from stdnum import luhn

        if luhn.is_valid(re.sub(r"\D", "", found[0])):
            yield Span(*found.span(), CARD)


def _telephones(text: str) -> Iterator[Span]:
    for pattern in (_SPELLED, _LOCAL):
        yield from (Span(*found.span(), PHONE) for found in pattern.finditer(text))
    if not _MANY_DIGITS.search(text):
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in (_HOME, *_ABROAD):
        leniency = Leniency.POSSIBLE if region == _HOME else Leniency.VALID
        for found in PhoneNumberMatcher(text, region, leniency):
            if sum(map(str.isdigit, found.raw_string)) >= _LEAST_DIGITS:
                yield Span(found.start, found.end, PHONE)


def _introduced(talk: Iterable[str]) -> Iterator[str]:
    """Names that follow where only a name can."""
    for text in talk:
        for introduction in _INTRODUCTIONS:
            for found in introduction.finditer(text):
                words = found["name"].split()
                if words[0].lower() not in _NO_NAMES:
                    yield " ".join(word for word in words if word.lower() not in _NO_NAMES)


def _forms(name: str) -> Iterator[str]:
    """A name as a whole, as written and run together as in a file's name; nothing for a role or a domain."""
    bare = split_bracket(name)[0]
    if is_role(bare) or ALWAYS_NAMES.match(bare) or not _parts(name) or ("." in name and " " not in name):
        return
    yield from {_folded(name), _folded(bare), "".join(_parts(name))}


def _parts(name: str) -> list[str]:
    """The words of a name that tell who it is.

    >>> _parts("Dr. Anne-Marie van Dijk (Acme)"), _parts("Sales Rep 2"), _parts("dana.w@acme.example")
    (['anne', 'marie', 'dijk'], [], ['dana'])
    """
    bare = split_bracket(name)[0].partition("@")[0]
    if is_role(bare) or ALWAYS_NAMES.match(bare) or ("." in name and " " not in name and "@" not in name):
        return []
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", _folded(bare))
    return [w for w in words if len(w) > 1 and not (w in _TITLES or w in PARTICLES or is_role(w) or is_job(w))]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words, the longest first; nothing where there are none."""
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    choices = "|".join(re.sub(r"['’]", "['’]", re.escape(form)) for form in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])" if choices else r"(?!)")


def _folded(text: str) -> str:
    """Lower case and without accents, character by character, so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", character)[0].lower()[0] for character in text)
