"""Chorus (ZoomInfo): a conversation from its API, `GET /api/v1/conversations/{id}`.

The speech stands in `data.attributes.recording.utterances`, each with the speaker's name, kind and
words. Sides are told by `speaker_type`. Documentation and answers differ about the times: an utterance
has a start under one of several keys, in seconds, or in milliseconds where the recording's duration
says so; ends are rarely told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from callreview.errors import InputError
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "chorus"
TITLE = "Chorus conversations"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start", overlaps=False)

_STARTS = ("snippet_time", "start", "start_time", "time")
_ENDS = ("end", "end_time")


def sniff(source: Source) -> float:
    """1.0 for a conversation with the list of utterances that Chorus gives, also where it is empty."""
    return 1.0 if _conversations(source.json) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The conversations of a file; seconds from the recording's start."""
    nothing = InputError(
        "this Chorus conversation has no utterances",
        hint="Chorus may not have processed the recording yet: export it again later",
    )
    return exports.with_speech((_transcript(conversation) for conversation in _conversations(source.json)), nothing)


def _conversations(data: object) -> list[Record]:
    """The attributes of each conversation, with or without the envelope of the API."""
    inner = fields.get(data, "data")
    held = inner if isinstance(inner, list) else [inner if inner is not None else data]
    found = [fields.record(item, "attributes") or fields.record(item) for item in held]
    return [attributes for attributes in found if "utterances" in fields.record(attributes, "recording")]


def _transcript(conversation: Record) -> Transcript:
    utterances = fields.records(conversation, "recording", "utterances")
    duration = fields.number(conversation, "recording", "duration")
    unit = _unit(utterances, duration)
    said = exports.transcript(
        (
            rows.Row(
                text=_text(utterance),
                speaker=_key(utterance),
                start=_time(utterance, _STARTS, unit),
                end=_time(utterance, _ENDS, unit),
            )
            for utterance in utterances
        ),
        {_key(utterance): _participant(utterance) for utterance in utterances},
    )
    return replace(
        said,
        named=participants.listed(fields.get(conversation, "participants"), fields.get(conversation, "owner")),
        title=fields.words(conversation, "name") or fields.words(conversation, "meeting", "name") or None,
        date=_date(conversation),
        account=fields.words(conversation, "account_name") or fields.words(conversation, "company_name") or None,
        duration_s=duration,
    )


def _key(utterance: Record) -> str:
    """Who speaks: one name with two kinds is two people."""
    name = fields.words(utterance, "speaker_name")
    return f"{name}\n{fields.words(utterance, 'speaker_type')}" if name else ""


def _participant(utterance: Record) -> participants.Participant:
    side = participants.side_of(
        fields.words(utterance, "speaker_type"),
        sellers=["rep", "internal", "host", "sales", "seller", "user"],
        buyers=["cust", "customer", "prospect", "external", "buyer", "client"],
    )
    return participants.Participant(name=fields.words(utterance, "speaker_name"), told=Told(side=side))


def _text(utterance: Record) -> str:
    return fields.words(utterance, "snippet") or fields.words(utterance, "text")


def _time(utterance: Record, keys: Iterable[str], unit: float) -> float | None:
    found = (fields.seconds(utterance, key) for key in keys)
    return next((time * unit for time in found if time is not None), None)


def _unit(utterances: Sequence[Record], duration: float | None) -> float:
    starts = [time for utterance in utterances if (time := _time(utterance, _STARTS, 1.0)) is not None]
    words = sum(len(_text(utterance).split()) for utterance in utterances)
    return exports.unit_of(max(starts, default=0.0), duration_s=duration, words=words)


def _date(conversation: Record) -> date | None:
    keys = [("meeting", "start_time"), ("meeting", "date_time"), ("date_time",), ("date",), ("created_at",)]
    return next((found for key in keys if (found := day(fields.get(conversation, *key)))), None)
