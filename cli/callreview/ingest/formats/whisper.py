"""Whisper: verbose JSON, the chunks of Hugging Face pipelines, and OpenAI's diarized JSON.

Times are seconds; the end of the last chunk may be null. Whisper itself names nobody: only diarized
JSON and programs that add speakers to Whisper's segments or chunks tell who speaks. Sides are not told.
Two people can be shown talking at once where segments overlap.
"""

from __future__ import annotations

from callreview.ingest.cues import overlaps
from callreview.ingest.fields import Record, get, number, record, records, words
from callreview.ingest.rows import Row, collect
from callreview.ingest.runs import label, segment_rows
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "whisper"
TITLE = "Whisper"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_SEGMENT_KEYS = ("seek", "tokens", "avg_logprob", "no_speech_prob", "compression_ratio")


def sniff(source: Source) -> float:
    """1.0 for segments with Whisper's own numbers or OpenAI's type, 0.9 for chunks with a pair of times."""
    if "word_segments" in record(source.json):
        return 0.0
    if any(map(_is_whispers, records(source.json, "segments"))):
        return 1.0
    return 0.9 if any(isinstance(get(chunk, "timestamp"), list) for chunk in _chunks(source.json)) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of segments or chunks; of the whole text where there are neither."""
    rows = segment_rows(records(source.json, "segments")) or [_chunk_row(chunk) for chunk in _chunks(source.json)]
    collected = collect(rows or [Row(text=words(source.json, "text"))])
    return (
        Transcript(
            utterances=collected.utterances,
            pieces=True,
            duration_s=number(source.json, "duration"),
            can_overlap=overlaps(collected.utterances),
            notes=collected.notes,
        ),
    )


def _is_whispers(segment: Record) -> bool:
    return any(key in segment for key in _SEGMENT_KEYS) or words(segment, "type").startswith("transcript.text.")


def _chunks(value: object) -> list[Record]:
    """The chunks of a pipeline's output: the ones with speakers, where a program added such."""
    if isinstance(value, list):
        return records({"chunks": value}, "chunks")
    return records(value, "speakers") or records(value, "chunks")


def _chunk_row(chunk: Record) -> Row:
    times = get(chunk, "timestamp")
    start, end = times if isinstance(times, list) and len(times) == 2 else (None, None)
    return Row(
        text=words(chunk, "text"),
        speaker=label(get(chunk, "speaker")),
        start=number({"time": start}, "time"),
        end=number({"time": end}, "time"),
    )
