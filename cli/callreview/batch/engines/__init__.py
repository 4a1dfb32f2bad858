"""Where files are reviewed: an engine takes tasks as it has room, and gives what came of each, in any order."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias

from callreview.batch.worker import Job, Task
from callreview.store.records import FileOutcome

Done: TypeAlias = tuple[Task, FileOutcome | None]
"""What came of a task; None where the file is no longer what was found."""

Engine: TypeAlias = Callable[["Work"], Generator[Done, None, None]]

ENGINES = {"local": "callreview.batch.engines.local", "ray": "callreview.batch.engines.ray"}
"""The module of each engine; its `review` is the Engine. It is imported only where it is used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an engine is given: `tasks` are pulled, never more than the engine is about to do.

    On this machine there are `jobs` at a time; `address` is where a cluster is, and tells how many there are.
    Where the generator that the engine returns is closed, what is being reviewed is left.
    """

    job: Job
    tasks: Iterable[Task]
    jobs: int
    address: str | None = None


def engine(name: str) -> Engine:
    """The engine with this name; KeyError where there is none."""
    review: Engine = import_module(ENGINES[name]).review
    return review
