"""Rows of speech as exports hold them, made into utterances: what is odd is repaired, counted and told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from callreview.ingest.text import clean, counted
from callreview.ingest.transcript import Utterance

LATEST_S = 48 * 3600
"""No call is longer: later times are in another unit or on another clock."""

_MARK = re.compile(r"\[[A-Z][A-Z0-9_ -]*\]|[#*]+", re.I)
"""What stands for words that were masked or not heard: `[PII]`, `[NAME_1]`, `[inaudible]`, `####`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece of speech as an export tells it; times in seconds from the call's start."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Utterances in the order of their starts, and what was skipped or repaired."""

    utterances: tuple[Utterance, ...]
    notes: tuple[str, ...] = ()


def collect(rows: Iterable[Row]) -> Collected:
    """The utterances of rows; rows without words are skipped, impossible times left out, and both are counted."""
    utterances: list[Utterance] = []
    wordless = untimed = 0
    for row in rows:
        text = clean(row.text)
        if not _MARK.sub("", text).strip(" .,-–…"):
            wordless += 1
            continue
        start, end = _possible(row.start), _possible(row.end)
        if start is not None and end is not None and end < start:
            end = None
        untimed += (row.start is not None and start is None) or (row.end is not None and end is None)
        speaker = clean(row.speaker or "") or None
        utterances.append(Utterance(text=text, speaker=speaker, start=start, end=end, line=row.line))
    notes = []
    if wordless:
        notes.append(f"{counted(wordless, 'piece')} without words: skipped")
    if untimed:
        notes.append(f"{counted(untimed, 'impossible time')}: left out")
    return Collected(utterances=_in_time(utterances), notes=tuple(notes))


def _possible(time: float | None) -> float | None:
    return round(time, 3) if time is not None and 0 <= time <= LATEST_S else None


def _in_time(utterances: list[Utterance]) -> tuple[Utterance, ...]:
    """By start; an utterance without one stays behind the one that the file has before it."""
    starts: list[float] = []
    for utterance in utterances:
        starts.append(utterance.start if utterance.start is not None else starts[-1] if starts else 0.0)
    order = sorted(range(len(utterances)), key=starts.__getitem__)
    return tuple(utterances[at] for at in order)
