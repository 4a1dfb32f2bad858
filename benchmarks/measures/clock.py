"""Time that was worked, not time that passed: other programs on the machine cost a measured one little.

Seconds are of processor time, user and system, of all threads, unless they are called wall time.
"""

from __future__ import annotations

import gc
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parents[2]
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_NOT_INHERITED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of the same work, repeated."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def noise(self) -> float:
        """The median distance from the median, as a share of it."""
        return statistics.median(abs(s - self.median) for s in self.seconds) / self.median


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command cost: seconds of processor and of wall time."""

    processor: float
    wall: float


def worked(work: Callable[[], object]) -> float:
    """Seconds that some work takes; what earlier work left behind is cleaned up before."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def interleaved(
    tasks: Mapping[str, Callable[[int], float]], rounds: int, budget: float = float("inf")
) -> dict[str, Sample]:
    """Each task once a round, A B A B, so that a machine that slows down slows all of them.

    A task gets the number of the round and gives the seconds that it took; one that has used up its budget of
    seconds sits out the other rounds.
    """
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds):
        for name, task in tasks.items():
            if sum(taken[name]) < budget:
                taken[name].append(task(number))
    return {name: Sample(tuple(seconds)) for name, seconds in taken.items()}


def doubling(cost: float, times: float) -> float:
    """What a doubling costs where `times` as much costs `cost` times as much.

    >>> doubling(100.0, 10.0)
    4.0
    """
    return float(2 ** (math.log(cost) / math.log(times)))


def environment(**more: str) -> dict[str, str]:
    """The environment of children: this source, one thread a library, compiled modules kept as for any program."""
    inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
    return {**inherited, **dict.fromkeys(_THREADS, "1"), "PYTHONPATH": str(ROOT / "cli"), **more}


def run(command: Sequence[str], **more: str) -> Ran:
    """Run a command to its end; `more` joins its environment. Raises RuntimeError where it fails."""
    begun = time.perf_counter()
    with TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            command, env=environment(**more), stdout=subprocess.DEVNULL, stderr=complaints, cwd=ROOT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            complaints.seek(0)
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {complaints.read()}")
    return Ran(used.ru_utime + used.ru_stime, time.perf_counter() - begun)


def callreview(*arguments: str) -> list[str]:
    """The command line of this program, from its source."""
    return [sys.executable, "-m", "callreview", *arguments]
