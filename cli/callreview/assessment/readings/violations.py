"""Readings of violations that need more than a phrase: stacking, insistence, premature, base sufficient."""

from __future__ import annotations

from collections.abc import Iterator

from callreview.assessment.readings import reading
from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing


@reading
def stacking(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()


@reading
def premature(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()


@reading
def insistence(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()


@reading
def base_sufficient(hearing: Hearing) -> Iterator[Finding]:
    """To come."""
    yield from ()
