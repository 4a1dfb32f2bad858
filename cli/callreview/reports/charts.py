"""Lines over weeks as SVG that stands in a page: no script, no style of its own; the page's style sheet colours it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from callreview.analysis.shares import Share
from callreview.errors import UsageError

WIDTH, HEIGHT = 300, 120


def trend(shares: Sequence[Share], names: Sequence[str]) -> Markup | None:
    """The shares in percent, one after the other, with a gap where n is too small; the first and last are named.

    None where n is too small everywhere. Raises UsageError where leather is not installed.
    """
    if all(share.is_too_small for share in shares):
        return None
    try:
        import leather
    except ImportError:
        raise UsageError("charts need a library that is not installed", hint="pip install 'callreview[week]'") from None
    last = len(shares) - 1
    chart = leather.Chart()
    chart.add_x_scale(0, last)
    chart.add_y_scale(0, 100)
    chart.add_x_axis(ticks=[0, last], tick_formatter=lambda tick, *_: names[int(tick)])
    chart.add_y_axis(ticks=[0, 50, 100], tick_formatter=lambda tick, *_: f"{int(tick)}%")
    # Each point twice: one without neighbours is a line to itself, which round ends make a dot.
    chart.add_line([point for i, share in enumerate(shares) for point in 2 * [(i, _percent(share))]])
    return Markup(chart.to_svg(width=WIDTH, height=HEIGHT))


def _percent(share: Share) -> float | None:
    return None if share.value is None else round(100 * share.value, 1)
