"""`callreview calibrate`: how far the program agrees with people, and people with each other."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from callreview.commands import console, options


class Format(StrEnum):
    """How the calibration is printed."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"


def calibrate(
    store: options.Store,
    format: Annotated[
        Format, typer.Option("--format", help="table for people, markdown for pasting, json for machines.")
    ] = Format.TABLE,
    queue: Annotated[int, typer.Option(min=0, metavar="N", help="How many disagreements to show.")] = 10,
    redact: options.Redact = False,
) -> None:
    """Hold the reviews of the ledger against the verdicts of people, and show where they differ, with both reasons."""
    from callreview.analysis import calibration as analysis
    from callreview.reports import calibration as report

    with options.open_store(store, read_only=True) as ledger:
        verdicts = list(ledger.verdicts())
        calibration = analysis.calibrate(ledger.reviews(), verdicts)
    told = report.report(calibration, redact=redact)
    if format is Format.JSON:
        console.write(json.dumps(report.as_dict(told), ensure_ascii=False, indent=1) + "\n")
    elif format is Format.MARKDOWN:
        console.write(report.markdown(told, queue))
    else:
        console.show(report.tables(told, queue))
