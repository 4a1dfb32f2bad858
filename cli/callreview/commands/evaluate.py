"""`callreview evaluate`: how far the program agrees with people's labels."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options

if TYPE_CHECKING:
    from callreview.analysis.labels import LabelledCall
    from callreview.conversation import Call


class Format(StrEnum):
    """How the evaluation is printed."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="LABELS_DIR", help="A folder of transcripts with NAME.yaml each.")],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    format: Annotated[Format, typer.Option("--format", help="table for people, json for machines.")] = Format.TABLE,
    worst: Annotated[int, typer.Option(min=0, help="How many disagreements to show.")] = 8,
) -> None:
    """Hold reviews against calls that people labelled, and see how far to trust the program."""
    from callreview.analysis import evaluate as evaluation
    from callreview.analysis.labels import read_folder
    from callreview.reports import agreement

    calls = read_folder(labels)
    result = evaluation.evaluate(calls, options.make_reviewer(rubric), _read)
    if format is Format.JSON:
        print(json.dumps(agreement.as_dict(result), ensure_ascii=False, indent=1))
    else:
        console.out().print(agreement.tables(result, worst))


def _read(labelled: LabelledCall) -> Call:
    """The transcript of a labelled call, with the sides that its labels tell."""
    from callreview.ingest import ReadOptions, read_call

    reading = ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers)
    return read_call(labelled.transcript, options=reading)
