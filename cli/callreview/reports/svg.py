"""The scorecard of one call as an SVG picture."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from callreview.assessment.review import Review
from callreview.reports.card import card
from callreview.reports.layout import MOST_WIDTH


def picture(review: Review, title: str) -> str:
    """The card as it stands in a terminal window with this title."""
    console = Console(record=True, width=MOST_WIDTH, file=StringIO(), markup=False, highlight=False)
    console.print(card(review))
    return console.export_svg(title=title)
