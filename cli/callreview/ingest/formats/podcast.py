"""Podcast namespace JSON: the transcripts that podcast hosts publish (`application/json`).

Times are seconds; segments may be as short as a word. A segment without a speaker goes on with the one
before. Sides are not told. Two people can be shown talking at once where segments overlap.
"""

from __future__ import annotations

from html import unescape

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import get, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import label
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "podcast"
TITLE = "Podcast transcript JSON"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)


def sniff(source: Source) -> float:
    """1.0 for segments with a body and times, 0.9 for an empty list of segments beside a version."""
    segments = get(source.json, "segments")
    if segments == [] and "version" in record(source.json):
        return 0.9
    return 1.0 if any({"body", "startTime"} <= segment.keys() for segment in records(source.json, "segments")) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of the segments."""
    collected = collect(
        Row(
            text=unescape(words(segment, "body")),
            speaker=label(get(segment, "speaker")),
            start=number(segment, "startTime"),
            end=number(segment, "endTime"),
        )
        for segment in records(source.json, "segments")
    )
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            unnamed="who spoke before",
            can_overlap=overlaps(collected.utterances),
            notes=collected.notes,
        ),
    )
