"""What a format's reader hands over: raw, frozen, before turns are joined and sides are settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from callreview.conversation import Call, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Tells:
    """What a format can tell: whether it names sides, which times it holds, whether two can talk at once in it."""

    sides: bool
    times: Literal["start and end", "start", "blocks", "none", "varies"]
    overlaps: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One piece of speech as the file holds it.

    `text` has been through `text.clean`. `speaker` is the label as written (`Dana (Acme)`), None
    where the file names nobody. `start` and `end` are seconds from the call's start. `line` is the
    1-based line of the source file.
    """

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an export says of one speaker beyond the label."""

    side: Side = Side.UNKNOWN
    email: str | None = None
    company: str | None = None


Unnamed: TypeAlias = Literal["nobody known", "who spoke before", "probably who spoke before"]
"""Who speaks an utterance without a speaker.

Exports name everybody they know, so it is nobody known. Captions that name a speaker only once mean who spoke before
until the next name; in text of which that is not certain, it is assumed and told.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A file that has been read.

    `pieces` is True where utterances are captions, cut by time rather than by speaker: consecutive
    ones of one speaker are then joined to one turn. `unnamed` says who speaks where nobody is named, see
    `Unnamed`. `told` is keyed by the speaker label.
    `sellers` and `buyers` are names that the file's own header gives; `named` are names and e-mail
    addresses of people whom the file names although they do not speak. `duration_s` is told by the
    export, or None. `can_overlap` is True where two people can be shown talking at once. `call` is given
    where the file holds a call that was read before, with all that was settled then.
    """

    utterances: tuple[Utterance, ...]
    pieces: bool
    unnamed: Unnamed = "nobody known"
    told: Mapping[str, Told] = field(default_factory=dict)
    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    title: str | None = None
    date: date | None = None
    account: str | None = None
    duration_s: float | None = None
    coarseness_s: float | None = None
    can_overlap: bool = False
    notes: tuple[str, ...] = ()
    call: Call | None = None
