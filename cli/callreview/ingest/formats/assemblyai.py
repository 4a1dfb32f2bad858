"""AssemblyAI: the JSON of a transcript, as the API and the SDKs give it.

Times are whole milliseconds, only `audio_duration` is in seconds; a start may be null. Utterances are
there where speakers or channels were asked for: speakers are letters, channels are numbers, and names
where speaker identification ran. Sides are not told. Two people can be shown talking at once where
channels are parted or utterances overlap.
"""

from __future__ import annotations

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import Record, milliseconds, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import Word, label, row_of, runs
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript
from callreview.ingest.unfinished import refuse_unfinished

NAME = "assemblyai"
TITLE = "AssemblyAI"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_OWN_KEYS = ("audio_url", "audio_duration", "acoustic_model", "language_model", "speech_model", "speaker_labels")
_UNFINISHED = ("queued", "processing", "error")


def sniff(source: Source) -> float:
    """1.0 for utterances or words beside keys of AssemblyAI's own, 0.9 for a transcript that is still being made."""
    file = record(source.json)
    if not any(key in file for key in _OWN_KEYS):
        return 0.0
    if "utterances" in file or "words" in file:
        return 1.0
    return 0.9 if "audio_url" in file and words(file, "status") in _UNFINISHED else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript; InputError where it is not completed."""
    refuse_unfinished(words(source.json, "status"), why=words(source.json, "error"))
    utterances = records(source.json, "utterances")
    collected = collect(map(_row, utterances) if utterances else _without_utterances(source.json))
    channels = {words(utterance, "channel") for utterance in utterances} - {""}
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            duration_s=number(source.json, "audio_duration"),
            can_overlap=len(channels) > 1 or (bool(utterances) and overlaps(collected.utterances)),
            notes=collected.notes,
        ),
    )


def _row(utterance: Record) -> Row:
    """An utterance; where its own times are null, those of its words."""
    spoken = row_of([_word(word) for word in records(utterance, "words")])
    start, end = milliseconds(utterance, "start"), milliseconds(utterance, "end")
    return Row(
        text=words(utterance, "text") or spoken.text,
        speaker=_speaker(utterance) or spoken.speaker,
        start=spoken.start if start is None else start,
        end=spoken.end if end is None else end,
    )


def _without_utterances(value: object) -> list[Row]:
    return runs(map(_word, records(value, "words"))) or [Row(text=words(value, "text"))]


def _word(word: Record) -> Word:
    start, end = milliseconds(word, "start"), milliseconds(word, "end")
    return Word(text=words(word, "text"), speaker=_speaker(word), start=start, end=end)


def _speaker(said: Record) -> str | None:
    """A speaker by letter or name; a channel's only speaker bears the channel's number."""
    speaker, channel = words(said, "speaker"), words(said, "channel")
    return label(channel, "Channel") if speaker in ("", channel) else label(speaker)
