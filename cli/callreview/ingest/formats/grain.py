"""Grain: the JSON transcript of a recording, alone or with the recording that it belongs to.

Times are milliseconds. Sides are told by the `scope` of the recording's participants. A transcript alone is a bare
list without them: the recording is then looked for in the JSON files beside it, by the people who speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from callreview.errors import InputError, NoCall
from callreview.ingest import exports, fields, participants, rows
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
    return 0.9 if _is_recording(recording) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The recording of a file; seconds from its start."""
    recording, pieces = _recording(source.json)
    if recording and not any(key in recording for key in _KEYS) and not pieces:
        raise _without_transcript()
    recording = recording or _recording_of(pieces, source)
    ids = _ids(recording, pieces)
    keys = [fields.words(piece, "participant_id") or ids.get(_name(piece)) or _name(piece) for piece in pieces]
    named = [(key, participants.Participant(name=_name(piece))) for key, piece in zip(keys, pieces, strict=True)]
    said = exports.transcript(
        (
            rows.Row(
                text=fields.words(piece, "text"),
                speaker=key,
                start=fields.milliseconds(piece, "start"),
                end=fields.milliseconds(piece, "end"),
            )
            for key, piece in zip(keys, pieces, strict=True)
        ),
        participants.known([*map(_participant, fields.records(recording, "participants")), *named]),
    )
    transcript = replace(
        said,
        title=fields.words(recording, "title") or None,
        date=day(fields.get(recording, "start_datetime")),
        duration_s=fields.milliseconds(recording, "duration_ms"),
    )
    nothing = InputError(
        "this Grain recording has no transcript",
        hint="download its transcript as JSON, when Grain has processed the recording",
    )
    return exports.with_speech([transcript], nothing)


def _without_transcript() -> NoCall:
    return NoCall(
        "this is what Grain tells of a recording, without its transcript: it is read together with one beside it",
        hint="download the recording's transcript as JSON too",
    )


def _recording(data: object) -> tuple[Record, Sequence[Record]]:
    """What is told of the recording, and the pieces of its transcript."""
    if isinstance(data, list):
        return {}, fields.records(data)
    recording = fields.record(data, "recording") or fields.record(data)
    found = [fields.records(holder, key) for holder in (recording, data) for key in _KEYS]
    return recording, next((pieces for pieces in found if pieces), [])


def _recording_of(pieces: Sequence[Record], source: Source) -> Record:
    """The one recording beside a bare transcript that knows all who speak in it; empty where none or several do."""
    speakers = {fields.words(piece, "participant_id") or _name(piece) for piece in pieces} - {""}
    last = max((end for piece in pieces if (end := fields.number(piece, "end")) is not None), default=0.0)
    beside = source.beside(_recordings_beside).values()
    return exports.only_one(
        recording
        for recording in beside
        if speakers and speakers <= _known_in(recording) and last <= (fields.number(recording, "duration_ms") or last)
    )


def _recordings_beside(source: Source) -> dict[str, Record]:
    if '"participants"' not in source.text:
        return {}
    recording, pieces = _recording(source.json)
    return {} if pieces or not _is_recording(recording) else {fields.words(recording, "id"): recording}


def _is_recording(recording: Record) -> bool:
    return "duration_ms" in recording and "start_datetime" in recording and "participants" in recording


def _known_in(recording: Record) -> set[str]:
    """The ids and names of those who take part."""
    return {fields.words(one, key) for one in fields.records(recording, "participants") for key in ("id", "name")}


def _ids(recording: Record, pieces: Sequence[Record]) -> dict[str, str]:
    """The id of a name, for pieces that have a name alone."""
    named = [(fields.words(one, "name"), fields.words(one, "id")) for one in fields.records(recording, "participants")]
    named += [(_name(piece), fields.words(piece, "participant_id")) for piece in pieces]
    return {name: key for name, key in reversed(named) if name and key}


def _name(piece: Record) -> str:
    return fields.words(piece, "speaker")


def _participant(one: Record) -> tuple[str, participants.Participant]:
    """The id of somebody on the list, and what it tells of them."""
    side = participants.side_of(fields.words(one, "scope"), sellers=["internal"], buyers=["external"])
    told = Told(side=side, email=fields.words(one, "email") or None)
    return fields.words(one, "id"), participants.Participant(name=fields.words(one, "name"), told=told)
