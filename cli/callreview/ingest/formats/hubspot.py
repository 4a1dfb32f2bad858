"""HubSpot: the transcript of a call, as its calling transcripts API gives and takes it.

`GET /crm/v3/extensions/calling/transcripts/{id}` gives `transcriptUtterances`; what was sent to HubSpot
stands under `transcriptCreateUtterances`. Times are milliseconds from the call's start. Speakers have
ids, often names and sometimes e-mail addresses, which a roster's domains fit; sides are not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from callreview.errors import InputError
from callreview.ingest import exports, fields, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant, known
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
    nothing = InputError(
        "this HubSpot transcript is empty: nobody says anything in it",
        hint="HubSpot may not have transcribed the call yet: export it again later",
    )
    return exports.with_speech(map(_transcript, _calls(source)), nothing)


def _calls(source: Source) -> Iterator[Record]:
    """The objects that hold utterances: the answer for one call, or a list of such answers."""
    data = source.json
    listed = fields.records({"calls": data}, "calls") + fields.records(data, "results")
    for call in [fields.record({"call": data}, "call"), *listed]:
        if any(key in call for key in _KEYS):
            yield call


def _transcript(call: Record) -> Transcript:
    said = [utterance for key in _KEYS for utterance in fields.records(call, key)]
    return exports.transcript(
        (
            rows.Row(
                text=fields.words(utterance, "text"),
                speaker=_key(utterance),
                start=fields.milliseconds(utterance, "startTimeMillis"),
                end=fields.milliseconds(utterance, "endTimeMillis"),
            )
            for utterance in said
        ),
        known((_key(utterance), _participant(utterance)) for utterance in said),
    )


def _participant(utterance: Record) -> Participant:
    email = fields.words(utterance, "speaker", "email") or None
    return Participant(name=fields.words(utterance, "speaker", "name"), told=Told(email=email))


def _key(utterance: Record) -> str:
    """What tells a speaker apart; "" where nobody is named."""
    speaker = fields.record(utterance, "speaker")
    return next((found for key in ("id", "email", "name") if (found := fields.words(speaker, key))), "")
