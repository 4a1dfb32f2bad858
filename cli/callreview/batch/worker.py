"""One file from its bytes to what the ledger takes: the function that every engine runs, and the limits it runs in."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from callreview.assessment.reviewer import Reviewer, load_playbook
from callreview.batch.contents import Stat, is_still
from callreview.conversation import Call
from callreview.errors import CallreviewError, Defect, InputError, NoCall, Place
from callreview.ingest import ReadOptions, read_calls
from callreview.ingest.formats import callreview_json
from callreview.ingest.reading import read_bytes
from callreview.store.records import Failure, FileOutcome, ReviewRecord
from callreview.store.taking import record_of

MIB = 1024 * 1024


class Kind(StrEnum):
    """Why a file was not reviewed, for machines."""

    UNREADABLE = "unreadable"
    NO_CALL = "no_call"
    DEFECT = "defect"
    TOO_LONG = "too_long"
    TOO_MUCH_MEMORY = "too_much_memory"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What holds for all files of a run; `memory_limit` is in bytes, for each worker."""

    rubric: Path
    reading: ReadOptions
    keep_text: bool = False
    time_limit_s: float = 300.0
    memory_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A file to review, as it was when it was found."""

    path: Path
    stat: Stat
    content_hash: str

    def outcome(
        self,
        *,
        reviews: tuple[ReviewRecord, ...] = (),
        failure: Failure | None = None,
        texts: dict[str, str] | None = None,
    ) -> FileOutcome:
        """What came of the file."""
        return FileOutcome(
            path=str(self.path),
            size=self.stat.size,
            mtime_ns=self.stat.mtime_ns,
            content_hash=self.content_hash,
            reviews=reviews,
            failure=failure,
            texts=texts or {},
        )


class Worker:
    """Reviews files one after another, with a playbook that is compiled once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._reviewer = Reviewer(load_playbook(job.rubric))

    def review(self, task: Task) -> FileOutcome | None:
        """What came of a file, whatever it holds; None where it is no longer the file that was found.

        The process ends with SIGALRM where the file takes longer than the time limit.
        """
        try:
            with _time_limit(self._job.time_limit_s):
                return self._review(task)
        except MemoryError:
            return too_much_memory(self._job, task)

    def _review(self, task: Task) -> FileOutcome | None:
        troubles: list[CallreviewError] = []
        reviews: dict[str, ReviewRecord] = {}
        texts: dict[str, str] = {}
        try:
            data = read_bytes(task.path)
            for call in read_calls(task.path, options=self._job.reading, data=data, otherwise=troubles.append):
                reviews[call.id] = record_of(self._reviewer.review(call))
                texts |= self._text(call)
        except CallreviewError as error:
            troubles.append(error)
        except MemoryError:
            raise
        except Exception as error:
            return defect(task, error)
        if not is_still(task.path, task.stat):
            return None
        return task.outcome(reviews=tuple(reviews.values()), failure=_failure(troubles), texts=texts)

    def _text(self, call: Call) -> dict[str, str]:
        return {call.id: callreview_json.write(call)} if self._job.keep_text else {}


def _failure(troubles: list[CallreviewError]) -> Failure | None:
    if not troubles:
        return None
    kind = Kind.NO_CALL if all(isinstance(error, NoCall) for error in troubles) else Kind.UNREADABLE
    return Failure(kind=kind, reason="\n".join(map(str, troubles)))


# --- limits --------------------------------------------------------------------------------------


def limit_memory(limit: int | None) -> None:
    """Take no more memory than this in this process, where the system can see to it."""
    if limit is None:
        return
    with suppress(ImportError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard < 0 else min(limit, hard), hard))


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Ends the process with SIGALRM after so many seconds.

    The system's own timer also ends what never comes back to Python, and a clock that is set does not touch it.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def too_much_memory(job: Job, task: Task) -> FileOutcome:
    """What came of a file that takes more memory than a worker may have."""
    limit = f"more memory than the {job.memory_limit // MIB:,} MB" if job.memory_limit else "all the memory"
    message = f"it takes {limit} that a worker may have"
    return _ended(task, Kind.TOO_MUCH_MEMORY, message, hint="--memory-limit MB gives each worker more")


def defect(task: Task, error: Exception) -> FileOutcome:
    """What came of a file on which callreview itself failed."""
    told = Defect(error, place=Place(path=str(task.path)))
    return task.outcome(failure=Failure(kind=Kind.DEFECT, reason=str(told)))


def death(job: Job, task: Task, exit_code: int) -> FileOutcome:
    """What came of a file that ended its worker, which told no more than its exit code."""
    if hasattr(signal, "SIGALRM") and exit_code == -signal.SIGALRM:
        message, hint = f"it takes longer than {job.time_limit_s:g} s", "--time-limit SECONDS gives each file more"
        return _ended(task, Kind.TOO_LONG, message, hint=hint)
    by = signal.Signals(-exit_code).name if -exit_code in set(signal.Signals) else f"exit status {exit_code}"
    return _ended(task, Kind.CRASHED, f"it ends the process that reviews it ({by})", hint="please report it")


def _ended(task: Task, kind: Kind, message: str, *, hint: str) -> FileOutcome:
    error = InputError(message, place=Place(path=str(task.path)), hint=hint)
    return task.outcome(failure=Failure(kind=kind, reason=str(error)))
