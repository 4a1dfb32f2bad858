"""How reports quote: exact words, shortened only at word ends and marked where they are."""

from __future__ import annotations

from collections.abc import Iterable

from callreview.conversation import Call
from callreview.detection.hearing import Sighting

MOST = 160


def clock(seconds: float | None) -> str:
    """Seconds as m:ss or h:mm:ss; a dash where unknown.

    >>> clock(83.4), clock(3723), clock(None)
    ('1:23', '1:02:03', '–')
    """
    if seconds is None:
        return "–"
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def excerpt(call: Call, sighting: Sighting, most: int = MOST) -> str:
    """The sentence of a sighting, cut to about `most` characters around the words that fired."""
    text = call.turn(sighting.turn).text
    start, end = sighting.sentence.start, sighting.sentence.end
    if end - start <= most:
        return text[start:end]
    room = max(most - (sighting.passage.end - sighting.passage.start), 0)
    first = max(start, sighting.passage.start - room // 2)
    last = min(end, max(first + most, sighting.passage.end))
    first = _at_word_start(text, first, start)
    last = _at_word_end(text, last, end)
    return f"{'… ' if first > start else ''}{text[first:last].strip()}{' …' if last < end else ''}"


def _at_word_start(text: str, at: int, least: int) -> int:
    while at > least and not text[at - 1].isspace():
        at -= 1
    return at


def _at_word_end(text: str, at: int, most: int) -> int:
    while at < most and not text[at].isspace():
        at += 1
    return at


def best_quotes(sightings: Iterable[Sighting], most: int) -> list[Sighting]:
    """The first sightings, one of each sentence."""
    by_sentence: dict[tuple[int, int], Sighting] = {}
    for s in sightings:
        by_sentence.setdefault((s.turn, s.sentence.start), s)
    return list(by_sentence.values())[:most]


def quoted(call: Call, sighting: Sighting, most: int = MOST) -> str:
    """An excerpt in quotation marks."""
    return f"“{excerpt(call, sighting, most)}”"


def where(call: Call, sighting: Sighting) -> str:
    """Time and speaker of a sighting; the turn's number where there is no time."""
    turn = call.turn(sighting.turn)
    return f"{clock(turn.start) if turn.start is not None else f'turn {turn.number}'} {turn.speaker}"
