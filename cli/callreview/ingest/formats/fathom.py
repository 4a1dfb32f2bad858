"""Fathom: meetings from its API, with `include_transcript=true`, or one recording's transcript.

A piece has the time of its start alone, as `HH:MM:SS`. Sides are told by the invitations: who is
external buys, who is not sells, and so does who recorded the meeting. The text that Fathom copies
(`[00:05:32] Name: …`) is read as plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day, moment
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "fathom"
TITLE = "Fathom meetings"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start", overlaps=False)


def sniff(source: Source) -> float:
    """1.0 for pieces whose speaker has a display name, or for a meeting without transcript in Fathom's words."""
    return 1.0 if _meetings(source.json) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The meetings of a file that have a transcript; seconds from the recording's start."""
    nothing = InputError(
        "this Fathom meeting has no transcript",
        hint="export it with include_transcript=true, when Fathom has processed the meeting",
    )
    return exports.with_speech((_transcript(meeting) for meeting in _meetings(source.json)), nothing)


def _meetings(data: object) -> list[Record]:
    held = fields.records(data, "items") or fields.records(data) or [fields.record(data)]
    return [meeting for meeting in held if _is_own(meeting)]


def _is_own(meeting: Record) -> bool:
    pieces = fields.records(meeting, "transcript")
    if pieces:
        return any("display_name" in fields.record(piece, "speaker") for piece in pieces)
    return "calendar_invitees" in meeting and "recording_start_time" in meeting


def _transcript(meeting: Record) -> Transcript:
    pieces = fields.records(meeting, "transcript")
    told = list(_invited(meeting))
    keys = [_key(piece) for piece in pieces]
    people = {key: _participant(piece, told) for key, piece in zip(keys, pieces, strict=True) if key}
    said = exports.transcript(
        (
            rows.Row(
                text=fields.words(piece, "text"),
                speaker=key,
                start=fields.seconds(piece, "timestamp"),
            )
            for key, piece in zip(keys, pieces, strict=True)
        ),
        people,
    )
    companies = [fields.words(company, "name") for company in fields.records(meeting, "crm_matches", "companies")]
    return replace(
        said,
        named=participants.listed(told),
        title=fields.words(meeting, "title") or fields.words(meeting, "meeting_title") or None,
        date=day(fields.get(meeting, "recording_start_time")) or day(fields.get(meeting, "created_at")),
        account=next((company for company in companies if company), None),
        duration_s=_duration(meeting),
        can_overlap=False,
    )


def _key(piece: Record) -> str:
    """Who speaks: one name with two e-mail addresses is two people."""
    name = fields.words(piece, "speaker", "display_name")
    email = fields.words(piece, "speaker", "matched_calendar_invitee_email")
    return f"{name}\n{email}" if name or email else ""


def _participant(piece: Record, invited: Sequence[Record]) -> participants.Participant:
    name = fields.words(piece, "speaker", "display_name")
    email = fields.words(piece, "speaker", "matched_calendar_invitee_email")
    found = next((one for one in invited if _is(one, name, email)), {})
    is_external = fields.get(found, "is_external")
    side = Side.BUYER if is_external is True else Side.SELLER if is_external is False else Side.UNKNOWN
    told = Told(side=side, email=email or fields.words(found, "email") or None)
    return participants.Participant(name=name, told=told)


def _invited(meeting: Record) -> Iterator[Record]:
    """Those who were invited, and who recorded the meeting."""
    yield from fields.records(meeting, "calendar_invitees")
    if recorder := fields.record(meeting, "recorded_by"):
        yield {**recorder, "is_external": False}


def _is(invited: Record, name: str, email: str) -> bool:
    if email:
        return fields.words(invited, "email").casefold() == email.casefold()
    names = [fields.words(invited, key).casefold() for key in ("matched_speaker_display_name", "name")]
    return name.casefold() in names


def _duration(meeting: Record) -> float | None:
    start = moment(fields.words(meeting, "recording_start_time"))
    end = moment(fields.words(meeting, "recording_end_time"))
    return (end - start).total_seconds() if start and end and end > start else None
