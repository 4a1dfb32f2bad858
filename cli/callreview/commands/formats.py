"""`callreview formats`: what transcripts can be read, and what each format can tell."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from callreview.commands import console

_COLUMNS = ("name", "title", "sides", "times", "overlaps", "endings")
_LONGEST_WORD = 16


def formats() -> None:
    """List the transcript formats: whether they tell sides, which times they hold, whether two can talk at once.

    Where it is piped, the columns are parted by tabs. docs/formats.md says how to export each of them.
    """
    from callreview.ingest.formats import formats

    rows = [
        (f.NAME, f.TITLE, _yes(f.TELLS.sides), f.TELLS.times, _yes(f.TELLS.overlaps), " ".join(f.ENDINGS))
        for f in formats().values()
    ]
    if sys.stdout.isatty():
        _show(rows)
    else:
        console.write("".join("\t".join(row) + "\n" for row in [_COLUMNS, *rows]))


def _yes(told: bool) -> str:
    return "yes" if told else "no"


def _show(rows: Iterable[Sequence[str]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in _COLUMNS:
        # Where the terminal is narrow, titles, times and endings wrap, between words.
        table.add_column(column, no_wrap=column == "name", min_width=_LONGEST_WORD if column == "title" else None)
    for row in rows:
        table.add_row(*row)
    console.show(table)
