"""Twilio: the sentences of a Conversational Intelligence transcript.

`GET /v2/Transcripts/{sid}/Sentences` gives `sentences`, which know people only by `media_channel`. Who
speaks on which channel stands in the transcript resource (`GET /v2/Transcripts/{sid}`) under
`channel.participants`: looked for in the same file and, by the transcript's sid, in the JSON files
beside it. `role` there tells the side: agents sell, customers buy; without it sides are not told. Times
are seconds from the call's start, as text. Each channel is heard by itself, so that two can be shown
talking at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callreview.errors import InputError
from callreview.ingest import exports, fields, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant, side_of
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "twilio"
TITLE = "Twilio Conversational Intelligence sentences"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=True)

_SELLERS = ("agent", "human_agent", "ai_agent")
_BUYERS = ("customer",)


def sniff(source: Source) -> float:
    """1.0 for sentences on media channels, 0.9 for an empty page of them or a transcript resource."""
    if any("media_channel" in sentence and "transcript" in sentence for sentence in _sentences(source.json)):
        return 1.0
    return 0.9 if _is_page(source.json) or _is_resource(source.json) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The call of the file; seconds from the call's start."""
    said = _sentences(source.json)
    about = _resource(source, said)
    people = {fields.words(one, "channel_participant"): _participant(one) for one in _participants(about)}
    unnamed = {key: Participant(name=f"Channel {key}") for one in said if (key := _channel(one))}
    nothing = InputError(
        f"this Twilio transcript has no sentences{_status(about)}",
        hint="ask for /v2/Transcripts/SID/Sentences once its status is 'completed'",
    )
    transcript = exports.transcript(
        (
            rows.Row(
                text=fields.words(one, "transcript"),
                speaker=_channel(one),
                start=fields.number(one, "start_time"),
                end=fields.number(one, "end_time"),
            )
            for one in said
        ),
        unnamed | people,
    )
    call = replace(
        transcript,
        date=day(about.get("media_start_time")) or day(about.get("date_created")),
        duration_s=fields.number(about, "duration") or None,
        can_overlap=True,
    )
    return exports.with_speech([call], nothing)


def _sentences(data: object) -> list[Record]:
    """The sentences of a page of them, of a bare list, or of a transcript that holds them."""
    whole = data if isinstance(data, Mapping) else {"sentences": data}
    return fields.records(whole, "sentences")


def _is_page(data: object) -> bool:
    return fields.get(data, "sentences") == [] and fields.get(data, "meta", "key") == "sentences"


def _is_resource(data: object) -> bool:
    return fields.words(data, "sid").startswith("GT") and isinstance(fields.get(data, "channel"), Mapping)


def _channel(sentence: Record) -> str:
    return fields.words(sentence, "media_channel")


# --- who speaks on which channel -----------------------------------------------------------------


def _resource(source: Source, said: list[Record]) -> Record:
    """The transcript resource: the file itself, in it under `transcript`, or beside it."""
    inside = [fields.record({"file": source.json}, "file"), fields.record(source.json, "transcript")]
    if found := next((data for data in inside if _is_resource(data) or "participants" in data), None):
        return found
    sids = {fields.words(sentence, "transcript_sid") for sentence in said} - {""}
    return source.beside(_resources_beside).get(sids.pop(), {}) if len(sids) == 1 else {}


def _resources_beside(source: Source) -> dict[str, Record]:
    data = fields.record({"file": source.json}, "file")
    return {fields.words(data, "sid"): data} if _is_resource(data) else {}


def _participants(about: Record) -> list[Record]:
    return fields.records(about, "channel", "participants") or fields.records(about, "participants")


def _participant(one: Record) -> Participant:
    role = fields.words(one, "role")
    told = Told(side=side_of(role, sellers=_SELLERS, buyers=_BUYERS), email=fields.words(one, "email") or None)
    return Participant(name=fields.words(one, "full_name") or told.email or role, told=told)


def _status(about: Record) -> str:
    status = fields.words(about, "status")
    return f" (its status is {status!r})" if status and status != "completed" else ""
