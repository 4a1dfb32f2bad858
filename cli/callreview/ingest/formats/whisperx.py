"""WhisperX and programs that write like it: segments with start, end, text and speaker.

Times are seconds; numbers that could not be aligned have none, and no speaker either. A segment without
a speaker is one that diarization did not place. Sides are not told. Two people can be shown talking at
once where segments overlap.
"""

from __future__ import annotations

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import record, records
from callreview.ingest.rows import collect
from callreview.ingest.runs import segment_rows
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "whisperx"
TITLE = "WhisperX"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)


def sniff(source: Source) -> float:
    """1.0 for segments beside `word_segments`, 0.7 for segments with start, end and text."""
    if "word_segments" in record(source.json):
        return 1.0
    segments = records(source.json, "segments")
    return 0.7 if segments and all({"start", "end", "text"} <= segment.keys() for segment in segments) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of the segments; one that holds words of several speakers is split."""
    collected = collect(segment_rows(records(source.json, "segments")))
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            can_overlap=overlaps(collected.utterances),
            notes=collected.notes,
        ),
    )
