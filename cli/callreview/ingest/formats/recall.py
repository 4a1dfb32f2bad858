"""Recall.ai: the transcript that its meeting bot makes, in the present and in the former shape.

Times are seconds from the recording's start, one a word. Each participant is heard on their own, so two
can be shown talking at once. The export tells no sides. Somebody who leaves and comes back gets a new
number: two numbers of one name are one person where one begins only when the other is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callreview.errors import InputError
from callreview.ingest import exports, fields, participants, rows, runs
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "recall"
TITLE = "Recall.ai transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What one participant says in a row."""

    key: str
    person: participants.Participant
    row: rows.Row
    day: object


def sniff(source: Source) -> float:
    """1.0 for pieces of words with a participant, 0.9 for the former shape with the speaker beside the words."""
    pieces = _pieces(source.json)
    if any("participant" in piece and "words" in piece for piece in pieces):
        return 1.0
    words = [word for piece in pieces if "speaker" in piece for word in fields.records(piece, "words")]
    return 0.9 if any("start_timestamp" in word for word in words) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a file; seconds from the recording's start."""
    pieces = [_piece(piece) for piece in _pieces(source.json)]
    same = _same_people(pieces)
    keys = [same.get(piece.key, piece.key) for piece in pieces]
    said = exports.transcript(
        (replace(piece.row, speaker=key) for key, piece in zip(keys, pieces, strict=True)),
        participants.known((key, piece.person) for key, piece in zip(keys, pieces, strict=True)),
    )
    date = next((found for piece in pieces if (found := day(piece.day))), None)
    nothing = InputError(
        "this Recall.ai transcript has no words",
        hint="download it again when the recording's status is done",
    )
    return exports.with_speech([replace(said, date=date, can_overlap=True)], nothing)


def _pieces(data: object) -> list[Record]:
    return fields.records(data) or fields.records(data, "transcript")


def _piece(piece: Record) -> _Piece:
    spoken = fields.records(piece, "words")
    words = [
        runs.Word(
            text=fields.words(word, "text"),
            start=_relative(word, "start_timestamp"),
            end=_relative(word, "end_timestamp"),
        )
        for word in spoken
    ]
    holder = fields.record(piece, "participant") or {"id": piece.get("speaker_id"), "name": piece.get("speaker")}
    name = fields.words(holder, "name")
    return _Piece(
        key=fields.words(holder, "id") or name,
        person=participants.Participant(name=name, told=Told(email=fields.words(holder, "email") or None)),
        row=runs.row_of(words),
        day=fields.get(spoken[0], "start_timestamp", "absolute") if spoken else None,
    )


def _relative(word: Record, key: str) -> float | None:
    return fields.number(word, key, "relative") if isinstance(word.get(key), dict) else fields.number(word, key)


def _same_people(pieces: Sequence[_Piece]) -> dict[str, str]:
    """For the number of somebody who came back, the number that they had first."""
    first: dict[str, str] = {}
    at: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        at.setdefault(piece.key, []).append(place)
    names = {piece.key: piece.person.name for piece in pieces if piece.person.name}
    until: dict[str, tuple[str, int]] = {}
    for key, places in at.items():
        if (name := names.get(key)) is None:
            continue
        before, last = until.get(name, (key, -1))
        if places[0] > last:
            first[key] = before
            until[name] = (before, places[-1])
    return first
