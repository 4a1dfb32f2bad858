"""Combinations: signals heard near each other that together are another signal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from callreview.conversation import Passage
from callreview.detection.hearing import Hearing, Sighting
from callreview.rubric.model import Combination


def with_combinations(hearing: Hearing, combinations: Mapping[str, Combination]) -> Hearing:
    """The hearing with one more sighting for each combination that is complete, in the order of the files."""
    for combination in combinations.values():
        found = tuple(_found(hearing, combination))
        if found:
            everything = sorted((*hearing.sightings, *found), key=lambda s: (s.turn, s.passage.start, s.signal))
            hearing = replace(hearing, sightings=tuple(everything))
    return hearing


def _found(hearing: Hearing, combination: Combination) -> Iterator[Sighting]:
    """One sighting a completing turn, quoting the part that completes it."""
    first, *others = combination.parts
    done: set[int] = set()
    for start in hearing.of(*first):
        parts = _complete(hearing, combination, start, others)
        if parts is None or any(_vetoed(hearing, combination, part) for part in parts):
            continue
        last = max(parts, key=lambda s: (s.turn, s.passage.start))
        if last.turn not in done:
            done.add(last.turn)
            yield _joined(combination, parts, last)


def _complete(
    hearing: Hearing, combination: Combination, start: Sighting, others: list[frozenset[str]]
) -> list[Sighting] | None:
    parts = [start]
    reach = combination.shape.within_turns
    near = range(start.turn - reach + 1, start.turn + reach)
    for names in others:
        candidates = [s for s in hearing.of(*names, turns=near) if _fits(hearing, combination, parts, s)]
        if not candidates:
            return None
        parts.append(min(candidates, key=lambda s: abs(s.turn - start.turn)))
    return parts


def _fits(hearing: Hearing, combination: Combination, parts: list[Sighting], s: Sighting) -> bool:
    shape = combination.shape
    turns = [p.turn for p in parts] + [s.turn]
    if max(turns) - min(turns) >= shape.within_turns or s in parts:
        return False
    last = parts[-1]
    if shape.in_order and (s.turn, s.passage.start) <= (last.turn, last.passage.start):
        return False
    if shape.same == "side":
        return hearing.side(s.turn) is hearing.side(last.turn)
    return shape.same == "call" or hearing.call.turn(s.turn).speaker == hearing.call.turn(last.turn).speaker


def _vetoed(hearing: Hearing, combination: Combination, part: Sighting) -> bool:
    return bool(combination.shape.none_of) and hearing.has(part.turn, *combination.shape.none_of)


def _joined(combination: Combination, parts: list[Sighting], last: Sighting) -> Sighting:
    here = [p for p in parts if p.turn == last.turn]
    start, end = min(p.passage.start for p in here), max(p.passage.end for p in here)
    quoted = Passage(turn=last.turn, start=min(p.sentence.start for p in here), end=max(p.sentence.end for p in here))
    return Sighting(
        signal=combination.id,
        passage=Passage(turn=last.turn, start=start, end=end),
        sentence=quoted,
        rule=f"{combination.place.path}:{combination.place.line}",
        contexts=tuple(sorted({c for p in here for c in p.contexts})),
    )
