"""Speechmatics: the JSON transcripts of version 2, and the old ones of version 1.

Version 2 gives words and marks with times in seconds and speakers (`S1`; `UU` where none was found) or
channels, which have the names that the job gave them. Version 1 gives words with start and length, and
apart from them the speakers with theirs, all as text. Sides are not told, except by channels named
after roles. Two people can be shown talking at once only where channels are parted.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from callreview.ingest.fields import Record, get, number, record, records, words
from callreview.ingest.rows import collect
from callreview.ingest.runs import PAUSE_S, Word, label, runs
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "speechmatics"
TITLE = "Speechmatics"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_UNKNOWN = "UU"


def sniff(source: Source) -> float:
    """1.0 for timed results or words beside the job that made them, 0.9 for timed results of known types alone."""
    has_job = bool(record(source.json, "job"))
    results = records(source.json, "results")
    if any("alternatives" in result and "start_time" in result and "type" in result for result in results):
        return 1.0 if has_job or "format" in record(source.json) else 0.9
    if has_job and any({"name", "time", "duration"} <= word.keys() for word in records(source.json, "words")):
        return 1.0
    empty = get(source.json, "results") == [] and "format" in record(source.json)
    return 0.9 if has_job and empty else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of either version."""
    results = records(source.json, "results")
    channels: dict[str, list[Word]] = {}
    for result in results:
        channels.setdefault(words(result, "channel"), []).append(_word(result))
    pause = PAUSE_S if len(channels) > 1 else None
    rows = [row for spoken in channels.values() for row in runs(spoken, pause=pause)]
    collected = collect(rows or runs(_old_words(source.json)))
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            title=words(source.json, "job", "data_name") or words(source.json, "job", "name") or None,
            duration_s=number(source.json, "job", "duration"),
            can_overlap=len(channels) > 1,
            notes=collected.notes,
        ),
    )


def _word(result: Record) -> Word:
    best = next(iter(records(result, "alternatives")), {})
    speaker = label(get(best, "speaker"))
    return Word(
        text=words(best, "content"),
        speaker=label(get(result, "channel"), "Channel") or (None if speaker == _UNKNOWN else speaker),
        start=number(result, "start_time"),
        end=number(result, "end_time"),
        glued=get(result, "type") == "punctuation" and get(result, "attaches_to") in (None, "previous"),
    )


def _old_words(value: object) -> list[Word]:
    """The words of version 1; a word's speaker is the one who began last before it."""
    told = [(number(speaker, "time"), words(speaker, "name")) for speaker in records(value, "speakers")]
    begun = sorted((start, name) for start, name in told if start is not None)
    starts, names = [start for start, _ in begun], [name for _, name in begun]
    return [_old_word(word, names, starts) for word in records(value, "words")]


def _old_word(word: Record, names: Sequence[str], starts: Sequence[float]) -> Word:
    start, length = number(word, "time"), number(word, "duration")
    at = bisect_right(starts, start) - 1 if start is not None else -1
    return Word(
        text=words(word, "name"),
        speaker=label(names[at]) if at >= 0 else None,
        start=start,
        end=None if start is None or length is None else start + length,
    )
