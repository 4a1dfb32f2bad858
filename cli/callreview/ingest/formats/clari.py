"""Clari Copilot (formerly Wingman): a call from its API, `GET /call-details`.

Times are seconds. People are told by `personId`: `users` sell, `externalParticipants` buy.
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

NAME = "clari"
TITLE = "Clari Copilot calls"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=False)


def sniff(source: Source) -> float:
    """1.0 for a call with external participants and a transcript, 0.9 for pieces of a person's id."""
    call = _call(source.json)
    if "externalParticipants" in call and ("transcript" in call or "users" in call):
        return 1.0
    return 0.9 if any({"personId", "text"} <= piece.keys() for piece in fields.records(call, "transcript")) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The call of a file; seconds from its start."""
    nothing = InputError(
        "this Clari Copilot call has no transcript",
        hint="Copilot may not have processed it yet, or the transcript was not asked for: export it again",
    )
    return exports.with_speech([_transcript(_call(source.json))], nothing)


def _call(data: object) -> Record:
    return fields.record(data, "call") or fields.record(data)


def _transcript(call: Record) -> Transcript:
    told = [(one, Side.SELLER) for one in fields.records(call, "users")]
    told += [(one, Side.BUYER) for one in fields.records(call, "externalParticipants")]
    people = {key: _participant(one, side) for one, side in told if (key := fields.words(one, "personId"))}
    pieces = fields.records(call, "transcript")
    said = exports.transcript(
        (
            rows.Row(
                text=fields.words(piece, "text"),
                speaker=fields.words(piece, "personId"),
                start=fields.seconds(piece, "start"),
                end=fields.seconds(piece, "end"),
            )
            for piece in pieces
        ),
        people,
    )
    return replace(
        said,
        named=(*said.named, *participants.listed([one for one, _ in told if not fields.words(one, "personId")])),
        title=fields.words(call, "title") or None,
        date=day(fields.get(call, "time")),
        account=fields.words(call, "account_name") or None,
    )


def _participant(one: Record, side: Side) -> participants.Participant:
    email = fields.words(one, "email") or fields.words(one, "userEmail")
    name = fields.words(one, "name") or fields.words(one, "userName") or email or fields.words(one, "phone")
    return participants.Participant(name=name, told=Told(side=side, email=email or None))
