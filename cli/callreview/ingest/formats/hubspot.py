"""HubSpot: the transcript of a call, as its calling transcripts API gives and takes it.

`GET /crm/v3/extensions/calling/transcripts/{id}` gives `transcriptUtterances`; what was sent to HubSpot
stands under `transcriptCreateUtterances`. Times are milliseconds from the call's start. Speakers have
ids, often names and sometimes e-mail addresses, which a roster's domains fit; sides are not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.errors import InputError
from callreview.ingest import cues, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "hubspot"
TITLE = "HubSpot call transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_KEYS = ("transcriptUtterances", "transcriptCreateUtterances")


def sniff(source: Source) -> float:
    """1.0 for the key that only HubSpot uses."""
    return 1.0 if any(_calls(source)) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The calls of the file; seconds from the call's start."""
    calls = tuple(_transcript(call) for call in _calls(source))
    if not any(call.utterances for call in calls):
        raise InputError(
            "this HubSpot transcript is empty: nobody says anything in it",
            hint="HubSpot may not have transcribed the call yet: export it again later",
        )
    return calls


def _calls(source: Source) -> Iterator[Record]:
    """The objects that hold utterances: the answer for one call, or a list of such answers."""
    data = source.json
    listed = fields.records({"calls": data}, "calls") + fields.records(data, "results")
    for call in [fields.record({"call": data}, "call"), *listed]:
        if any(key in call for key in _KEYS):
            yield call


def _transcript(call: Record) -> Transcript:
    said = [utterance for key in _KEYS for utterance in fields.records(call, key)]
    people: dict[str, Participant] = {}
    for utterance in said:
        speaker = fields.record(utterance, "speaker")
        if key := _key(utterance):
            email = fields.words(speaker, "email") or None
            people.setdefault(key, Participant(name=fields.words(speaker, "name"), told=Told(email=email)))
    cast = participants.cast(map(_key, said), people)
    collected = rows.collect(
        rows.Row(
            text=fields.words(utterance, "text"),
            speaker=cast.labels.get(_key(utterance)),
            start=fields.milliseconds(utterance, "startTimeMillis"),
            end=fields.milliseconds(utterance, "endTimeMillis"),
        )
        for utterance in said
    )
    return Transcript(
        utterances=collected.utterances,
        pieces=True,
        told=cast.told,
        can_overlap=cues.overlaps(collected.utterances),
        notes=collected.notes,
    )


def _key(utterance: Record) -> str:
    """What tells a speaker apart; "" where nobody is named."""
    speaker = fields.record(utterance, "speaker")
    return next((found for key in ("id", "email", "name") if (found := fields.words(speaker, key))), "")
