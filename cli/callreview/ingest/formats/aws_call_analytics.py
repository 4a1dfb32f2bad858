"""Amazon Transcribe Call Analytics, Contact Lens of Amazon Connect, and the Post-Call Analytics (PCA) solution.

Call Analytics and Contact Lens give turns by audio channel with start and end in milliseconds, and the
role of each participant, which tells the sides (they are wrong where the channels were swapped); the
real-time API of Contact Lens wraps each turn in `Segments`. PCA gives `SpeechSegments` with seconds and a
list of speakers with the texts that are displayed for them. Two people can be shown talking at once,
except in PCA files made from one channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.exports import transcript
from callreview.ingest.fields import Record, get, milliseconds, number, record, records, words
from callreview.ingest.participants import Participant, known, side_of
from callreview.ingest.rows import Row
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript
from callreview.ingest.unfinished import refuse_unfinished

NAME = "aws_call_analytics"
TITLE = "Amazon Transcribe Call Analytics, Contact Lens"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=True)

_ANALYTICS_KEYS = ("ConversationCharacteristics", "Participants", "JobStatus", "ContentMetadata")


def sniff(source: Source) -> float:
    """1.0 for turns with `BeginOffsetMillis` or for PCA's two sections, 0.9 for an analytics file without turns."""
    if _is_pca(source.json) or any("BeginOffsetMillis" in turn and "Content" in turn for turn in _turns(source.json)):
        return 1.0
    named = isinstance(get(source.json, "Transcript"), list) or "JobStatus" in record(source.json)
    return 0.9 if named and sum(key in record(source.json) for key in _ANALYTICS_KEYS) >= 2 else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of an analysed call; InputError for a job that is not done and for chats."""
    return (_pca(record(source.json)) if _is_pca(source.json) else _analytics(record(source.json)),)


def _is_pca(value: object) -> bool:
    return isinstance(get(value, "SpeechSegments"), list) and isinstance(get(value, "ConversationAnalytics"), Mapping)


def _turns(value: object) -> list[Record]:
    wrapped = [record(segment, "Transcript") for segment in records(value, "Segments")]
    return records(value, "Transcript") or [turn for turn in wrapped if turn]


# --- Call Analytics and Contact Lens -------------------------------------------------------------


def _analytics(file: Record) -> Transcript:
    _refuse(file)
    turns = _turns(file)
    said = transcript(
        (
            Row(
                text=words(turn, "Content"),
                speaker=_who(turn),
                start=milliseconds(turn, "BeginOffsetMillis"),
                end=milliseconds(turn, "EndOffsetMillis"),
            )
            for turn in turns
        ),
        # What stands in the list of participants counts first.
        known((_who(told), _participant(told)) for told in [*records(file, "Participants"), *turns]),
    )
    return replace(
        said,
        title=words(file, "JobName") or None,
        duration_s=milliseconds(file, "ConversationCharacteristics", "TotalConversationDurationMillis"),
        can_overlap=True,
    )


def _refuse(file: Record) -> None:
    refuse_unfinished(words(file, "JobStatus"), why=words(file, "FailureReason"))
    if words(file, "Channel").upper() == "CHAT":
        raise InputError("this is the transcript of a chat, not of a call", hint="leave chats out of the folder")


def _who(turn: Record) -> str:
    return words(turn, "ParticipantId") or words(turn, "ParticipantRole")


def _participant(told: Record) -> Participant:
    role = words(told, "ParticipantRole") or _who(told)
    return Participant(name=words(told, "DisplayName") or _readable(role), told=Told(side=_side(role)))


def _readable(role: str) -> str:
    """A role as people write it; an id, which holds digits, is no name."""
    return "" if any(letter.isdigit() for letter in role) else role.replace("_", " ").capitalize()


def _side(role: str) -> Side:
    return side_of(role, sellers=("agent", "supervisor"), buyers=("customer", "caller"))


# --- Post-Call Analytics -------------------------------------------------------------------------


def _pca(file: Record) -> Transcript:
    header = record(file, "ConversationAnalytics")
    segments = records(file, "SpeechSegments")
    said = transcript(
        (
            Row(
                text=words(segment, "DisplayText") or words(segment, "OriginalText"),
                speaker=words(segment, "SegmentSpeaker"),
                start=number(segment, "SegmentStartTime"),
                end=number(segment, "SegmentEndTime"),
            )
            for segment in segments
        ),
        _displayed(header),
    )
    job = next((record(one, "TranscribeJobInfo") for one in records(header, "SourceInformation")), {})
    return replace(
        said,
        title=words(job, "TranscriptionJobName") or None,
        date=day(words(header, "ConversationTime")),
        duration_s=number(header, "Duration"),
        can_overlap=_parts_channels(job),
    )


def _displayed(header: Record) -> dict[str, Participant]:
    people = {}
    for told in records(header, "SpeakerLabels"):
        name = words(told, "DisplayText") or words(told, "Speaker")
        people[words(told, "Speaker")] = Participant(name=name, told=Told(side=_side(name.rstrip(" 0123456789"))))
    return people


def _parts_channels(job: Record) -> bool:
    parted = str(get(job, "ChannelIdentification")).casefold()
    return parted in ("true", "1") or words(job, "TranscribeApiType") == "analytics"
