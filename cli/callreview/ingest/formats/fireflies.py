"""Fireflies: a transcript from its GraphQL API, or its JSON download of the same shape.

Times of sentences are seconds, as numbers or as text; `duration` is minutes; `date` is milliseconds
since 1970. The export tells no sides; e-mail addresses are taken from the attendees, so that domains in
`--seller` and in a roster work. Somebody whom Fireflies does not name goes by the number it gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from callreview.errors import InputError
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "fireflies"
TITLE = "Fireflies transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=False)

_OWN = ("fireflies_users", "meeting_attendees", "organizer_email", "host_email", "transcript_url", "speakers")
_PEOPLE = ("speakers", "meeting_attendees", "participants", "fireflies_users", "organizer_email", "host_email")


def sniff(source: Source) -> float:
    """1.0 for sentences with the names that only Fireflies gives to things, 0.9 for its answer without any."""
    meetings = _meetings(source.json)
    if any(map(_is_own, meetings)):
        return 1.0
    is_answer = bool(meetings and fields.record(source.json, "data"))
    return 0.9 if is_answer or _is_nothing(source.json) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The meetings of a file that have sentences; seconds from the recording's start."""
    nothing = InputError(
        "this Fireflies export has no sentences",
        hint="the meeting may not be processed yet, or the key may not read it: export it again",
    )
    return exports.with_speech((_transcript(meeting) for meeting in _meetings(source.json)), nothing)


def _meetings(data: object) -> list[Record]:
    holder = fields.record(data, "data") or fields.record(data)
    one = fields.record(holder, "transcript")
    found = [one] if one else fields.records(holder, "transcripts")
    found = found or ([holder] if holder else fields.records(data))
    return [meeting for meeting in found if "sentences" in meeting]


def _is_own(meeting: Record) -> bool:
    sentences = fields.records(meeting, "sentences")
    if sentences:
        return any("speaker_name" in sentence and "start_time" in sentence for sentence in sentences)
    return any(key in meeting for key in _OWN)


def _is_nothing(data: object) -> bool:
    answer = fields.record(data, "data")
    return "transcript" in answer and answer["transcript"] is None


def _transcript(meeting: Record) -> Transcript:
    sentences = fields.records(meeting, "sentences")
    names = {fields.words(one, "id"): fields.words(one, "name") for one in fields.records(meeting, "speakers")}
    emails = _emails(fields.records(meeting, "meeting_attendees"))
    keys = [_key(sentence, names) for sentence in sentences]
    people = {key: _participant(key, emails) for key in keys if not key.isdecimal()}
    said = exports.transcript(
        (
            rows.Row(
                text=fields.words(sentence, "text") or fields.words(sentence, "raw_text"),
                speaker=key,
                start=fields.seconds(sentence, "start_time"),
                end=fields.seconds(sentence, "end_time"),
            )
            for sentence, key in zip(sentences, keys, strict=True)
        ),
        people,
    )
    minutes = fields.number(meeting, "duration")
    return replace(
        said,
        named=participants.listed(*(fields.get(meeting, key) for key in _PEOPLE)),
        title=fields.words(meeting, "title") or None,
        date=_date(meeting),
        duration_s=round(minutes * 60, 3) if minutes else None,
    )


def _key(sentence: Record, names: Mapping[str, str]) -> str:
    """Whose sentence it is: the name, also by the list of speakers, or else the number."""
    number = fields.words(sentence, "speaker_id")
    return fields.words(sentence, "speaker_name") or names.get(number) or number


def _participant(name: str, emails: Mapping[str, str]) -> participants.Participant:
    return participants.Participant(name=name, told=Told(email=emails.get(name.casefold())))


def _emails(attendees: Sequence[Record]) -> dict[str, str]:
    """E-mail addresses by name; two attendees with one name tell nothing."""
    found: dict[str, set[str]] = {}
    for attendee in attendees:
        name = fields.words(attendee, "displayName") or fields.words(attendee, "name")
        if name and (email := fields.words(attendee, "email")):
            found.setdefault(name.casefold(), set()).add(email)
    return {name: next(iter(emails)) for name, emails in found.items() if len(emails) == 1}


def _date(meeting: Record) -> date | None:
    return day(fields.get(meeting, "dateString")) or day(fields.get(meeting, "date"))
