"""`callreview verdict`: what people say of a call, kept beside what the program says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import Mistake, Place, UsageError, VerdictError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from callreview.analysis.verdict_files import StatedVerdict
    from callreview.store.records import ReviewRecord, VerdictRecord

COMMAND_LINE = Place(path="command line")

WhichCall = Annotated[
    str | None, typer.Argument(metavar="[CALL]", help="The start of its id, its file or its title, as in the ledger.")
]
Prompt = Annotated[str | None, typer.Option(metavar="PROMPT", help="The prompt that is judged, such as stop_rule.")]
LevelGiven = Annotated[str | None, typer.Option("--level", metavar="0-3|na", help="The level that you give.")]
Violation = Annotated[str | None, typer.Option(metavar="KIND", help="The violation that is judged.")]
Holds = Annotated[bool | None, typer.Option("--holds/--not", help="Whether the violation is there.")]
Note = Annotated[str, typer.Option(metavar="TEXT", help="Why; it is shown beside the program's reason.")]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", envvar="CALLREVIEW_USER", help="Who says it; without it, your login name."),
]
Import = Annotated[
    Path | None,
    typer.Option("--import", metavar="FILE", help="Many verdicts: a CSV table, or Gong's answered scorecards."),
]
ScorecardsFile = Annotated[
    Path | None,
    typer.Option("--scorecards", metavar="FILE", help="Which prompts and levels Gong's questions and scores are."),
]


def verdict(
    store: options.Store,
    call: WhichCall = None,
    prompt: Prompt = None,
    level: LevelGiven = None,
    violation: Violation = None,
    holds: Holds = None,
    note: Note = "",
    by: By = None,
    import_file: Import = None,
    scorecards: ScorecardsFile = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
) -> None:
    """Say what you think of a call; it is kept beside the program's review, never over it.

    A later verdict of the same person on the same thing takes the place of the earlier one, and both stay in the
    ledger. All verdicts of a file are kept, or none: mistakes are told all at once.
    """
    from callreview.analysis.verdict_files import read_scorecards, read_verdicts

    if (call is None) == (import_file is None):
        raise UsageError("name a call, or a file of verdicts", hint="CALL --prompt P --level N, or --import FILE")
    if import_file is None:
        stated: Sequence[StatedVerdict] = (_stated(call or "", prompt, level, violation, holds, note),)
        moment = datetime.now(UTC)
    else:
        stated = read_verdicts(import_file, read_scorecards(scorecards) if scorecards else None)
        moment = datetime.fromtimestamp(import_file.stat().st_mtime, UTC)
    kinds = _kinds(rubric) if any(s.violation for s in stated) else ()
    with options.open_store(store) as ledger:
        verdicts = _resolved(stated, list(ledger.reviews()), kinds, by=by, at=moment)
        kept = [ledger.add_verdict(v) for v in verdicts]
    new, known = sum(kept), len(kept) - sum(kept)
    console.tell(f"{new} verdict{'' if new == 1 else 's'} kept" + (f", {known} known already" if known else ""))


def _stated(
    call: str, prompt: str | None, level: str | None, violation: str | None, holds: bool | None, note: str
) -> StatedVerdict:
    """The verdict that the options state; UsageError where they do not state one."""
    from callreview.analysis.verdict_files import StatedVerdict, level_of

    about_prompt, about_violation = prompt is not None, violation is not None
    if about_prompt == about_violation or about_prompt != (level is not None) or about_violation != (holds is not None):
        raise UsageError(
            "a verdict gives one prompt a level, or says whether one violation holds",
            hint="--prompt stop_rule --level 2, or --violation urgency --not",
        )
    try:
        given = level_of(level) if level is not None else None
    except ValueError as error:
        raise UsageError(f"--level: {error}", hint="levels are 0 to 3, or na") from None
    return StatedVerdict(
        call=call, place=COMMAND_LINE, prompt=prompt, level=given, violation=violation, holds=holds, note=note
    )


def _kinds(rubric: str) -> list[str]:
    return [shape.id for shape in options.load_rubric(rubric).violations]


def _resolved(
    stated: Iterable[StatedVerdict],
    reviews: Sequence[ReviewRecord],
    kinds: Collection[str],
    *,
    by: str | None,
    at: datetime,
) -> list[VerdictRecord]:
    """The verdicts with the calls that they mean; all mistakes at once, those of the command line as wrong usage."""
    found: list[VerdictRecord] = []
    mistakes: list[Mistake] = []
    for one in stated:
        try:
            found.append(_record(one, reviews, kinds, by=by, at=at))
        except UsageError as error:
            if one.place is COMMAND_LINE:
                raise
            mistakes.append(Mistake(place=one.place, message=error.message, hint=error.hint))
    if mistakes:
        raise VerdictError(mistakes)
    return found


def _record(
    stated: StatedVerdict, reviews: Sequence[ReviewRecord], kinds: Collection[str], *, by: str | None, at: datetime
) -> VerdictRecord:
    """The verdict as the ledger keeps it; UsageError where its call, prompt, level or violation cannot be."""
    from callreview.analysis.calls import find_call
    from callreview.store.records import VerdictRecord

    call = find_call(stated.call, (review.call for review in reviews))
    review = next(review for review in reviews if review.call.id == call.id)
    if stated.prompt is not None:
        _refuse_level(stated.prompt, stated.level, review)
    if stated.violation is not None and stated.violation not in kinds:
        raise UsageError(f"no violation {stated.violation!r}", hint=_one_of(stated.violation, kinds))
    return VerdictRecord(
        call_id=call.id,
        by=stated.by or by or _login(),
        at=stated.at or at,
        prompt=stated.prompt,
        level=stated.level,
        violation=stated.violation,
        holds=stated.holds,
        note=stated.note,
    )


def _refuse_level(prompt: str, level: int | None, review: ReviewRecord) -> None:
    prompts = {answer.prompt: answer.max_level for answer in review.answers}
    if prompt not in prompts:
        raise UsageError(f"no prompt {prompt!r}", hint=_one_of(prompt, prompts))
    if level is not None and level > prompts[prompt]:
        raise UsageError(f"{prompt} has no level {level}", hint=f"levels are 0 to {prompts[prompt]}, or na")


def _one_of(word: str, known: Collection[str]) -> str:
    close = did_you_mean(word, known)
    return f"did you mean {close!r}?" if close else f"one of: {', '.join(known)}"


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise UsageError("nobody says who you are", hint="--by NAME") from None
