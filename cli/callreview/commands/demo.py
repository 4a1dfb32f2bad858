"""`callreview demo`: review a call that ships with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callreview import shipped
from callreview.commands import console, options
from callreview.errors import UsageError, did_you_mean

FIRST = "2026-09-24-vet-clinics-reminders"


def demo(
    name: Annotated[str, typer.Argument(metavar="[CALL]", help="Which sample call.")] = FIRST,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw the card as an SVG picture.")] = None,
    redact: options.Redact = False,
) -> None:
    """Review a sample call, to see what a scorecard looks like."""
    from callreview.ingest import ReadOptions, read_call
    from callreview.reports.card import card

    samples = {p.stem: p for p in sorted(shipped.transcripts().rglob("*")) if p.suffix in {".txt", ".vtt", ".srt"}}
    if name not in samples:
        close = did_you_mean(name, samples)
        hint = f"did you mean {close!r}?" if close else f"one of: {', '.join(samples)}"
        raise UsageError(f"no sample call {name!r}", hint=hint)
    with console.Progress(1):
        reviewer = options.make_reviewer(options.DEFAULT_RUBRIC)
        review = reviewer.review(read_call(samples[name], options=ReadOptions()))
    if redact:
        from callreview.reports.redaction import Redaction

        review = Redaction(review.call).review(review)
    console.show(card(review))
    if svg:
        from callreview.reports.svg import picture

        console.save(svg, picture(review, f"callreview demo {name}"))
