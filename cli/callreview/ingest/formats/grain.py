"""Grain: the JSON transcript of a recording, alone or with the recording that it belongs to.

Times are milliseconds. Sides are told by the `scope` of the recording's participants, where these are in
the file; a transcript alone is a bare list without them.
"""

from __future__ import annotations

from collections.abc import Sequence

from callreview.errors import InputError
from callreview.ingest import cues, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "grain"
TITLE = "Grain recordings"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=False)

_KEYS = ("transcript", "transcript_json")


def sniff(source: Source) -> float:
    """1.0 for pieces with a speaker and the id of a participant, 0.9 for a recording without them."""
    recording, pieces = _recording(source.json)
    if any({"participant_id", "speaker", "text"} <= piece.keys() for piece in pieces):
        return 1.0
    is_own = "duration_ms" in recording and "start_datetime" in recording and "participants" in recording
    return 0.9 if is_own else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The recording of a file; seconds from its start."""
    recording, pieces = _recording(source.json)
    ids = _ids(recording, pieces)
    keys = [fields.words(piece, "participant_id") or ids.get(_name(piece)) or _name(piece) for piece in pieces]
    people = {key: participants.Participant(name=_name(piece)) for key, piece in zip(keys, pieces, strict=True)}
    for one in fields.records(recording, "participants"):
        key = fields.words(one, "id")
        people[key] = _participant(one, called=people.get(key, participants.Participant()).name)
    cast = participants.cast(keys, people)
    collected = rows.collect(
        rows.Row(
            text=fields.words(piece, "text"),
            speaker=cast.labels.get(key),
            start=fields.milliseconds(piece, "start"),
            end=fields.milliseconds(piece, "end"),
        )
        for key, piece in zip(keys, pieces, strict=True)
    )
    if not collected.utterances:
        raise InputError(
            "this Grain recording has no transcript",
            hint="download its transcript as JSON, when Grain has processed the recording",
        )
    transcript = Transcript(
        utterances=collected.utterances,
        pieces=True,
        told=cast.told,
        title=fields.words(recording, "title") or None,
        date=day(fields.get(recording, "start_datetime")),
        duration_s=fields.milliseconds(recording, "duration_ms"),
        can_overlap=cues.overlaps(collected.utterances),
        notes=collected.notes,
    )
    return (transcript,)


def _recording(data: object) -> tuple[Record, Sequence[Record]]:
    """What is told of the recording, and the pieces of its transcript."""
    if isinstance(data, list):
        return {}, fields.records(data)
    recording = fields.record(data, "recording") or fields.record(data)
    found = [fields.records(holder, key) for holder in (recording, data) for key in _KEYS]
    return recording, next((pieces for pieces in found if pieces), [])


def _ids(recording: Record, pieces: Sequence[Record]) -> dict[str, str]:
    """The id of a name, for pieces that have a name alone."""
    named = [(fields.words(one, "name"), fields.words(one, "id")) for one in fields.records(recording, "participants")]
    named += [(_name(piece), fields.words(piece, "participant_id")) for piece in pieces]
    return {name: key for name, key in reversed(named) if name and key}


def _name(piece: Record) -> str:
    return fields.words(piece, "speaker")


def _participant(one: Record, *, called: str) -> participants.Participant:
    """Somebody on the list, by the name that the pieces give where the list has none."""
    side = participants.side_of(fields.words(one, "scope"), sellers=["internal"], buyers=["external"])
    return participants.Participant(
        name=fields.words(one, "name") or called, told=Told(side=side, email=fields.words(one, "email") or None)
    )
