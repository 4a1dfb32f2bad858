"""`callreview card`: draw one call as a page and as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from callreview.commands import console, options
from callreview.errors import UsageError

ToPage = Annotated[
    Path | None,
    typer.Option("--html", metavar="OUT.html", help="One page: card, quotes and the transcript with its evidence."),
]
ToPicture = Annotated[Path | None, typer.Option("--svg", metavar="OUT.svg", help="The card as a picture.")]


def card(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One transcript; - is standard input.")],
    html: ToPage = None,
    svg: ToPicture = None,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    redact: options.Redact = False,
) -> None:
    """Draw one call: as an HTML page that needs nothing besides itself, as an SVG picture, or both.

    Exit status: 0 drawn; 2 wrong usage or rubric; 3 the file could not be read; 4 callreview itself failed.
    """
    from callreview.ingest import read_call
    from callreview.reports.redaction import errors_redacted

    if not (html or svg):
        raise UsageError("nothing to draw", hint="say where: --html OUT.html, --svg OUT.svg, or both")
    with console.Progress(1) as progress:
        reviewer = options.make_reviewer(rubric)
        progress.on("reviewing")
        reading = options.read_options(seller, buyer, roster, read_as, call_column)
        with errors_redacted(redact):
            call = read_call("-" if file == "-" else Path(file), options=reading)
        review = reviewer.review(call)
    if redact:
        from callreview.reports.redaction import Redaction

        review = Redaction(review.call).review(review)
    if html:
        from callreview.reports.callpage import call_page

        console.save(html, call_page(review))
    if svg:
        from callreview.reports.svg import picture

        console.save(svg, picture(review, f"callreview card {review.call.title}"))
