"""What the exports of recorders have in common: calls without speech, and times whose unit must be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from callreview.errors import InputError
from callreview.ingest.text import counted
from callreview.ingest.transcript import Transcript

_TOO_LATE = 3
"""A last word so many times later than the call's end is not in seconds."""
_TOO_SLOW = 0.05
"""Nobody talks so few words a second through a whole call: such times are milliseconds."""


def with_speech(transcripts: Iterable[Transcript], nothing: InputError) -> tuple[Transcript, ...]:
    """The calls of an export that have speech; `nothing` is raised where none has."""
    calls = list(transcripts)
    spoken = [call for call in calls if call.utterances]
    if not spoken:
        raise nothing
    if silent := len(calls) - len(spoken):
        note = f"{counted(silent, 'call')} of the file without speech: left out"
        spoken[0] = replace(spoken[0], notes=(*spoken[0].notes, note))
    return tuple(spoken)


def unit_of(last: float, *, duration_s: float | None, words: int) -> float:
    """The seconds that one unit is of times that are seconds or milliseconds.

    `last` is the latest time. The call's duration tells, or else how fast people would speak.

    >>> unit_of(61_000, duration_s=62, words=180), unit_of(61, duration_s=None, words=180)
    (0.001, 1.0)
    """
    told = duration_s is not None and duration_s > 0
    are_milliseconds = last > _TOO_LATE * (duration_s or 0) if told else words < _TOO_SLOW * last
    return 0.001 if are_milliseconds else 1.0
