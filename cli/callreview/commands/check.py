"""`callreview check`: review transcripts and print a scorecard of each."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import InputError, UsageError, did_you_mean

if TYPE_CHECKING:
    from callreview.assessment.review import Review
    from callreview.assessment.reviewer import Reviewer
    from callreview.ingest import ReadOptions
    from callreview.rubric import Rubric

UNDER_THRESHOLD, SOME_UNREAD = 1, 3
ANY = "any"


class Format(StrEnum):
    """How reviews are printed."""

    CARD = "card"
    JSONL = "jsonl"
    MARKDOWN = "markdown"


Files = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Transcripts, folders or patterns; - is standard input.")
]
OutputFormat = Annotated[
    Format, typer.Option("--format", help="card for people, jsonl for machines, markdown for pasting.")
]
FailUnder = Annotated[
    float | None, typer.Option(min=0, max=100, metavar="PERCENT", help="Exit with 1 where a call scores less.")
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(metavar="KIND", help="Exit with 1 where a call holds this violation, or 'any'. Repeatable."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line a call, no progress bar.")]


def check(
    files: Files,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    format: OutputFormat = Format.CARD,
    fail_under: FailUnder = None,
    fail_on: FailOn = None,
    quiet: Quiet = False,
) -> None:
    """Review one call or many, each level proven by exact quotes.

    Exit status: 0 all reviewed; 1 a call fails --fail-under or --fail-on; 2 wrong usage or rubric;
    3 some files could not be read, and the others were reviewed.
    """
    reviewer = options.make_reviewer(rubric)
    kinds = frozenset(fail_on or ())
    _check_kinds(kinds, reviewer.rubric)
    run = _Run(reviewer, options.read_options(seller, buyer, roster, read_as))
    show = _printer(format, quiet=quiet)
    failed = False
    for review in run.reviews(files, progress=not quiet):
        show(review)
        failed = failed or _fails(review, fail_under, kinds)
    if run.unread:
        raise typer.Exit(SOME_UNREAD)
    if failed:
        raise typer.Exit(UNDER_THRESHOLD)


class _Run:
    """Reads and reviews files one by one; one bad file never stops the others, and `unread` counts it."""

    def __init__(self, reviewer: Reviewer, reading: ReadOptions) -> None:
        self.reviewer = reviewer
        self.reading = reading
        self.unread = 0

    def reviews(self, files: list[str], *, progress: bool) -> Iterator[Review]:
        """The reviews in order of the files."""
        from callreview.ingest import read_call

        paths = self._find(files)
        for path in _with_progress(paths, shown=progress):
            try:
                call = read_call("-" if str(path) == "-" else path, options=self.reading)
            except (InputError, UsageError) as error:
                # What does not fit one call of many (a seller who is not in it) is that call's trouble alone.
                if isinstance(error, UsageError) and len(paths) == 1:
                    raise
                self._skip(error)
                continue
            yield self.reviewer.review(call)

    def _find(self, files: list[str]) -> list[Path]:
        from callreview.ingest import find_transcripts

        found: list[Path] = []
        for file in files:
            try:
                found += [path for path in find_transcripts([file]) if path not in found]
            except InputError as error:
                self._skip(error)
        return found

    def _skip(self, error: InputError | UsageError) -> None:
        self.unread += 1
        console.complain(error)


def _with_progress(paths: list[Path], *, shown: bool) -> Iterator[Path]:
    """The paths, with a bar on standard error where there are several and a terminal to show it on."""
    if not shown or len(paths) < 2 or not sys.stderr.isatty():
        yield from paths
        return
    from rich.progress import track

    yield from track(paths, description="reviewing", console=console.err(), transient=True)


def _printer(format: Format, *, quiet: bool) -> Callable[[Review], None]:
    """What prints one review in the wanted format."""
    if format is Format.JSONL:
        from callreview.reports.jsonl import line

        return lambda review: _write(line(review) + "\n")
    if format is Format.MARKDOWN:
        from callreview.reports.markdown import page

        return lambda review: _write(page(review) + "\n")
    from callreview.reports import card

    out = console.out()
    render = card.short_line if quiet else card.card
    return lambda review: out.print(render(review), soft_wrap=quiet)


def _write(text: str) -> None:
    """UTF-8 whatever the terminal's encoding, so that the same review is the same bytes."""
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()


def _fails(review: Review, fail_under: float | None, kinds: frozenset[str]) -> bool:
    if any(ANY in kinds or violation.kind in kinds for violation in review.violations):
        return True
    return fail_under is not None and (review.score.percent is None or review.score.percent < fail_under)


def _check_kinds(kinds: frozenset[str], rubric: Rubric) -> None:
    known = [ANY, *(v.id for v in rubric.violations)]
    for kind in sorted(kinds - set(known)):
        close = did_you_mean(kind, known)
        hint = f"did you mean {close!r}?" if close else f"one of: {', '.join(known)}"
        raise UsageError(f"--fail-on: no violation {kind!r}", hint=hint)
