"""`callreview evaluate`: how far the program agrees with people's labels."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import LabelError, UsageError, WrongSpeaker

if TYPE_CHECKING:
    from callreview.analysis.labels import LabelledCall
    from callreview.conversation import Call
    from callreview.rubric import Rubric


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
    from callreview.analysis.labels import PROMPTS, read_folder
    from callreview.reports import agreement

    calls = read_folder(labels)
    with console.Progress(len(calls)) as progress:
        reviewer = options.make_reviewer(rubric)
        if missing := [prompt for prompt in PROMPTS if prompt not in {p.id for p in reviewer.rubric.prompts}]:
            raise UsageError(
                f"the rubric {rubric!r} has no prompt {', '.join(missing)}", hint="labels ask for all eight"
            )
        result = evaluation.evaluate(calls, reviewer, lambda call: _read(call, reviewer.rubric, progress))
    if format is Format.JSON:
        console.write(json.dumps(agreement.as_dict(result), ensure_ascii=False, indent=1) + "\n")
    else:
        console.show(agreement.tables(result, worst))


def _read(labelled: LabelledCall, rubric: Rubric, progress: console.Progress) -> Call:
    """The transcript of a labelled call, with the sides that its labels tell."""
    from callreview.analysis.labels import refuse_misfits
    from callreview.ingest import ReadOptions, read_call

    progress.on(f"reviewing {labelled.name}")
    progress.done()
    try:
        call = read_call(labelled.transcript, options=ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers))
    except WrongSpeaker as error:
        raise LabelError([labelled.mistake(("sellers",), error.message, error.hint)]) from None
    kinds = [violation.id for violation in rubric.violations]
    refuse_misfits(labelled, turns=len(call.turns), kinds=kinds, moments=[*rubric.moments])
    return call
