"""Azure AI Speech: the result files of batch transcription, and the response of fast transcription.

Batch files tell times in ticks of 100 nanoseconds, as ISO 8601 (`PT0.7S`) and, from version 3.2 on, in
milliseconds; fast responses in milliseconds. Speakers are numbers where diarization ran; else channels
stand for them, where there are several. Sides are not told. Two people can be shown talking at once
where channels are parted or phrases overlap.
"""

from __future__ import annotations

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import Record, get, milliseconds, number, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import label
from callreview.ingest.source import Source
from callreview.ingest.text import counted
from callreview.ingest.times import iso_duration
from callreview.ingest.transcript import Tells, Transcript

NAME = "azure"
TITLE = "Azure AI Speech"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_TICKS = 10_000_000


def sniff(source: Source) -> float:
    """1.0 for a list of recognised phrases, or of phrases beside combined ones."""
    batch = isinstance(get(source.json, "recognizedPhrases"), list)
    fast = isinstance(get(source.json, "combinedPhrases"), list) and isinstance(get(source.json, "phrases"), list)
    return 1.0 if batch or fast else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript; phrases that were not recognised are left out and counted."""
    listed = records(source.json, "recognizedPhrases") or records(source.json, "phrases")
    phrases = [phrase for phrase in listed if words(phrase, "recognitionStatus") in ("", "Success")]
    several = len({words(phrase, "channel") for phrase in phrases} - {""}) > 1
    collected = collect(_row(phrase, several) for phrase in phrases)
    failed = len(listed) - len(phrases)
    notes = (f"{counted(failed, 'phrase')} not recognised: skipped",) if failed else ()
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            duration_s=_time(source.json, "duration"),
            can_overlap=several or overlaps(collected.utterances),
            notes=(*notes, *collected.notes),
        ),
    )


def _row(phrase: Record, several: bool) -> Row:
    best = next(iter(records(phrase, "nBest")), {})
    channel = label(get(phrase, "channel"), "Channel") if several else None
    start, length = _time(phrase, "offset"), _time(phrase, "duration")
    return Row(
        text=words(best, "display") or words(best, "lexical") or words(phrase, "text"),
        speaker=label(get(phrase, "speaker")) or channel,
        start=start,
        end=None if start is None or length is None else start + length,
    )


def _time(value: object, name: str) -> float | None:
    """Seconds from whichever of the three units tells an offset or a duration."""
    in_milliseconds = milliseconds(value, f"{name}Milliseconds")
    ticks = number(value, f"{name}InTicks")
    if in_milliseconds is not None or ticks is None:
        return iso_duration(words(value, name)) if in_milliseconds is None else in_milliseconds
    return ticks / _TICKS
