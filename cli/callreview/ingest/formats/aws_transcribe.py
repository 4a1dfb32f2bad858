"""Amazon Transcribe, standard jobs: the JSON file of a transcription job.

Times are seconds, written as text; marks have none. Speakers are `spk_0`, `spk_1` where the job
parted speakers, or channels `ch_0`, `ch_1` where it parted those. Older files tell the speaker of a
word only in `speaker_labels`, by the word's start. Sides are not told. Two people can be shown
talking at once only where each has a channel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from callreview.ingest.fields import Record, get, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import PAUSE_S, Word, runs
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript
from callreview.ingest.unfinished import refuse_unfinished

NAME = "aws_transcribe"
TITLE = "Amazon Transcribe"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)


def sniff(source: Source) -> float:
    """0.9 for `results` with `transcripts` and `items`, 1.0 where the job is named too."""
    results = record(source.json, "results")
    if not (isinstance(get(results, "transcripts"), list) and isinstance(get(results, "items"), list)):
        return 0.0
    return 1.0 if get(source.json, "jobName") else 0.9


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a finished job; InputError for a job that is not."""
    refuse_unfinished(words(source.json, "status"))
    results = record(source.json, "results")
    channels = _channels(results)
    rows = _rows_of_channels(channels) if channels else runs(_spoken(records(results, "items"), _by_start(results)))
    collected = collect(rows)
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            title=words(source.json, "jobName") or None,
            can_overlap=len(channels) > 1,
            notes=collected.notes,
        ),
    )


def _rows_of_channels(channels: Mapping[str, list[Record]]) -> list[Row]:
    return [row for name, items in channels.items() for row in runs(_spoken(items, {}, name), pause=PAUSE_S)]


def _channels(results: Record) -> dict[str, list[Record]]:
    """The items of each audio channel by its label; empty where channels are not parted."""
    listed = records(results, "channel_labels", "channels")
    of_channels = {words(one, "channel_label"): records(one, "items") for one in listed}
    return {name: items for name, items in of_channels.items() if name}


def _by_start(results: Record) -> dict[float, str]:
    """The speaker of the word that starts at a time, as `speaker_labels` tells it."""
    items = [item for segment in records(results, "speaker_labels", "segments") for item in _labelled(segment)]
    return {start: words(item, "speaker_label") for item in items if (start := number(item, "start_time")) is not None}


def _labelled(segment: Record) -> list[Record]:
    whose = {"speaker_label": get(segment, "speaker_label")}
    return [{**whose, **item} for item in records(segment, "items")]


def _spoken(items: Iterable[Record], by_start: Mapping[float, str], channel: str | None = None) -> list[Word]:
    return [_word(item, by_start, channel) for item in items]


def _word(item: Record, by_start: Mapping[float, str], channel: str | None) -> Word:
    start = number(item, "start_time")
    told = words(item, "speaker_label") or (by_start.get(start) if start is not None else None)
    best = records(item, "alternatives")[:1]
    return Word(
        text=words(best[0], "content") if best else words(item, "content"),
        speaker=channel or told or None,
        start=start,
        end=number(item, "end_time"),
        glued=get(item, "type") == "punctuation",
    )
