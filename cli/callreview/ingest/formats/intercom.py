"""Intercom: the transcript of a phone call.

`GET /calls/{id}/transcript`, and calls that hold their `transcript`: pieces of `content` with
`speaker_label`, `speaker_id` and, not always, `speaker_type`: `admin` sells, `user` buys. Times are
seconds from the call's start, as numbers or as text. The days of a call are seconds since 1970 or
written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from callreview.errors import InputError
from callreview.ingest import exports, fields, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant, known, side_of
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "intercom"
TITLE = "Intercom call transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=True)

_SELLERS = ("admin", "teammate")
_BUYERS = ("user", "contact", "lead")
_DATES = ("initiated_at", "answered_at", "created_at")


def sniff(source: Source) -> float:
    """0.9 for pieces with the keys of Intercom, or for a call whose transcript is not there."""
    return 0.9 if any(_is_intercom(call) for call in _calls(source)) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The calls of the file; seconds from the call's start."""
    nothing = InputError(
        "this Intercom call has no transcript",
        hint="Intercom makes it after the call, where recording and transcription are switched on",
    )
    return exports.with_speech(map(_transcript, _calls(source)), nothing)


def _calls(source: Source) -> Iterator[Record]:
    """Calls with their transcript, one, a list of them or a bare list of pieces."""
    data = source.json
    if isinstance(data, list):
        listed = fields.records({"all": data}, "all")
        if listed and not any("transcript" in item for item in listed):
            yield {"transcript": data}
            return
    else:
        listed = [fields.record({"call": data}, "call"), *fields.records(data, "data"), *fields.records(data, "calls")]
    yield from (call for call in listed if "transcript" in call)


def _is_intercom(call: Record) -> bool:
    said = fields.records(call, "transcript")
    if said:
        return any("content" in one and ("speaker_label" in one or "speaker_type" in one) for one in said)
    return call.get("type") == "call" and "admin_id" in call


def _transcript(call: Record) -> Transcript:
    said = fields.records(call, "transcript")
    transcript = exports.transcript(
        (
            rows.Row(
                text=fields.words(one, "content"),
                speaker=_key(one),
                start=fields.number(one, "start_time"),
                end=fields.number(one, "end_time"),
            )
            for one in said
        ),
        known((_key(one), _participant(one, call)) for one in said),
    )
    return replace(transcript, date=next((found for key in _DATES if (found := day(fields.get(call, key)))), None))


def _key(one: Record) -> str:
    return fields.words(one, "speaker_id") or fields.words(one, "speaker_label")


def _participant(one: Record, call: Record) -> Participant:
    """Who has no type is known by the ids of the call."""
    key = fields.words(one, "speaker_id")
    ids: Mapping[str, str] = {fields.words(call, "admin_id"): "admin", fields.words(call, "contact_id"): "user"}
    kind = fields.words(one, "speaker_type") or (ids.get(key, "") if key else "")
    told = Told(side=side_of(kind, sellers=_SELLERS, buyers=_BUYERS))
    return Participant(name=fields.words(one, "speaker_label"), told=told)
