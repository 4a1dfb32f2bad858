"""Reading for the prompt `risk`."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing


@reading
def risk(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()
