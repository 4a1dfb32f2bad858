"""Close: the recording's transcript of a call activity.

`GET /api/v1/activity/call/{id}/?_fields=recording_transcript,…` gives `recording_transcript.utterances`.
Times are seconds from the call's start. Sides are told by `speaker_side`: `close-user` sells, `contact`
buys. User and contact are recorded apart, so two can be shown talking at once. A voicemail has one
speaker and is no call.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from callreview.errors import InputError
from callreview.ingest import exports, fields, rows
from callreview.ingest.fields import Record
from callreview.ingest.participants import Participant, side_of
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "close"
TITLE = "Close call transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=True)

_SELLERS = ("close-user", "user")
_BUYERS = ("contact", "lead")
_DATES = ("activity_at", "date_created")


def sniff(source: Source) -> float:
    """1.0 for a recording's transcript, 0.9 for its utterances alone."""
    calls = list(_calls(source))
    if any("recording_transcript" in call or "voicemail_transcript" in call for call in calls):
        return 1.0
    return 0.9 if calls else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The calls of the file; seconds from the call's start."""
    nothing = InputError(
        "this Close call has no transcript of its recording",
        hint="ask for it with _fields=recording_transcript, once Close has made it; a voicemail is no call",
    )
    return exports.with_speech(map(_transcript, _calls(source)), nothing)


def _calls(source: Source) -> Iterator[Record]:
    """Call activities, one or a list of them, or a bare transcript."""
    data = source.json
    for call in [fields.record({"call": data}, "call"), *fields.records(data, "data")]:
        if "recording_transcript" in call or "voicemail_transcript" in call or _is_transcript(call):
            yield call


def _is_transcript(data: Record) -> bool:
    return any("speaker_side" in utterance for utterance in fields.records(data, "utterances"))


def _transcript(call: Record) -> Transcript:
    holder = call if _is_transcript(call) else fields.record(call, "recording_transcript")
    said = fields.records(holder, "utterances")
    transcript = exports.transcript(
        (
            rows.Row(
                text=fields.words(utterance, "text"),
                speaker=_key(utterance),
                start=fields.number(utterance, "start"),
                end=fields.number(utterance, "end"),
            )
            for utterance in said
        ),
        {_key(utterance): _participant(utterance) for utterance in said},
    )
    return replace(
        transcript,
        date=next((found for key in _DATES if (found := day(fields.get(call, key)))), None),
        account=fields.words(call, "lead_name") or None,
        duration_s=fields.number(call, "duration") or None,
        can_overlap=True,
    )


def _key(utterance: Record) -> str:
    """Side and label: user and contact may bear one name."""
    side, label = fields.words(utterance, "speaker_side"), fields.words(utterance, "speaker_label")
    return f"{side} {label}".strip()


def _participant(utterance: Record) -> Participant:
    side = side_of(fields.words(utterance, "speaker_side"), sellers=_SELLERS, buyers=_BUYERS)
    name = fields.words(utterance, "speaker_label") or fields.words(utterance, "speaker_side")
    return Participant(name=name, told=Told(side=side))
