"""A run: what is new or changed is reviewed by an engine and written into the ledger, some files at a time."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from callreview import __version__
from callreview.batch.changes import Changes, LeftAlone, Wanted
from callreview.batch.contents import Surroundings
from callreview.batch.engines import Engine, Work
from callreview.batch.summary import Did, Summary
from callreview.batch.worker import Job, Kind, Task
from callreview.errors import InputError
from callreview.rubric import Rubric
from callreview.store.ledger import Ledger
from callreview.store.records import Failure, FileOutcome, FileRecord, FileState, RunRecord

_AT_ONCE = 200
_AT_LEAST_EVERY_S = 5.0
"""Files that are written together, and how long what came of one may wait for others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a run; `what` says what became of the file at `path`."""

    path: Path
    what: str
    calls: int = 0
    failure: Failure | None = None


Listener = Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do: `paths` are absolute, `troubles` what is wrong with what was asked for.

    `limit` is how many files are reviewed at most; `jobs` and `address` are for the engine.
    """

    paths: Sequence[Path]
    troubles: Sequence[InputError]
    job: Job
    rubric: Rubric
    wanted: Wanted
    jobs: int
    limit: int | None = None
    address: str | None = None

    def changes(self, known: Callable[[Sequence[str]], Mapping[str, FileRecord]]) -> Changes:
        """What sorts the files, by what the ledger knows of them."""
        return Changes(
            wanted=self.wanted,
            surroundings=Surroundings(self.job.reading),
            known=known,
            rubric_digest=self.rubric.digest,
            program_version=__version__,
        )


class Run:
    """One run; it ends early where it is interrupted, and then keeps what is done."""

    def __init__(self, plan: Plan, ledger: Ledger, listen: Listener) -> None:
        self._plan, self._ledger, self._listen = plan, ledger, listen
        self._pending: list[FileOutcome] = []
        self._written_at = self._began = time.monotonic()
        self.summary = Summary(
            run_id=uuid.uuid4().hex,
            store=ledger.database.name,
            rubric_id=plan.rubric.id,
            rubric_digest=plan.rubric.digest,
            program_version=__version__,
            started_at=datetime.now(UTC),
        )

    def review(self, engine: Engine) -> Summary:
        """Review and write; raises CallreviewError where the run itself fails, with the summary as it is then."""
        run = RunRecord(
            id=self.summary.run_id,
            started_at=self.summary.started_at,
            rubric_id=self._plan.rubric.id,
            rubric_digest=self._plan.rubric.digest,
            program_version=__version__,
        )
        self._ledger.begin_run(run)
        try:
            self._all(engine)
        except KeyboardInterrupt:
            self.summary.interrupted = True
            self._write()
        finally:
            self.summary.ended(time.monotonic() - self._began)
        self._ledger.end_run(run.id, dict(self.summary.files), str(self.summary.status))
        return self.summary

    def _all(self, engine: Engine) -> None:
        plan = self._plan
        work = Work(job=plan.job, tasks=self._tasks(), jobs=plan.jobs, address=plan.address)
        with closing(engine(work)) as done:
            for task, outcome in done:
                if outcome is None:
                    self._left(task.path, LeftAlone.VANISHED)
                else:
                    self._take(task.path, outcome)
                if len(self._pending) >= _AT_ONCE or time.monotonic() - self._written_at > _AT_LEAST_EVERY_S:
                    self._write()
        self._write()

    def _tasks(self) -> Iterator[Task]:
        return islice(tasks(self._plan, self._ledger.known_files, self._left), self._plan.limit)

    def _take(self, path: Path, outcome: FileOutcome) -> None:
        self._pending.append(outcome)
        what = did(outcome)
        self.summary.files[what] += 1
        self.summary.calls += len(outcome.reviews)
        if outcome.failure:
            self.summary.failures[str(path)] = outcome.failure
        self._listen(Event(path=path, what=what, calls=len(outcome.reviews), failure=outcome.failure))

    def _left(self, path: Path, why: LeftAlone | Failure) -> None:
        if isinstance(why, Failure):
            self.summary.failures[str(path)] = why
        self.summary.files[what := why.kind if isinstance(why, Failure) else why] += 1
        self._listen(Event(path=path, what=what, failure=why if isinstance(why, Failure) else None))

    def _write(self) -> None:
        """Write what is done; where that is interrupted it can be written again, as it is the same then."""
        if self._pending:
            self.summary.added += self._ledger.write(self.summary.run_id, self._pending).added
        self._pending = []
        self._written_at = time.monotonic()


def tasks(
    plan: Plan,
    known: Callable[[Sequence[str]], Mapping[str, FileRecord]],
    leave: Callable[[Path, LeftAlone | Failure], None],
) -> Iterator[Task]:
    """The files that are to be reviewed; those that are not are told to `leave`."""
    for error in plan.troubles:
        leave(Path(error.place.path if error.place else "-"), Failure(kind=Kind.UNREADABLE, reason=str(error)))
    for path, found in plan.changes(known).of(plan.paths):
        if isinstance(found, Task):
            yield found
        else:
            leave(path, Failure(kind=Kind.UNREADABLE, reason=str(found)) if isinstance(found, InputError) else found)


def did(outcome: FileOutcome) -> str:
    """What was done with a file, as the summary counts it."""
    if outcome.failure is None:
        return Did.REVIEWED
    return Did.PARTLY if outcome.state is FileState.PARTLY else outcome.failure.kind
