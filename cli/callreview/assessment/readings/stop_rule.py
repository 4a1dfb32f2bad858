"""Reading for the prompt `stop_rule`."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing


@reading
def stop_rule(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()
