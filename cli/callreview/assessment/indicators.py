"""Leading indicators: counts of one call that coaching looks at before results do, declared in the playbook."""

from __future__ import annotations

from collections.abc import Iterable

from callreview.assessment.readings import findings
from callreview.detection.hearing import Hearing
from callreview.rubric.schema import IndicatorShape


def indicators(hearing: Hearing, shapes: Iterable[IndicatorShape]) -> dict[str, int]:
    """All counts by id, in the playbook's order; 0 where nothing was heard."""
    return {shape.id: _count(hearing, shape) for shape in shapes}


def _count(hearing: Hearing, shape: IndicatorShape) -> int:
    if shape.reading is not None:
        return sum(shape.fact is None or shape.fact in finding.facts for finding in findings(shape.reading, hearing))
    heard = hearing.of(*shape.signals)
    match shape.counts:
        case "kinds":
            return len({s.signal for s in heard})
        case "once":
            return int(bool(heard))
        case _:  # what is said over again in one breath is one thing
            return len({(s.signal, s.turn) for s in heard})
