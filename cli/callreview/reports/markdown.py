"""The review as Markdown, for pasting into a ticket or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callreview.assessment.review import Answer, Review
from callreview.detection.hearing import Sighting
from callreview.reports.quoting import best_quotes, excerpt, where

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def page(review: Review) -> str:
    """The whole review as one Markdown text."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    score = review.score
    number = "unscorable" if score.percent is None else f"{score.percent:.0f} of 100, {score.status}"
    yield f"## {_plain(review.call.title)}: {number}"
    yield ""
    for note in review.notes:
        yield f"> **Note:** {_plain(note)}"
    if review.violations:
        yield "### Violations"
        yield ""
    for v in review.violations:
        yield f"- **{v.title}** ({v.severity}), {_plain(where(review.call, v.sighting))}: “{_said(review, v.sighting)}”"
        yield f"  Instead: {v.instead}"
    yield ""
    yield "| # | prompt | level | why |"
    yield "|---|---|---|---|"
    for a in review.answers:
        yield f"| {a.number} | {a.question} | {_level(a)} | {_plain(a.why)} |"
    yield ""
    for a in review.answers:
        yield from _evidence(review, a)


def _evidence(review: Review, answer: Answer) -> Iterator[str]:
    if not answer.evidence and not answer.missing:
        return
    yield f"**{answer.number} {answer.question}**"
    yield ""
    for s in best_quotes(answer.evidence, 3):
        yield f"- {_plain(where(review.call, s))}: “{_said(review, s)}”"
    if answer.missing:
        yield f"- Missing: {answer.missing}. {answer.coach or ''}".rstrip()
    yield ""


def _said(review: Review, sighting: Sighting) -> str:
    return _plain(excerpt(review.call, sighting))


def _plain(text: str) -> str:
    """Text without meaning to Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _level(answer: Answer) -> str:
    return "n/a" if answer.level is None else f"{answer.level} of {answer.max_level}"
