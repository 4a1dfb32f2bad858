"""The talk between the benchmark and a worker, a process that does one kind of work on calls.

A worker is told a file of work, makes itself ready and says what that cost; then it is told the number of a call, does
its work on it and says how many seconds of processor time that took, until nothing more is said. Only the standard
library is needed, since workers run in environments of their own.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Task:
    """Calls as the texts of their turns, the same ones as transcripts, and Matcher patterns."""

    calls: list[list[str]]
    transcripts: list[str]
    patterns: list[list[dict[str, Any]]]


def serve(prepare: Callable[[Task], Callable[[int], object]]) -> None:
    """Work until the benchmark has nothing more to say; `prepare` gives what works on the call of a number."""
    task = Task(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    begun = time.process_time()
    work = prepare(task)
    _say({"ready": time.process_time() - begun})
    for line in sys.stdin:
        gc.collect()
        begun = time.process_time()
        work(int(line))
        _say({"seconds": time.process_time() - begun})


def _say(answer: dict[str, float]) -> None:
    sys.__stdout__.write(json.dumps(answer) + "\n")
    sys.__stdout__.flush()
