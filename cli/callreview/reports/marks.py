"""Where a turn's text is marked: any number of marks, overlapping or not, over text that stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Characters `start` to `end` of a text, 0-based and half open; `id` is None for what nothing links to."""

    start: int
    end: int
    kind: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text with the marks over it, the longest first; `opens` are those of them that begin here."""

    text: str
    marks: tuple[Mark, ...]
    opens: frozenset[Mark]


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text, cut wherever a mark begins or ends; joined, the pieces are the text. Empty marks are left out.

    >>> marks = [Mark(start=3, end=12, kind="a"), Mark(start=0, end=7, kind="b")]
    >>> [piece.text for piece in pieces("we want nine", marks)]
    ['we ', 'want', ' nine']
    """
    there = [mark for mark in marks if mark.start < mark.end]
    cuts = sorted({0, len(text), *(at for mark in there for at in (mark.start, mark.end))})
    return tuple(_piece(text, start, end, there) for start, end in pairwise(cuts))


def _piece(text: str, start: int, end: int, marks: Iterable[Mark]) -> Piece:
    over = sorted((m for m in marks if m.start <= start and end <= m.end), key=lambda m: m.start - m.end)
    return Piece(text=text[start:end], marks=tuple(over), opens=frozenset(m for m in over if m.start == start))
