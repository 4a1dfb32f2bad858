"""Words and segments as speech recognisers give them, made into rows of one speaker.

A word without a speaker (recognisers cannot place numbers and marks in time, so cannot tell whose
they are) goes with the word before, at the beginning with the one after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from callreview.ingest.fields import Record, get, number, records, words
from callreview.ingest.rows import Row

PAUSE_S = 0.8
"""Where each speaker has an audio channel of their own: silence after which a new row begins."""

_CLOSING = re.compile(r"[,.;:?!…%)\]}»”’。，、？！]+")
_BARE = re.compile(r"\d{1,4}|[A-Za-z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word or mark; `glued` where no space stands before it."""

    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None
    glued: bool = False


def joined(spoken: Iterable[Word]) -> str:
    """The text of words: one space between them, none before a closing mark or a glued word.

    >>> joined([Word(text="Well"), Word(text=","), Word(text="co"), Word(text="-founders", glued=True)])
    'Well, co-founders'
    """
    text = ""
    for word in spoken:
        part = word.text.strip()
        text += part if word.glued or not text or _CLOSING.fullmatch(part) else f" {part}" if part else ""
    return text


def runs(spoken: Iterable[Word], *, pause: float | None = None) -> list[Row]:
    """One row for each run of words of one speaker; a silence longer than `pause` seconds also begins a new one.

    >>> [row.text for row in runs([Word(text="Hi", speaker="A"), Word(text="."), Word(text="Hello", speaker="B")])]
    ['Hi.', 'Hello']
    """
    rows = []
    for speaker, run in _by_speaker([word for word in spoken if word.text.strip()]):
        rows += [_row(part, speaker) for part in (_parts(run, pause) if pause else [run])]
    return rows


def row_of(run: Sequence[Word]) -> Row:
    """The row of words that one speaker, the first one named, says in a row."""
    return _row(run, next((word.speaker for word in run if word.speaker), None))


def _row(run: Sequence[Word], speaker: str | None) -> Row:
    starts = [word.start for word in run if word.start is not None]
    ends = [word.end for word in run if word.end is not None]
    return Row(text=joined(run), speaker=speaker, start=min(starts, default=None), end=max(ends, default=None))


def _by_speaker(spoken: Sequence[Word]) -> list[tuple[str | None, list[Word]]]:
    current = next((word.speaker for word in spoken if word.speaker), None)
    found: list[tuple[str | None, list[Word]]] = [(current, [])]
    for word in spoken:
        if word.speaker and word.speaker != current:
            current = word.speaker
            found.append((current, []))
        found[-1][1].append(word)
    return found if spoken else []


def _parts(run: Sequence[Word], pause: float) -> Iterator[list[Word]]:
    part: list[Word] = []
    until: float | None = None
    for word in run:
        if part and until is not None and word.start is not None and word.start - until > pause:
            yield part
            part = []
        part.append(word)
        until = word.end if word.end is not None else until
    yield part


def label(value: object, word: str = "Speaker") -> str | None:
    """A speaker's label: a bare number or letter behind a word, anything longer as it is; None for nothing.

    >>> label(0), label("A"), label("spk_1"), label(1, "Channel"), label(None)
    ('Speaker 0', 'Speaker A', 'spk_1', 'Channel 1', None)
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = words({"label": value}, "label")
    return f"{word} {text}" if _BARE.fullmatch(text) else text or None


def segment_rows(segments: Iterable[Record]) -> list[Row]:
    """Rows of segments `{start, end, text, speaker?, words?}`, times in seconds.

    A segment is split where its words are of several speakers.
    """
    return [row for segment in segments for row in _segment_rows(segment)]


def _segment_rows(segment: Record) -> list[Row]:
    spoken = [
        Word(
            text=words(word, "word"),
            speaker=label(get(word, "speaker")),
            start=number(word, "start"),
            end=number(word, "end"),
        )
        for word in records(segment, "words")
    ]
    if len({word.speaker for word in spoken if word.speaker}) > 1:
        return runs(spoken)
    speaker = label(get(segment, "speaker")) or next((word.speaker for word in spoken if word.speaker), None)
    start, end = number(segment, "start"), number(segment, "end")
    return [Row(text=words(segment, "text"), speaker=speaker, start=start, end=end)]
