"""Google Meet: the entries of a transcript from its REST API, `conferenceRecords/*/transcripts/*/entries`.

Times are points in time, and count from the first one. An entry names its speaker by a resource
(`conferenceRecords/…/participants/…`): the names stand in the answer of `conferenceRecords/*/participants`,
which is looked for in the same file and in the JSON files beside it. The export tells no sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from callreview.errors import InputError, NoCall
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import moment
from callreview.ingest.transcript import Tells, Transcript

NAME = "meet_entries"
TITLE = "Google Meet transcript entries"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=False)

_USERS = ("signedinUser", "anonymousUser", "phoneUser")
_NO_NAMES = "Meet's list of participants is not in the file or beside it: speakers have no names"


def sniff(source: Source) -> float:
    """1.0 for entries, also none, and for a list of participants."""
    own = any("participant" in one and "startTime" in one and "text" in one for one in _entries(source.json))
    is_empty = fields.get(source.json, "transcriptEntries") == []
    return 1.0 if own or is_empty or _participants(source) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a file; seconds from the first entry's start."""
    entries, known = _entries(source.json), _participants(source)
    if not entries:
        raise _without_entries(known)
    keys = [fields.words(entry, "participant") for entry in entries]
    if not known.keys() & set(keys):
        known = source.beside(_participants)
    conferences = set(map(_conference, keys))
    began = min((time for entry in entries if (time := _time(entry, "startTime"))), default=None)
    said = exports.transcript(
        (
            rows.Row(
                text=fields.words(entry, "text"),
                speaker=key,
                start=_since(began, _time(entry, "startTime")),
                end=_since(began, _time(entry, "endTime")),
            )
            for key, entry in zip(keys, entries, strict=True)
        ),
        {key: _participant(one) for key, one in known.items() if _conference(key) in conferences},
    )
    notes = said.notes if known.keys() & set(keys) else (*said.notes, _NO_NAMES)
    return (replace(said, date=began.date() if began else None, notes=notes),)


def _conference(participant: str) -> str:
    """The conference in the name of a participant's resource, `conferenceRecords/CONFERENCE/participants/…`."""
    return participant.partition("/participants/")[0]


def _without_entries(known: Mapping[str, Record]) -> InputError:
    if known:
        return NoCall(
            "this is Meet's list of participants, with no entries: it is read together with a transcript beside it",
            hint="export the transcript's entries too",
        )
    return InputError("this Meet transcript has no entries", hint="it may not be ready: export it again later")


def _entries(data: object) -> list[Record]:
    found = fields.records(data) or fields.records(data, "transcriptEntries") or fields.records(data, "entries")
    return [entry for entry in found if "text" in entry]


def _participants(source: Source) -> Mapping[str, Record]:
    """The participants that a file lists, by the name of their resource."""
    if "conferenceRecords/" not in source.text:
        return {}
    listed = fields.records(source.json) or fields.records(source.json, "participants")
    return {fields.words(one, "name"): one for one in listed if any(kind in one for kind in _USERS)}


def _participant(one: Record) -> participants.Participant:
    names = (fields.words(one, kind, "displayName") for kind in _USERS)
    return participants.Participant(name=next((name for name in names if name), ""))


def _time(entry: Record, key: str) -> datetime | None:
    return moment(fields.words(entry, key))


def _since(began: datetime | None, time: datetime | None) -> float | None:
    return (time - began).total_seconds() if began and time else None
