"""The review as Markdown, for pasting into a ticket or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callreview.assessment.review import Answer, Review
from callreview.detection.hearing import Sighting
from callreview.reports.card import head_facts, talk_rows, violations_by_sentence
from callreview.reports.layout import level_words
from callreview.reports.quoting import best_quotes, excerpt, where
from callreview.reports.tables import Table

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def page(review: Review) -> str:
    """The whole review as one Markdown text."""
    return "\n".join(_lines(review)) + "\n"


def _lines(review: Review) -> Iterator[str]:
    score = review.score
    number = score.status if score.percent is None else f"{score.percent:.0f} of 100, {score.status}"
    yield f"## {plain(review.call.title)}: {number}"
    yield ""
    yield plain(" · ".join(head_facts(review)))
    yield ""
    for note in review.notes:
        yield f"- Note: {plain(note)}"
    if review.notes:
        yield ""
    if review.violations:
        yield from _violations(review)
    yield from _levels(review).as_markdown()
    yield ""
    for answer in review.answers:
        yield from _answer(review, answer)
    for label, text in talk_rows(review):
        yield f"- {label.capitalize()}: {plain(text)}"


def _violations(review: Review) -> Iterator[str]:
    yield "### Violations"
    yield ""
    for group in violations_by_sentence(review):
        kinds = ", ".join(f"**{v.title}** ({v.severity})" for v in group)
        yield f"- {kinds}: {_said(review, group[0].sighting)}"
        for violation in group:
            yield f"  - Instead: {plain(violation.instead)}"
    yield ""


def _levels(review: Review) -> Table:
    return Table(
        title="Levels",
        columns=("#", "prompt", "level", "why"),
        rows=tuple((str(a.number), plain(a.question), level_words(a), plain(a.why)) for a in review.answers),
    )


def _answer(review: Review, answer: Answer) -> Iterator[str]:
    quotes = best_quotes(answer.carried_by)
    if not quotes and not answer.missing:
        return
    yield f"**{answer.number} {plain(answer.question)}**"
    yield ""
    for s in quotes:
        yield f"- {_said(review, s)}"
    if answer.missing:
        yield f"- Missing: {plain(answer.missing)}"
    if answer.coach:
        yield f"- Next time: {plain(answer.coach)}"
    yield ""


def _said(review: Review, sighting: Sighting) -> str:
    return plain(f"{where(review.call, sighting)}: “{excerpt(review.call, sighting)}”")


def plain(text: str) -> str:
    """Text without meaning to Markdown."""
    return _SPECIAL.sub(r"\\\1", text)
