"""The ground floor: a sales call as frozen data.

A `Call` is a list of `Turn`s by `Speaker`s; a `Passage` points at characters of one turn.
The text of a turn is never changed after reading, so that every quote stays exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path


class Side(StrEnum):
    """Which side of the deal a speaker is on."""

    SELLER = "seller"
    BUYER = "buyer"
    UNKNOWN = "unknown"

    @property
    def other(self) -> Side:
        """The opposite side; unknown stays unknown.

        >>> Side.SELLER.other
        <Side.BUYER: 'buyer'>
        """
        return {Side.SELLER: Side.BUYER, Side.BUYER: Side.SELLER}.get(self, Side.UNKNOWN)


class SideSource(StrEnum):
    """Where a speaker's side was learnt, most trusted first."""

    EXPORT = "export"
    OPTION = "option"
    SIDECAR = "sidecar"
    ROSTER = "roster"
    LABEL = "label"
    COMPANY = "company"
    INFERRED = "inferred"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One participant, by the name that the transcript gives them; the roster tells the team and manager of sellers."""

    name: str
    side: Side = Side.UNKNOWN
    side_from: SideSource = SideSource.NONE
    team: str | None = None
    manager: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one speaker says until another one speaks.

    `number` is 1-based in the order of the call. `start` and `end` are seconds from the call's
    start, or None where the source does not tell. `line` is the 1-based line of the source file.
    """

    number: int
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters of one turn: `turn.text[start:end]`, 0-based and half open."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Call:
    """A transcript that has been read, with its sides.

    `id` is a hash of the turns, so the same talk has the same id wherever its file lies.
    `notes` says what was skipped, repaired or doubtful while reading; reports print it.
    `named` are names that the export, the roster, a sidecar or the options tell, of people who may not speak.
    `can_overlap` is False where the format cannot show two people talking at once.
    """

    id: str
    title: str
    format: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    path: Path | None = None
    date: date | None = None
    account: str | None = None
    duration_s: float | None = None
    coarseness_s: float | None = None
    can_overlap: bool = False
    notes: tuple[str, ...] = field(default=())
    named: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def sides(self) -> Mapping[str, Side]:
        """Side by speaker name."""
        return {speaker.name: speaker.side for speaker in self.speakers}

    def turn(self, number: int) -> Turn:
        """The turn with this 1-based number; IndexError outside of the call."""
        if not 1 <= number <= len(self.turns):
            raise IndexError(f"no turn {number} in a call of {len(self.turns)} turns")
        return self.turns[number - 1]

    def side(self, number: int) -> Side:
        """The side that speaks in this 1-based turn."""
        return self.sides.get(self.turn(number).speaker, Side.UNKNOWN)

    def quote(self, passage: Passage) -> str:
        """The exact words at a passage."""
        return self.turn(passage.turn).text[passage.start : passage.end]
