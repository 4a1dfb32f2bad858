"""What the exports of recorders have in common: pieces by people with ids, calls without speech, units of times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from callreview.errors import InputError
from callreview.ingest import cues, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant
from callreview.ingest.transcript import Transcript

_TOO_LATE = 3
"""A last word so many times later than the call's end is not in seconds."""
_TOO_SLOW = 0.05
"""Nobody talks so few words a second through a whole call: such times are milliseconds."""


def transcript(pieces: Iterable[rows.Row], people: Mapping[str, Participant]) -> Transcript:
    """The transcript of pieces, of which `speaker` is not a label but the id of somebody in `people`.

    What an export tells besides (title, date, …) is put in with `replace`.
    """
    said = [*pieces]
    cast = participants.cast((piece.speaker or "" for piece in said), people)
    collected = rows.collect(replace(piece, speaker=cast.labels.get(piece.speaker or "")) for piece in said)
    return Transcript(
        utterances=collected.utterances,
        pieces=True,
        told=cast.told,
        named=cast.silent,
        can_overlap=cues.overlaps(collected.utterances),
        notes=collected.notes,
    )


def with_speech(transcripts: Iterable[Transcript], nothing: InputError) -> tuple[Transcript, ...]:
    """The calls of an export, of which some may be silent; `nothing` is raised where all are."""
    calls = tuple(transcripts)
    if not any(call.utterances for call in calls):
        raise nothing
    return calls


def only_one(found: Iterable[Record]) -> Record:
    """The one record that was found; an empty one where there are none or several.

    >>> only_one([{"id": 1}]), only_one([{"id": 1}, {"id": 2}])
    ({'id': 1}, {})
    """
    records = list(found)
    return records[0] if len(records) == 1 else {}


def unit_of(last: float, *, duration_s: float | None, words: int) -> float:
    """The seconds that one unit is of times that are seconds or milliseconds.

    `last` is the latest time. The call's duration tells, or else how fast people would speak.

    >>> unit_of(61_000, duration_s=62, words=180), unit_of(61, duration_s=None, words=180)
    (0.001, 1.0)
    """
    told = duration_s is not None and duration_s > 0
    are_milliseconds = last > _TOO_LATE * (duration_s or 0) if told else words < _TOO_SLOW * last
    return 0.001 if are_milliseconds else 1.0
