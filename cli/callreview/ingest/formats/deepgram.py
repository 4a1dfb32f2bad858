"""Deepgram: the JSON response of pre-recorded audio.

Times are seconds. Which parts there are depends on what was asked for: utterances (cut by pauses),
paragraphs, and words, each with or without speakers. The first that tells speakers is read; words name
the speakers of an utterance that holds several. With several channels, a channel is a speaker, unless
one channel holds several speakers. Sides are not told. Two people can be shown talking at once only
where channels are parted or utterances overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import Record, get, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import PAUSE_S, Word, label, runs
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "deepgram"
TITLE = "Deepgram"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)


def sniff(source: Source) -> float:
    """0.9 for channels with alternatives, 1.0 where the request is named too."""
    channels = get(source.json, "results", "channels")
    if not isinstance(channels, list) or not any("alternatives" in one for one in records({"all": channels}, "all")):
        return 0.0
    return 1.0 if get(source.json, "metadata", "request_id") else 0.9


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a response."""
    results = record(source.json, "results")
    channels = [next(iter(records(channel, "alternatives")), {}) for channel in records(results, "channels")]
    several = len(channels) > 1
    by_channel = (row for index, channel in enumerate(channels) for row in _of_channel(channel, index))
    collected = collect(by_channel if several else _best(results, channels))
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            duration_s=number(source.json, "metadata", "duration"),
            can_overlap=several or (bool(records(results, "utterances")) and overlaps(collected.utterances)),
            notes=collected.notes,
        ),
    )


def _best(results: Record, channels: Sequence[Record]) -> list[Row]:
    """The rows of the part that tells speakers; of the first part that says anything where none does."""
    spoken = [row for utterance in records(results, "utterances") for row in _utterance(utterance)]
    of_words = [row for channel in channels for row in runs(_spoken(channel))]
    parts = [spoken, [row for channel in channels for row in _paragraphs(channel)], of_words]
    parts.append([Row(text=words(channel, "transcript")) for channel in channels])
    named = [rows for rows in parts if any(row.speaker for row in rows)]
    return next(iter(named or filter(None, parts)), [])


def _utterance(utterance: Record) -> list[Row]:
    spoken = _spoken(utterance)
    if len({word.speaker for word in spoken if word.speaker}) > 1:
        return runs(spoken)
    speaker = label(get(utterance, "speaker")) or next((word.speaker for word in spoken if word.speaker), None)
    start, end = number(utterance, "start"), number(utterance, "end")
    return [Row(text=words(utterance, "transcript"), speaker=speaker, start=start, end=end)]


def _paragraphs(channel: Record) -> Iterator[Row]:
    for paragraph in records(channel, "paragraphs", "paragraphs"):
        yield Row(
            text=" ".join(words(sentence, "text") for sentence in records(paragraph, "sentences")),
            speaker=label(get(paragraph, "speaker")),
            start=number(paragraph, "start"),
            end=number(paragraph, "end"),
        )


def _spoken(part: Record) -> list[Word]:
    return [
        Word(
            text=words(word, "punctuated_word") or words(word, "word"),
            speaker=label(get(word, "speaker")),
            start=number(word, "start"),
            end=number(word, "end"),
        )
        for word in records(part, "words")
    ]


def _of_channel(channel: Record, index: int) -> list[Row]:
    """The rows of one of several channels, which has no speakers, or one or several of its own."""
    name = f"Channel {index}"
    rows = runs(_spoken(channel), pause=PAUSE_S) or [Row(text=words(channel, "transcript"))]
    alone = len({row.speaker for row in rows}) < 2
    return [replace(row, speaker=name if alone else f"{name} {row.speaker}") for row in rows]
