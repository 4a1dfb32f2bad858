"""`callreview explain`: why one prompt got its level in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from callreview.rubric import Rubric
    from callreview.rubric.schema import PromptShape


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="One transcript; - is standard input.")],
    prompt: Annotated[
        str, typer.Argument(metavar="PROMPT", help="The id or number of a prompt, such as stop_rule or 5.")
    ],
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    redact: options.Redact = False,
) -> None:
    """Show what was looked for, what was found, what was ignored and why, and what would raise the level."""
    from pathlib import Path

    from callreview.assessment.assess import assess
    from callreview.assessment.spoiling import hearings
    from callreview.ingest import read_call
    from callreview.reports.explanation import Case, explanation
    from callreview.reports.redaction import errors_redacted

    with console.Progress(1) as progress:
        reviewer = options.make_reviewer(rubric)
        shape = _find_prompt(reviewer.rubric, prompt)
        progress.on("reviewing")
        reading = options.read_options(seller, buyer, roster, read_as, call_column)
        with errors_redacted(redact):
            call = read_call("-" if file == "-" else Path(file), options=reading)
        hearing = reviewer.hear(call)
        answer = assess(hearing, reviewer.rubric).answer(shape.id)
    heard = hearings(hearing, reviewer.rubric)[shape.id]
    if redact:
        from callreview.reports.redaction import Redaction

        redaction = Redaction(hearing.call)
        answer, heard = redaction.answer(answer), redaction.hearing(heard)
    console.show(explanation(Case(answer=answer, hearing=heard, prompt=shape, rubric=reviewer.rubric)))


def _find_prompt(rubric: Rubric, wanted: str) -> PromptShape:
    key = wanted.replace("-", "_").lower()
    for shape in rubric.prompts:
        if key in (shape.id, str(shape.number)):
            return shape
    known = [shape.id for shape in rubric.prompts]
    close = did_you_mean(key, known)
    hint = f"did you mean {close!r}?" if close else f"one of: {', '.join(known)}, or its number"
    raise UsageError(f"no prompt {wanted!r} in the rubric {rubric.id!r}", hint=hint)
