"""How reports quote: exact words, shortened only at word ends and marked where they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from callreview.conversation import Call, Passage
from callreview.detection.hearing import Sighting

MOST = 160
# A sentence shorter than this ("Not yet, no.") says little without what follows.
SHORT = 20
QUOTES_A_PROMPT = 3


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


def where(call: Call, sighting: Sighting) -> str:
    """Time and speaker of a sighting; the turn's number where there is no time."""
    return where_in(call, sighting.turn)


def where_in(call: Call, number: int) -> str:
    """Time and speaker of the turn with this number; the number where there is no time."""
    turn = call.turn(number)
    return f"{clock(turn.start) if turn.start is not None else f'turn {turn.number}'} {turn.speaker}"


def said(call: Call, sighting: Sighting) -> str:
    """When, who, and the excerpt in quotation marks."""
    return f"{where(call, sighting)}  “{excerpt(call, sighting)}”"


def excerpt(call: Call, sighting: Sighting, most: int = MOST) -> str:
    """The sentence of a sighting, cut to about `most` characters around the words that fired.

    A short sentence goes on with the rest of its turn.
    """
    text = call.turn(sighting.turn).text
    start, end = sighting.sentence.start, sighting.sentence.end
    if end - start < SHORT:
        end = len(text)
    if end - start <= most:
        return text[start:end]
    room = max(most - (sighting.passage.end - sighting.passage.start), 0)
    first = max(start, min(sighting.passage.start - room // 2, end - most))
    first = _at_word_start(text, first, start)
    last = _at_word_end(text, min(first + most, end), end)
    return f"{'… ' if first > start else ''}{text[first:last].strip()}{' …' if last < end else ''}"


def _at_word_start(text: str, at: int, least: int) -> int:
    while at > least and not text[at - 1].isspace():
        at -= 1
    return at


def _at_word_end(text: str, at: int, most: int) -> int:
    while at < most and not text[at].isspace():
        at += 1
    return at


def fired(call: Call, sighting: Sighting) -> str:
    """The words that fired, whole: rules may begin within "don't"."""
    text, start, end = call.turn(sighting.turn).text, sighting.passage.start, sighting.passage.end
    while start and _in_word(text[start - 1]):
        start -= 1
    while end < len(text) and _in_word(text[end]):
        end += 1
    return text[start:end]


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'’"


def by_sentence(sightings: Iterable[Sighting]) -> Mapping[Passage, list[Sighting]]:
    """Sightings under the sentence that holds them, sentences in the order of their first sighting."""
    groups: dict[Passage, list[Sighting]] = {}
    for s in sightings:
        groups.setdefault(s.sentence, []).append(s)
    return groups


def best_quotes(sightings: Iterable[Sighting], most: int = QUOTES_A_PROMPT) -> list[Sighting]:
    """One sighting for each of the first sentences, its passage widened to all that fired there."""
    return [_widened(group) for group in by_sentence(sightings).values()][:most]


def _widened(group: list[Sighting]) -> Sighting:
    start, end = min(s.passage.start for s in group), max(s.passage.end for s in group)
    return replace(group[0], passage=Passage(turn=group[0].turn, start=start, end=end))
