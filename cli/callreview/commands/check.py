"""`callreview check`: review transcripts and print a scorecard of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from callreview.commands import console, options
from callreview.commands.run import Run
from callreview.commands.watching import landed
from callreview.errors import InputError, UsageError, did_you_mean

if TYPE_CHECKING:
    from callreview.assessment.review import Review
    from callreview.assessment.reviewer import Reviewer
    from callreview.conversation import Call
    from callreview.rubric import Rubric

UNDER_THRESHOLD = 1
ANY = "any"


class Format(StrEnum):
    """How reviews are printed."""

    CARD = "card"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


OutputFormat = Annotated[
    Format, typer.Option("--format", help="card for people, jsonl for machines, markdown for pasting.")
]
FailUnder = Annotated[
    float | None,
    typer.Option(
        min=0, max=100, metavar="PERCENT", help="Exit with 1 where a call scores less; too short a call has no score."
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Exit with 1 where a call holds this violation, or 'any'. Repeatable."),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="One line a call: score, status, levels of prompts 1 to 8 (- is n/a), violations, title. No progress bar.",
    ),
]

Coach = Annotated[
    bool,
    typer.Option("--coach", help="Not the card: the three gaps that matter most, each with a line to say instead."),
]
Watch = Annotated[
    Path | None,
    typer.Option("--watch", metavar="FOLDER", help="Review each transcript that lands in this folder, until Ctrl-C."),
]


def check(
    files: options.AnyFiles = None,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    format: OutputFormat = Format.CARD,
    fail_under: FailUnder = None,
    fail_on: FailOn = None,
    quiet: Quiet = False,
    coach: Coach = False,
    watch: Watch = None,
    redact: options.Redact = False,
) -> None:
    """Review one call or many, each level proven by exact quotes.

    Exit status: 0 all reviewed; 1 a call fails --fail-under or --fail-on; 2 wrong usage or rubric;
    3 some files could not be read, and the others were reviewed; 4 callreview itself failed.
    """
    from callreview.ingest import find_transcripts
    from callreview.ingest.text import counted

    _check_usage(files, watch, format, quiet=quiet, coach=coach)
    missing: list[InputError] = []
    found = find_transcripts(files or (), otherwise=missing.append)
    paths: Iterable[Path] = chain(found, landed(watch)) if watch else found
    kinds = frozenset(fail_on or ())
    failed, unscored = False, 0
    with console.Progress(len(found), shown=not (quiet or watch)) as progress:
        reviewer = options.make_reviewer(rubric)
        _check_kinds(kinds, reviewer.rubric)
        run = Run(options.read_options(seller, buyer, roster, read_as, call_column), progress, redact=redact)
        for error in missing:
            run.skip(error)
        show = _coaching(reviewer, redact=redact) if coach else _reporting(reviewer, format, quiet=quiet, redact=redact)
        for review, text in run.each(paths, show):
            with progress.aside():
                console.write(text)
            failed = failed or _fails(review, fail_under, kinds)
            unscored += review.score.percent is None
    run.close("reviewed", quiet=quiet)
    if fail_under is not None and unscored:
        console.tell(f"{counted(unscored, 'call has', 'calls have')} no score: not judged by --fail-under")
    if run.status:
        raise typer.Exit(run.status)
    if failed:
        raise typer.Exit(UNDER_THRESHOLD)


# What makes of a call its review, and the text that is printed of it.
Shown: TypeAlias = "Callable[[Call], tuple[Review, str]]"


def _coaching(reviewer: Reviewer, *, redact: bool) -> Shown:
    from callreview.assessment.assess import assess
    from callreview.assessment.coaching import coaching
    from callreview.reports.coach import coach
    from callreview.reports.redaction import Redaction

    def show(call: Call) -> tuple[Review, str]:
        hearing = reviewer.hear(call)
        review = shown = assess(hearing, reviewer.rubric)
        if redact:
            redaction = Redaction(call)
            hearing, shown = redaction.hearing(hearing), redaction.review(review)
        return review, console.rendered(coach(shown, coaching(hearing, shown, reviewer.rubric)))

    return show


def _reporting(reviewer: Reviewer, format: Format, *, quiet: bool, redact: bool) -> Shown:
    render = _renderer(format, quiet=quiet)
    render = _redacting(render) if redact else render

    def show(call: Call) -> tuple[Review, str]:
        review = reviewer.review(call)
        return review, render(review)

    return show


def _renderer(format: Format, *, quiet: bool) -> Callable[[Review], str]:
    """What makes one review the text that the wanted format prints."""
    if format is Format.JSONL:
        from callreview.reports.jsonl import line

        return lambda review: line(review) + "\n"
    if format is Format.MARKDOWN:
        from callreview.reports.markdown import page

        return lambda review: page(review) + "\n"
    from callreview.reports import card

    if quiet:
        return lambda review: console.rendered(card.short_line(review), soft_wrap=True)
    return lambda review: console.rendered(card.card(review))


def _redacting(render: Callable[[Review], str]) -> Callable[[Review], str]:
    from callreview.reports.redaction import Redaction

    return lambda review: render(Redaction(review.call).review(review))


def _fails(review: Review, fail_under: float | None, kinds: frozenset[str]) -> bool:
    if any(ANY in kinds or violation.kind in kinds for violation in review.violations):
        return True
    percent = review.score.percent
    return fail_under is not None and percent is not None and percent < fail_under


def _check_usage(files: list[str] | None, watch: Path | None, format: Format, *, quiet: bool, coach: bool) -> None:
    if not (files or watch):
        raise UsageError("nothing to review", hint="name a transcript, a folder or a pattern; or --watch FOLDER")
    if coach and (quiet or format is not Format.CARD):
        raise UsageError("--coach is for people to read", hint="leave out --format and --quiet")


def _check_kinds(kinds: frozenset[str], rubric: Rubric) -> None:
    known = [ANY, *(v.id for v in rubric.violations)]
    for kind in sorted(kinds - set(known)):
        close = did_you_mean(kind, known)
        hint = f"did you mean {close!r}?" if close else f"one of: {', '.join(known)}"
        raise UsageError(f"--fail-on: no violation {kind!r}", hint=hint)
