"""Rows of speech as exports hold them, made into utterances: what is odd is repaired, counted and told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from callreview.ingest.text import clean, counted
from callreview.ingest.transcript import Utterance

LATEST_S = 48 * 3600
"""No call is longer: later times are in another unit or on another clock."""

_SAID = re.compile(r"[^\W_]|[#*]{2,}")
"""A letter, a digit, or what stands for words that were masked (`[PII]`, `####`): somebody spoke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece of speech as an export tells it; times in seconds from the call's start."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    line: int | None = None


_Piece = TypeVar("_Piece", Row, Utterance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Utterances in the order of their starts, and what was skipped or repaired."""

    utterances: tuple[Utterance, ...]
    notes: tuple[str, ...] = ()


def with_words(pieces: Sequence[_Piece]) -> tuple[tuple[_Piece, ...], tuple[str, ...]]:
    """The pieces in which somebody says something, if only masked, and a note of how many others were skipped.

    >>> with_words([Row(text="[PII]"), Row(text="…")])[1]
    ('1 piece without words: skipped',)
    """
    spoken = tuple(piece for piece in pieces if _SAID.search(piece.text))
    wordless = len(pieces) - len(spoken)
    return spoken, (f"{counted(wordless, 'piece')} without words: skipped",) if wordless else ()


def collect(rows: Iterable[Row]) -> Collected:
    """The utterances of rows; rows without words are skipped, impossible times left out, and both are counted."""
    spoken, notes = with_words([*rows])
    utterances: list[Utterance] = []
    untimed = 0
    for row in spoken:
        start, end = _possible(row.start), _possible(row.end)
        if start is not None and end is not None and end < start:
            end = None
        untimed += (row.start is not None and start is None) or (row.end is not None and end is None)
        speaker = clean(row.speaker or "") or None
        utterances.append(Utterance(text=clean(row.text), speaker=speaker, start=start, end=end, line=row.line))
    if untimed:
        notes = (*notes, f"{counted(untimed, 'impossible time')}: left out")
    return Collected(utterances=_in_time(utterances), notes=notes)


def _possible(time: float | None) -> float | None:
    return round(time, 3) if time is not None and 0 <= time <= LATEST_S else None


def _in_time(utterances: list[Utterance]) -> tuple[Utterance, ...]:
    """By start; an utterance without one stays behind the one that the file has before it."""
    starts: list[float] = []
    for utterance in utterances:
        starts.append(utterance.start if utterance.start is not None else starts[-1] if starts else 0.0)
    order = sorted(range(len(utterances)), key=starts.__getitem__)
    return tuple(utterances[at] for at in order)
