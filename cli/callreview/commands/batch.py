"""`callreview batch`: review what is new or changed in folders, and keep it in a ledger."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import CallreviewError, InputError, NothingFound, UsageError

if TYPE_CHECKING:
    from callreview.batch.changes import LeftAlone, Wanted
    from callreview.batch.run import Event, Plan
    from callreview.batch.worker import Job
    from callreview.store.records import Failure

SOME_NOT_REVIEWED, INTERRUPTED = 3, 130
_NO_NEWS = frozenset(["unchanged", "failed_before", "before_since"])
LEAST_MEMORY = 384
"""Of a worker, in MB: the program and the playbook take about half of it."""

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Folders, transcripts or patterns.")]
Settle = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="Leave alone what was changed in the last seconds: it may go on."),
]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="Only files changed on this day or later."),
]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="Review no more files than this.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the files that would be reviewed, and do nothing.")]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Try again what failed before, though it is unchanged.")
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Files at a time; as many as there are cores.")
]
TimeLimit = Annotated[float, typer.Option(min=0.1, metavar="SECONDS", help="What one file may take.")]
MemoryLimit = Annotated[
    int, typer.Option(min=0, metavar="MB", help="Memory that one worker may take; 0 for as much as there is.")
]
KeepText = Annotated[
    bool, typer.Option("--keep-text", help="Keep the transcripts' text in the ledger, not only what is quoted.")
]
SummaryFile = Annotated[
    Path | None, typer.Option("--summary", metavar="FILE", help="Write the summary as JSON into this file.")
]
MetricsFile = Annotated[
    Path | None,
    typer.Option("--metrics", metavar="FILE", help="Write figures as OpenMetrics text, for a node exporter."),
]


class Engines(StrEnum):
    """Where files are reviewed."""

    LOCAL = "local"
    RAY = "ray"


EngineName = Annotated[
    Engines, typer.Option("--engine", help="Where files are reviewed: on this machine, or on a Ray cluster.")
]
Address = Annotated[
    str | None,
    typer.Option(metavar="HOST:PORT", help="With --engine ray: where the cluster is; without it, the one here."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing where all goes well.")]


class LogFormat(StrEnum):
    """How it is told what happens."""

    TEXT = "text"
    JSON = "json"


Log = Annotated[
    LogFormat, typer.Option("--log-format", help="text tells of troubles only; json of every file, one line each.")
]


def batch(
    paths: Paths,
    store: options.Store,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    keep_text: KeepText = False,
    settle: Settle = 60.0,
    since: Since = None,
    limit: Limit = None,
    retry_failed: RetryFailed = False,
    dry_run: DryRun = False,
    jobs: Jobs = None,
    engine: EngineName = Engines.LOCAL,
    address: Address = None,
    time_limit: TimeLimit = 300.0,
    memory_limit: MemoryLimit = 2048,
    log_format: Log = LogFormat.TEXT,
    summary: SummaryFile = None,
    metrics: MetricsFile = None,
    quiet: Quiet = False,
) -> None:
    """Review what is new or changed since the last run, in parallel, and keep it in a ledger.

    Nothing of yours is moved, copied or changed. A file that fails is kept with the reason, and tried again when it,
    its sidecar, its roster, the playbook or callreview changes. A run that was killed goes on with the next one.

    Exit status: 0 all well, also where there is nothing to do; 2 wrong usage or rubric; 3 some files were not reviewed,
    and the others were; 4 the run itself failed; 75 another run works on the ledger; 130 interrupted, and what was
    done is kept.
    """
    from callreview.batch.changes import Wanted
    from callreview.batch.worker import MIB, Job
    from callreview.rubric import find_rubric

    if 0 < memory_limit < LEAST_MEMORY:
        raise UsageError(f"a worker needs {LEAST_MEMORY} MB at least", hint="--memory-limit 0 sets no limit")
    with _told_as(log_format), _interruptible():
        job = Job(
            rubric=find_rubric(rubric),
            reading=options.read_options(seller, buyer, roster, read_as, call_column),
            keep_text=keep_text,
            time_limit_s=time_limit,
            memory_limit=memory_limit * MIB or None,
        )
        wanted = Wanted(since=since, settle_s=settle, retry_failed=retry_failed)
        plan = replace(_plan(paths, job, wanted, jobs=jobs, limit=limit), address=address)
        if dry_run:
            _say_what_would_be_done(plan, store)
            return
        status = _run(plan, store, log_format, engine, summary=summary, metrics=metrics, quiet=quiet)
    if status:
        raise typer.Exit(status)


def _plan(paths: list[str], job: Job, wanted: Wanted, *, jobs: int | None, limit: int | None) -> Plan:
    """What is to be done; wrong options, playbooks and rosters named in them end the run here."""
    from callreview.assessment.reviewer import load_playbook
    from callreview.batch.run import Plan
    from callreview.ingest import find_transcripts
    from callreview.ingest.finding import STANDARD_INPUT
    from callreview.ingest.roster import read_roster

    if STANDARD_INPUT in paths:
        raise UsageError("a batch reads files, not standard input", hint="'callreview check -' reviews one call")
    if job.reading.roster:
        read_roster(job.reading.roster)
    troubles: list[InputError] = []
    found = find_transcripts(paths, otherwise=troubles.append)
    return Plan(
        paths=[path.absolute() for path in found],
        troubles=[error for error in troubles if not isinstance(error, NothingFound)],
        job=job,
        rubric=load_playbook(job.rubric),
        wanted=wanted,
        jobs=jobs or _cores(),
        limit=limit,
    )


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run(
    plan: Plan,
    store: str,
    log: LogFormat,
    engine: Engines,
    *,
    summary: Path | None,
    metrics: Path | None,
    quiet: bool,
) -> int:
    """The exit status of a run; its summary is written also where it fails."""
    from callreview.batch import engines
    from callreview.batch.lock import only_run
    from callreview.batch.run import Run
    from callreview.batch.whole import write_whole

    shown = log is LogFormat.TEXT and not quiet
    with (
        options.open_store(store, create=True) as ledger,
        only_run(ledger.database),
        console.Progress(len(plan.paths), shown=shown) as progress,
    ):
        run = Run(plan, ledger, _logger(log, progress))
        try:
            run.review(engines.engine(engine))
        except CallreviewError as error:
            run.summary.error = str(error)
            raise
        finally:
            if summary:
                write_whole(summary, run.summary.json())
            if metrics:
                write_whole(metrics, run.summary.metrics())
    if log is LogFormat.JSON:
        _log_line("run", **run.summary.figures())
    if run.summary.status or not quiet:
        console.write(run.summary.text())
    return run.summary.status


def _say_what_would_be_done(plan: Plan, store: str) -> None:
    """Print the files that a run would review, and count the others; nothing is written, not even a new ledger."""
    from callreview.batch.run import tasks
    from callreview.batch.summary import counted
    from callreview.batch.worker import Kind
    from callreview.store.records import Failure

    left: Counter[str] = Counter()

    def leave(path: Path, why: LeftAlone | Failure) -> None:
        left[why.kind if isinstance(why, Failure) else why] += 1
        if isinstance(why, Failure):
            console.tell(f"error: {why.reason}")

    is_new = "://" not in store and not Path(store).exists()
    with nullcontext() if is_new else options.open_store(store, read_only=True) as ledger:
        wanted = list(islice(tasks(plan, ledger.known_files if ledger else lambda _: {}, leave), plan.limit))
    console.write("".join(f"{task.path}\n" for task in wanted))
    console.tell("\n".join([f"{len(wanted):,} to review", *counted(left)]))
    if left[Kind.UNREADABLE]:
        raise typer.Exit(SOME_NOT_REVIEWED)


# --- telling what happens ------------------------------------------------------------------------


def _logger(log: LogFormat, progress: console.Progress) -> Callable[[Event], None]:
    """What is called with each event of a run."""
    told: set[str] = set()

    def tell_troubles(event: Event) -> None:
        progress.on(event.path.name)
        progress.done()
        if event.failure and event.failure.kind != "no_call" and event.failure.reason not in told:
            told.add(event.failure.reason)  # a wrong roster fails many files for one reason
            with progress.aside():
                console.tell(f"error: {event.failure.reason}")

    return tell_troubles if log is LogFormat.TEXT else _log_event


def _log_event(event: Event) -> None:
    """One line for a file that was looked into; those that are as they were are only counted."""
    if event.what in _NO_NEWS:
        return
    failure = {"kind": event.failure.kind, "reason": event.failure.reason} if event.failure else {}
    _log_line("file", path=str(event.path), outcome=event.what, calls=event.calls, **failure)


def _log_line(what: str, **fields: object) -> None:
    line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": what, **fields}
    console.tell(json.dumps(line, ensure_ascii=False))


@contextmanager
def _told_as(log: LogFormat) -> Iterator[None]:
    """An error that ends the run is one line of the log, where that is JSON."""
    try:
        yield
    except CallreviewError as error:
        if log is LogFormat.TEXT:
            raise
        _log_line("error", message=str(error), status=error.exit_status)
        raise typer.Exit(error.exit_status) from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """A request of the system to end is an interrupt as well."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)
