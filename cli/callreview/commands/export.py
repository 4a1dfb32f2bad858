"""`callreview export`: the ledger's tables as files for a warehouse."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from callreview.commands import console, options


class Format(StrEnum):
    """How tables are written."""

    PARQUET = "parquet"
    CSV = "csv"


To = Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to write, one file a table.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="parquet for warehouses, csv for all else.")]


def export(to: To, store: options.Store, format: OutputFormat = Format.PARQUET, redact: options.Redact = False) -> None:
    """Write the tables of the ledger as files that a warehouse reads, and print the number of rows of each.

    What was exported before is replaced when all is written; where something fails, it stays. Needs the extra `export`.
    With --redact, texts, paths of files, reasons and notes are left out, and a rep goes by one number in all calls.

    Exit status: 0 all written; 2 wrong usage; 4 the store or the writing failed.
    """
    from callreview.reports.week_redaction import WeekRedaction

    with options.open_store(store, read_only=True) as ledger:
        mask = WeekRedaction(ledger.reviews(every=True)).record if redact else None
        counts = ledger.export(to, format.value, mask)
    for name, count in counts.items():
        console.write(f"{to / name}.{format}  {count:,}\n")
