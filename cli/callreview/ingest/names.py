"""What may be a speaker's name before a colon, and what is only a word with a colon after it.

`Dana Whitfield: hello` names a speaker, `Note: hello`, `https://…` and `10:30` do not. One line alone
often cannot tell; so all heads of a file are gathered first, and `accept` judges them together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from callreview.ingest.roles import is_role

MAX_WORDS = 5
MAX_LABEL = 80
"""Longest label in characters, brackets included; a colon further right is part of what is said."""

_BRACKET = re.compile(r"^([^()\[\]]{0,60}?)\s*[(\[]([^()\[\]]{1,60})[)\]]$")
_INITIAL = re.compile(r"^(?:\w|[A-Z][a-z]{1,3}|Prof|Capt|Messrs)\.$|^(?:\w\.){2,4}$")
_PHONE = re.compile(r"^\+\d[\d ().*-]{5,20}$|^\d{9,15}$|^\+?\d[\d ().-]{0,12}\*{2,10}[\d ().*-]{0,12}$", re.ASCII)
_SHARED = re.compile(r" (?:\+|&|/|and) ")
_LAST_FIRST = re.compile(r"^[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: \w\.?)?$")
_FORBIDDEN = re.compile(r"[?!;:,\"“”<>{}=*\t]|\.{2}|…|https?$|//")
PARTICLES = frozenset(
    "van der den de del della di da dos das du la le el al bin binti ibn von zu zum ten ter y e of af av and".split()
)
_NO_NAME = frozenset(
    """
    note notes nb ps re fw fwd cc bcc subject date time duration location place title topic agenda attendees attendee
    participants participant present absent company account meeting call outcome outcomes summary result results
    important warning caution tip update todo action actions item items task tasks goal goals objective background
    context overview introduction conclusion question questions answer answers example examples reminder disclaimer
    transcript transcription recording recorded source link url website email e-mail phone tel address version status
    type language format id ref reference organizer organiser stage deal opportunity amount price pricing total budget
    cost costs fee fees discount deadline owner owners timeline scope risk risks option options plan plans step steps
    phase tier part chapter slide day week month quarter year scenario package proof pros cons problem solution point
    yes no yeah yep nope ok okay well so and but or because also plus then now right look listen see exactly honestly
    frankly basically actually first second third fourth last finally next again still maybe sure fine great thanks
    thing things fact truth bottom here there this that these those it what who when where why how which if for from
    to with without by in on at as is are was were be do does did can could would should i we you he she they my
    our your his her their its a an the one two three four five monday tuesday wednesday thursday friday saturday sunday
    january february march july september october november december today tomorrow yesterday
    kind style region comment like just only even not never always hi hello hey bye let's lets here's that's what's
    today's there's everyone everybody key main final open closed high low pro con etc score metrics metric feedback
    """.split()
)
_NO_LAST = frozenset("notes summary steps items details date time agenda points plan list price pricing".split())
ALWAYS_NAMES = re.compile(
    r"^(?:speaker|participant|guest|host|caller|person|voice|channel|unknown speaker)[ _#-]?\w{0,2}$", re.I
)
_FUNCTION_WORDS = frozenset(
    "the a an and but so or if we you i it they he she this that these those is are was were be to for with in on at "
    "by my our your what when where how why not no yes well then than there here's it's that's let's just like".split()
)


def split_bracket(label: str) -> tuple[str, str | None]:
    """A label without its bracket or bar, and what stood there.

    >>> split_bracket("Dana Whitfield (Northwind)"), split_bracket("Tullio | Erigon"), split_bracket("Dana")
    (('Dana Whitfield', 'Northwind'), ('Tullio', 'Erigon'), ('Dana', None))
    """
    if (found := _BRACKET.match(label)) and found[1]:
        return found[1], found[2].strip()
    name, bar, rest = label.partition(" | ")
    if bar and name.strip() and rest.strip():
        return name.strip(), rest.strip()
    return label, None


@lru_cache(maxsize=4096)
def fits(label: str) -> bool:
    """Whether a label could be a name at all: up to five words, no sentence punctuation.

    >>> fits("Dr. Aldana"), fits("jordan pike"), fits("Joanne Pappas (Trestle)"), fits("+1 555 010 2233")
    (True, True, True, True)
    >>> fits("we said it. then"), fits("10"), fits("so what we will do now is")
    (False, False, False)
    """
    if not label or len(label) > MAX_LABEL:
        return False
    if is_telephone(label):
        return True
    name, _ = split_bracket(label)
    words = name.split()
    if not 1 <= len(words) <= MAX_WORDS or not any(c.isalpha() for c in name):
        return False
    if _FORBIDDEN.search(name) and not _LAST_FIRST.match(name):
        return False
    return all(not word.endswith(".") or _INITIAL.match(word) for word in words)


def is_telephone(label: str) -> bool:
    """Whether a label is the number of somebody who dialled in, also with stars in place of digits.

    >>> is_telephone("+1 555 010 2233"), is_telephone("1555***2233"), is_telephone("2026-09-14"), is_telephone("10")
    (True, True, False, False)
    """
    return _PHONE.match(label) is not None


def who_share(label: str) -> tuple[str, ...]:
    """The people that one label names together; empty where it names one, or something else than people.

    >>> who_share("Barnabé + Francesco 🚗"), who_share("Dana Whitfield and Lee"), who_share("Research & AE")
    (('Barnabé', 'Francesco'), ('Dana Whitfield', 'Lee'), ())
    """
    parts = [" ".join(re.sub(r"[^\w'’. -]+", " ", part).split()) for part in _SHARED.split(split_bracket(label)[0])]
    are_people = all(looks_like_name(part) and not is_role(part) and len(part.split()) <= 3 for part in parts)
    return tuple(parts) if len(parts) > 1 and are_people else ()


def looks_like_name(label: str) -> bool:
    """Whether a label is a name by its shape alone: a role, `Speaker 1`, or capitalised words.

    >>> looks_like_name("Pieter van Dijk"), looks_like_name("AE"), looks_like_name("speaker 1")
    (True, True, True)
    >>> looks_like_name("Note"), looks_like_name("Option A"), looks_like_name("jordan pike")
    (False, False, False)
    """
    if not fits(label):
        return False
    name, _ = split_bracket(label)
    if is_role(name) or ALWAYS_NAMES.match(name):
        return True
    words = name.split()
    if words[0].casefold() in _NO_NAME or (len(words) > 1 and words[-1] in _NO_LAST) or _LAST_FIRST.match(name):
        return False
    return all(_is_capital(word) or word.casefold() in PARTICLES for word in words) and _is_capital(words[0])


def accept(heads: Mapping[str, int], *, lines: int, marked: bool) -> frozenset[str]:
    """The heads that are speakers.

    `heads` counts each label over the file; `lines` is the number of lines or cues that could have
    one. `marked` is True where something else, such as a time in front, already says that a speaker
    follows: then a label that merely could be a name is enough.
    """
    covered = sum(heads.values()) >= lines / 2
    return frozenset(label for label, times in heads.items() if _accepts(label, times, marked, covered))


def _accepts(label: str, times: int, marked: bool, covered: bool) -> bool:
    if looks_like_name(label):
        return True
    if not fits(label) or is_known_word(label):
        return False
    words = split_bracket(label)[0].casefold().split()
    if not words or words[0] in _FUNCTION_WORDS:
        return False
    return marked or (times >= 2 and covered and len(words) <= 3)


def is_known_word(label: str) -> bool:
    """Whether a label is one of the words that people put before a colon: `Note`, `Option A`, `Date`."""
    words = split_bracket(label)[0].casefold().split()
    return not words or words[0] in _NO_NAME


def head_of(line: str) -> tuple[str, str] | None:
    """Label and rest of a line `Label: rest`, or None; only the first `: ` counts.

    >>> head_of("Dana: at 10:30"), head_of("see https://example.org")
    (('Dana', 'at 10:30'), None)
    """
    start = line[: MAX_LABEL + 8]
    at = start.find(":")
    if at < 1 or not (at + 1 == len(line) or line[at + 1].isspace()):
        return None
    label = " ".join(start[:at].split())
    return (label, line[at + 1 :].strip()) if fits(label) else None


def count_heads(labels: list[str]) -> Counter[str]:
    """How often each label occurs."""
    return Counter(labels)


def _is_capital(word: str) -> bool:
    first = next((c for c in word if c.isalpha()), "")
    return not first.islower()
