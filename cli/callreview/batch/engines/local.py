"""Processes of this machine. One that is killed, crashes or hangs takes only its file with it.

A file whose worker ended is tried once more, in a worker of its own, so that a bystander is not blamed.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Generator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain, islice
from multiprocessing.context import BaseContext
from threading import Thread

from pebble import ProcessExpired, ProcessPool

from callreview.batch.engines import Done, Work
from callreview.batch.worker import Job, Kind, Task, Worker, death, defect, limit_memory, too_much_memory
from callreview.errors import CallreviewError
from callreview.store.records import FileOutcome

_AHEAD = 2
"""Tasks for each worker that are with the pool: one that is reviewed, one that waits."""
_LOOK_S = 1.0
_HANDING_OVER_S = 90.0
"""How long a pool may take beyond the time limit before it is taken for broken."""
_MOST_BROKEN = 5
"""Pools that may break one after another without anything done between."""

_worker: Worker | None = None
"""The worker that this process is."""


def review(work: Work) -> Generator[Done, None, None]:
    """What comes of the tasks, as each is done."""
    with _Pools(work) as pools:
        yield from pools.run()


class _Pools:
    """A pool for all, and one of a single worker for those that ended theirs."""

    def __init__(self, work: Work) -> None:
        tasks = iter(work.tasks)
        first = list(islice(tasks, work.jobs))  # few files need few workers, which are dear to begin
        self._tasks = chain(first, tasks)
        self._workers = len(first)
        self._many = _Pool(work.job, self._workers)
        self._alone = _Pool(work.job, 1)

    def __enter__(self) -> _Pools:
        return self

    def __exit__(self, *_: object) -> None:
        self._many.stop()
        self._alone.stop()

    def run(self) -> Generator[Done, None, None]:
        exhausted = False
        while True:
            while not exhausted and self._many.busy < self._workers * _AHEAD:
                task = next(self._tasks, None)
                exhausted = task is None
                if task is not None:
                    self._many.take(task)
            if not (self._many.busy or self._alone.busy):
                return
            wait([*self._many.futures, *self._alone.futures], timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            for task, outcome in self._many.done():
                if _is_worth_another_try(outcome):
                    self._alone.take(task)
                else:
                    yield task, outcome
            yield from self._alone.done()


class _Pool:
    """Workers that are begun when they are needed, and begun anew where they no longer answer."""

    def __init__(self, job: Job, workers: int) -> None:
        self._job, self._workers = job, workers
        self._pool: ProcessPool | None = None
        self.futures: dict[Future[FileOutcome | None], Task] = {}
        self._heard = time.monotonic()
        self._broken = 0

    @property
    def busy(self) -> int:
        return len(self.futures)

    def take(self, task: Task) -> None:
        if not self.futures:
            self._heard = time.monotonic()
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers, initializer=_begin, initargs=[self._job], context=_context()
            )
        with suppress(RuntimeError):  # a broken pool is found out in `done`
            self.futures[self._pool.schedule(_review, args=[task])] = task
            return
        self._renew([task])

    def done(self) -> list[Done]:
        """What came of the tasks that are done."""
        over = [future for future in self.futures if future.done()]
        results: list[Done] = []
        lost: list[Task] = []
        for future in over:
            task = self.futures.pop(future)
            try:
                results.append((task, future.result()))
            except ProcessExpired as error:
                results.append((task, death(self._job, task, error.exitcode)))
            except MemoryError:
                results.append((task, too_much_memory(self._job, task)))
            except (BrokenProcessPool, RuntimeError):
                lost.append(task)
            except Exception as error:
                results.append((task, defect(task, error)))
        if results:
            self._heard, self._broken = time.monotonic(), 0
        if lost or self._is_silent():
            self._renew(lost)
        return results

    def _is_silent(self) -> bool:
        limit = self._job.time_limit_s + _HANDING_OVER_S
        return bool(self.futures) and time.monotonic() - self._heard > limit

    def _renew(self, lost: list[Task]) -> None:
        """Begin anew with what was lost; CallreviewError where workers cannot work at all."""
        self._broken += 1
        if self._broken > _MOST_BROKEN:
            raise CallreviewError(
                "the workers end before they review anything",
                hint="a higher --memory-limit may help, or fewer --jobs",
            )
        again = [*lost, *self.futures.values()]
        self.futures = {}
        self.stop()
        for task in again:
            self.take(task)

    def stop(self) -> None:
        """End the workers; what they are doing is lost."""
        if self._pool is None:
            return
        self._pool.stop()  # type: ignore[no-untyped-call]
        ending = Thread(target=self._pool.join, daemon=True)  # a worker that died while it spoke can hold it up
        ending.start()
        ending.join(timeout=10)
        self._pool = None


def _is_worth_another_try(outcome: FileOutcome | None) -> bool:
    kinds = (Kind.TOO_LONG, Kind.TOO_MUCH_MEMORY, Kind.CRASHED)
    return outcome is not None and outcome.failure is not None and outcome.failure.kind in kinds


def _context() -> BaseContext:
    """How workers are begun: never as a copy of this process, whose locks and threads they would have too."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([Worker.__module__])
    return context


def _begin(job: Job) -> None:
    """What a process does once: it compiles the playbook, and then minds its limits."""
    global _worker
    _worker = Worker(job)
    limit_memory(job.memory_limit)


def _review(task: Task) -> FileOutcome | None:
    assert _worker is not None
    return _worker.review(task)
