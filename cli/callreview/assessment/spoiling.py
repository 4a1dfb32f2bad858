"""What is said under pressure proves nothing: prompts of which the best place counts do not hear it.

How much a violation spoils, its sentence or its whole turn, is written with it in the playbook. Prompts of which the
worst place counts hear everything: pressure is how a concern was handled.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from callreview.assessment.readings import findings
from callreview.conversation import Passage
from callreview.detection.hearing import Hearing, Sighting
from callreview.rubric.model import Rubric
from callreview.rubric.schema import ViolationShape


def violating(hearing: Hearing, shape: ViolationShape) -> tuple[Sighting, ...]:
    """All places where a violation was heard, by its signals and by its reading."""
    heard = hearing.of(*shape.signals)
    if shape.reading:
        heard += tuple(f.evidence[0] for f in findings(shape.reading, hearing) if f.evidence)
    return heard


def hearings(hearing: Hearing, rubric: Rubric) -> Mapping[str, Hearing]:
    """What each prompt hears, by its id; what is spoiled for it is ignored there because of the violation."""
    spoiled = _Spoiled(hearing, rubric)
    fair = _without(hearing, spoiled) if spoiled else hearing
    return {prompt.id: fair if prompt.take == "best" else hearing for prompt in rubric.prompts}


class _Spoiled:
    """What violations spoil: whole turns, and sentences of others."""

    def __init__(self, hearing: Hearing, rubric: Rubric) -> None:
        self._turns: dict[int, str] = {}
        sentences: dict[int, dict[int, tuple[int, str]]] = {}
        for shape in rubric.violations:
            for sighting in violating(hearing, shape) if shape.spoils != "nothing" else ():
                if shape.spoils == "turn":
                    self._turns.setdefault(sighting.turn, shape.id)
                else:
                    where = sighting.sentence
                    sentences.setdefault(where.turn, {})[where.start] = (where.end, shape.id)
        self._sentences = {turn: sorted(ends.items()) for turn, ends in sentences.items()}

    def __bool__(self) -> bool:
        return bool(self._turns or self._sentences)

    def by(self, passage: Passage) -> str | None:
        """The violation that spoils a passage, or None."""
        if passage.turn in self._turns:
            return self._turns[passage.turn]
        sentences = self._sentences.get(passage.turn, [])
        before = bisect_right(sentences, passage.start, key=lambda sentence: sentence[0])
        if before:
            _, (end, kind) = sentences[before - 1]
            return kind if passage.start < end else None
        return None


def _without(hearing: Hearing, spoiled: _Spoiled) -> Hearing:
    judged = [(s, spoiled.by(s.passage)) for s in hearing.sightings]
    dropped = tuple(replace(s, ignored_because=kind) for s, kind in judged if kind)
    return replace(
        hearing,
        sightings=tuple(s for s, kind in judged if not kind),
        quantities=tuple(q for q in hearing.quantities if not spoiled.by(q.passage)),
        ignored=tuple(sorted(hearing.ignored + dropped, key=lambda s: (s.turn, s.passage.start))),
    )
