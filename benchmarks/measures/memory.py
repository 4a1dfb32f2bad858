"""The greatest memory of a whole run, at growing numbers of calls."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from . import calls, clock, peers

MEGABYTE = 1024 * 1024
# Most calls are short, and every tenth is an hour long.
SHORT_WORDS, LONG_EVERY = 500, 10


@dataclass(frozen=True, slots=True)
class Peak:
    """The peak of a run over so many calls, in bytes."""

    calls: int
    words: int
    bytes: int


def measure(counts: Sequence[int]) -> list[Peak]:
    """Peaks of `callreview check FOLDER --format jsonl` by the number of calls in the folder."""
    return [_peak(count) for count in counts]


def _peak(count: int) -> Peak:
    short, long = list(calls.of_words(SHORT_WORDS)), list(calls.of_words())
    with TemporaryDirectory() as folder:
        words = 0
        for number in range(count):
            is_long = number % LONG_EVERY == LONG_EVERY - 1
            said = long[number // LONG_EVERY % len(long)] if is_long else short[number % len(short)]
            words += sum(turn.words for turn in said)
            calls.write(said, Path(folder) / f"{number:05}.txt")
        return Peak(count, words, _run(folder))


def _run(folder: str) -> int:
    """The peak as the run itself tells it: what a parent is told of a child counts the parent's own size too."""
    command = [sys.executable, str(peers.WORKERS / "peak.py"), "check", folder, "--seller", calls.SELLER]
    done = subprocess.run(
        [*command, "--format", "jsonl", "--quiet"],
        env=clock.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    peak, status = done.stderr.strip().splitlines()[-1].split()
    if status != "0":
        raise RuntimeError(f"callreview check ended with {status}: {done.stderr}")
    return int(peak)
