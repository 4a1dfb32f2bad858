"""How prompts stand over some calls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from callreview.analysis.week import SOUND, Standing
from callreview.store.records import ReviewRecord


def prompts_of(reviews: Iterable[ReviewRecord]) -> list[tuple[int, str]]:
    """Numbers and ids of the prompts that were answered, in their order."""
    return sorted({(a.number, a.prompt) for r in reviews for a in r.answers})


def standing(prompt: str, reviews: Iterable[ReviewRecord]) -> Standing:
    """How a prompt stands over some calls."""
    answers = [a for r in reviews for a in r.answers if a.prompt == prompt]
    levels = Counter(a.level for a in answers)
    top = max((a.max_level for a in answers), default=SOUND)
    return Standing(levels=tuple(levels[level] for level in range(top + 1)), not_applicable=levels[None])
