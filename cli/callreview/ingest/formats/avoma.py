"""Avoma: a transcription from its API, `GET /v1/transcriptions/{uuid}/`.

Each piece has one time a word, in seconds: when the word begins. So a piece's end is the start of its last word.
Sides are told by `is_rep`.
"""

from __future__ import annotations

from dataclasses import replace

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "avoma"
TITLE = "Avoma transcriptions"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=False)


def sniff(source: Source) -> float:
    """1.0 for pieces of transcript with a time a word, or for a transcription that names its WebVTT file."""
    return 1.0 if _transcriptions(source.json) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcriptions of a file; seconds from the recording's start."""
    nothing = InputError(
        "this Avoma transcription is empty",
        hint="Avoma may not have transcribed the meeting yet: export it again later",
    )
    return exports.with_speech((_transcript(transcription) for transcription in _transcriptions(source.json)), nothing)


def _transcriptions(data: object) -> list[Record]:
    held = fields.records(data) or fields.records(data, "results") or [fields.record(data)]
    return [item for item in held if _is_own(item)]


def _is_own(item: Record) -> bool:
    pieces = fields.records(item, "transcript")
    if pieces:
        return any("transcript" in piece and "timestamps" in piece for piece in pieces)
    return "transcript" in item and ("transcription_vtt_url" in item or "meeting_uuid" in item)


def _transcript(transcription: Record) -> Transcript:
    pieces = fields.records(transcription, "transcript")
    people = {
        key: _participant(speaker)
        for speaker in fields.records(transcription, "speakers")
        if (key := fields.words(speaker, "id"))
    }
    meeting = fields.record(transcription, "meeting") or transcription
    said = exports.transcript(map(_row, pieces), people)
    return replace(
        said,
        named=(*said.named, *participants.listed(fields.get(meeting, "attendees"))),
        title=fields.words(meeting, "subject") or None,
        date=day(fields.get(meeting, "start_at")),
    )


def _participant(speaker: Record) -> participants.Participant:
    is_rep = fields.get(speaker, "is_rep")
    side = Side.SELLER if is_rep is True else Side.BUYER if is_rep is False else Side.UNKNOWN
    email = fields.words(speaker, "email") or None
    return participants.Participant(name=fields.words(speaker, "name"), told=Told(side=side, email=email))


def _row(piece: Record) -> rows.Row:
    stamps = fields.get(piece, "timestamps")
    held = [{"at": stamp} for stamp in stamps] if isinstance(stamps, list) else []
    times = [time for stamp in held if (time := fields.number(stamp, "at")) is not None]
    return rows.Row(
        text=fields.words(piece, "transcript"),
        speaker=fields.words(piece, "speaker_id"),
        start=times[0] if times else None,
        end=times[-1] if times else None,
    )
