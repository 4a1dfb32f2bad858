"""Rev: the JSON of Rev.ai, of Rev's human transcripts, and of Gecko.

Rev.ai's elements hold every space as a mark of its own, so values are joined as they are; jobs without
punctuation have no spaces, which are then put between words. Times are seconds on Rev.ai and in Gecko,
and `00:00:01,000` in human transcripts. Speakers are numbers, named where the file has their names.
Sides are not told. Two people can be shown talking at once where monologues overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from callreview.ingest.exports import transcript
from callreview.ingest.fields import Record, get, records, seconds, words
from callreview.ingest.participants import Participant
from callreview.ingest.rows import Row
from callreview.ingest.runs import Word, joined, label
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "revai"
TITLE = "Rev.ai, Rev and Gecko"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_INAUDIBLE = "[inaudible]"


def sniff(source: Source) -> float:
    """1.0 for monologues with elements or terms, 0.9 for an empty list of them."""
    if not isinstance(get(source.json, "monologues"), list):
        return 0.0
    monologues = records(source.json, "monologues")
    return 1.0 if any("elements" in one or "terms" in one for one in monologues) else 0.0 if monologues else 0.9


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of the monologues."""
    monologues = records(source.json, "monologues")
    spaces = any(value.isspace() for monologue in monologues for _, value in map(_value, _said(monologue)))
    return (transcript((_row(monologue, spaces) for monologue in monologues), _people(source.json, monologues)),)


def _who(monologue: Record) -> str:
    """The id of a monologue's speaker: a number, or an object's id or name."""
    speaker = get(monologue, "speaker")
    return words(speaker, "id") or words(speaker, "name") or words(monologue, "speaker")


def _people(value: object, monologues: Iterable[Record]) -> dict[str, Participant]:
    people = {key: Participant(name=label(key) or "") for key in map(_who, monologues)}
    for listed in records(value, "speakers"):
        people[words(listed, "id")] = Participant(name=words(listed, "name"))
    for monologue in monologues:
        name = words(monologue, "speaker_info", "display_name") or words(monologue, "speaker", "name")
        if name:
            people[_who(monologue)] = Participant(name=name)
    return people


def _row(monologue: Record, spaces: bool) -> Row:
    said = _said(monologue)
    starts = [time for one in said if (time := _time(one, "ts", "timestamp", "start")) is not None]
    ends = [time for one in said if (time := _time(one, "end_ts", "end_timestamp", "end")) is not None]
    return Row(
        text=joined(_words(said, spaces)),
        speaker=_who(monologue),
        start=min(starts, default=_time(monologue, "start")),
        end=max(ends, default=_time(monologue, "end")),
    )


def _said(monologue: Record) -> list[Record]:
    return records(monologue, "elements") or records(monologue, "terms")


def _value(element: Record) -> tuple[bool, str]:
    """Whether an element is a mark, and its text with the spaces that it holds."""
    kind = words(element, "type").casefold()
    if kind == "unknown":
        return False, _INAUDIBLE
    text = get(element, "value") if "value" in element else get(element, "text")
    return kind.startswith("punct"), text if isinstance(text, str) else ""


def _words(said: Iterable[Record], spaces: bool) -> Iterator[Word]:
    """Words and marks; where the file holds `spaces`, only those part a word from the mark before it."""
    parted, after_mark = True, False
    for is_mark, value in map(_value, said):
        if value.strip():
            close = is_mark or (after_mark and spaces)
            yield Word(text=value, glued=close and not parted and not value[0].isspace())
            after_mark = is_mark
        parted = value[-1:].isspace()


def _time(value: Record, *keys: str) -> float | None:
    """Seconds under the first key that holds a time."""
    return next((time for key in keys if (time := seconds(value, key)) is not None), None)
