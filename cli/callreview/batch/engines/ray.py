"""A Ray cluster: core tasks, one file each, with a bounded number in flight.

Every machine of the cluster has callreview installed and sees the files under the same path. Ray runs one task at a
time in a process, so a file that ends its process takes no other with it; such a file is tried once more. Where a whole
machine goes, what was on it is done again elsewhere. Each process minds its own memory, since a task that takes all of
a machine's holds up the cluster. Ray's authentication stays as it is set (see docs/scale.md), and nothing is reported
to its makers.
"""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from collections.abc import Generator
from functools import cache
from typing import Any

from callreview.batch.contents import is_still
from callreview.batch.engines import Done, Work
from callreview.batch.worker import Job, Task, Worker, death, defect, limit_memory, too_much_memory
from callreview.errors import CallreviewError, UsageError
from callreview.store.records import FileOutcome

_AHEAD = 2
"""Tasks in flight for each processor of the cluster: one that is reviewed, one that waits."""
_LOOK_S = 1.0
_KNOCK_S = 10.0
_MOST_TRIES = 2
"""How often a file may end its process."""
_MOST_LOSSES = 10
"""How often a file may be lost with its machine."""
_KILLED = -9
"""Ray does not tell how a process ended; mostly it was killed."""


def review(work: Work) -> Generator[Done, None, None]:
    """What comes of the tasks, as each is done."""
    ray = _joined(work.address)
    try:
        yield from _Flight(ray, work).run()
    finally:
        ray.shutdown()


class _Flight:
    """The tasks that are with the cluster."""

    def __init__(self, ray: Any, work: Work) -> None:
        self._ray = ray
        self._work = work
        self._job = ray.put(work.job)
        self._remote = ray.remote(num_cpus=1, max_retries=0)(_review)
        self._tasks: dict[Any, Task] = {}
        self._tries: Counter[Task] = Counter()
        self._losses: Counter[Task] = Counter()

    def run(self) -> Generator[Done, None, None]:
        waiting = iter(self._work.tasks)
        exhausted = False
        while True:
            while not exhausted and len(self._tasks) < self._room():
                task = next(waiting, None)
                exhausted = task is None
                if task is not None:
                    self._send(task)
            if not self._tasks:
                return
            done, _ = self._ray.wait([*self._tasks], num_returns=1, timeout=_LOOK_S)
            for reference in done:
                yield from self._came_of(reference, self._tasks.pop(reference))

    def _room(self) -> int:
        """How many tasks may be in flight, with the machines that are there now."""
        processors = int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, processors) * _AHEAD

    def _send(self, task: Task) -> None:
        self._tasks[self._remote.remote(self._job, task)] = task

    def _came_of(self, reference: Any, task: Task) -> Generator[Done, None, None]:
        """The outcome of a task that is over; nothing where it is sent once more."""
        errors = self._ray.exceptions
        try:
            outcome = self._ray.get(reference)
            if outcome is None and is_still(task.path, task.stat):
                raise CallreviewError(
                    f"a machine of the cluster does not see {task.path} as it is here",
                    hint="mount the calls under the same path on every machine",
                )
            yield task, outcome
        except (errors.NodeDiedError, errors.ObjectLostError, errors.LocalRayletDiedError):
            self._losses[task] += 1
            if self._losses[task] > _MOST_LOSSES:
                raise CallreviewError("the machines of the cluster go down one after another") from None
            self._send(task)
        except errors.OutOfMemoryError:
            yield task, too_much_memory(self._work.job, task)
        except errors.WorkerCrashedError:
            self._tries[task] += 1
            if self._tries[task] < _MOST_TRIES:
                self._send(task)
            else:
                yield task, death(self._work.job, task, _KILLED)
        except errors.RayTaskError as error:
            yield task, defect(task, error.cause)


def _joined(address: str | None) -> Any:
    """Ray, joined to a cluster; UsageError with the way out where that cannot be done."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError:
        raise UsageError("--engine ray needs Ray", hint="pip install 'callreview[ray]'") from None
    try:
        _knock(address)
        ray.init(address=address or "auto", logging_level=logging.ERROR, log_to_driver=False)
    except (OSError, RuntimeError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        hint = "'ray start --head' begins a cluster; --address HOST:PORT names one; its token must be on this machine"
        raise UsageError(f"no Ray cluster at {address or 'this machine'}: {reason}", hint=hint) from None
    return ray


def _knock(address: str | None) -> None:
    """OSError where nobody listens at HOST:PORT, for which Ray itself would wait for minutes."""
    host, colon, port = (address or "").rpartition(":")
    if colon and port.isdecimal() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=_KNOCK_S).close()


@cache
def _worker(job: Job) -> Worker:
    """The worker that this process is: it compiles the playbook once, and then minds its limits."""
    worker = Worker(job)
    limit_memory(job.memory_limit)
    return worker


def _review(job: Job, task: Task) -> FileOutcome | None:
    return _worker(job).review(task)
