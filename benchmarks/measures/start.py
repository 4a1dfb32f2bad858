"""Whole commands from nothing, with and without what an earlier run left in the cache; and two at once."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from . import calls, clock

SHORT_WORDS = 300
BARE, SPACY, HELP = "`python -c pass`", '`python -c "import spacy"`', "`callreview --help`"
SHORT_COLD, SHORT_WARM = "`check`, a short call, cold cache", "`check`, a short call, warm cache"
LONG_COLD, LONG_WARM = "`check`, 9,000 words, cold cache", "`check`, 9,000 words, warm cache"
COLD = (SHORT_COLD, LONG_COLD)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds of processor and of wall time of one command."""

    processor: clock.Sample
    wall: clock.Sample


def measure(rounds: int) -> dict[str, Start]:
    """What each command costs, the commands taking turns."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        long = calls.write(next(calls.of_words()), folder / "long.txt")
        short = calls.write(next(calls.of_words(SHORT_WORDS)), folder / "short.txt")
        commands = {
            BARE: [sys.executable, "-c", "pass"],
            SPACY: [sys.executable, "-c", "import spacy"],
            HELP: clock.callreview("--help"),
            SHORT_COLD: _check(short),
            SHORT_WARM: _check(short),
            LONG_COLD: _check(long),
            LONG_WARM: _check(long),
        }
        runs: dict[str, list[clock.Ran]] = {name: [] for name in commands}
        for _ in range(rounds + 1):
            for title, command in commands.items():
                cache = mkdtemp(dir=folder) if title in COLD else folder / "warm"
                runs[title].append(clock.run(command, XDG_CACHE_HOME=str(cache)))
    # The first round fills the caches of the system and of the program.
    return {title: _start(ran[1:]) for title, ran in runs.items()}


def _check(file: Path) -> list[str]:
    return clock.callreview("check", str(file), "--seller", calls.SELLER)


def _start(runs: list[clock.Ran]) -> Start:
    return Start(clock.Sample(tuple(r.processor for r in runs)), clock.Sample(tuple(r.wall for r in runs)))


def two_processes(files: int, rounds: int) -> dict[str, clock.Sample]:
    """Wall seconds for so many calls by one process, and by two that have half of them each."""
    with TemporaryDirectory() as name:
        halves = [Path(name) / "first", Path(name) / "second"]
        made = list(calls.of_words())
        for number in range(files):
            half = halves[number % 2]
            half.mkdir(exist_ok=True)
            calls.write(made[number % len(made)], half / f"{number:05}.txt")
        tasks = {
            "one": lambda _: _together([[str(half) for half in halves]]),
            "two": lambda _: _together([[str(half)] for half in halves]),
        }
        return clock.interleaved(tasks, rounds)


def _together(groups: list[list[str]]) -> float:
    """Wall seconds until all processes are done, one for each group of folders."""
    begun = time.perf_counter()
    commands = [clock.callreview("check", *group, "--seller", calls.SELLER, "--quiet") for group in groups]
    started = [
        subprocess.Popen(c, env=clock.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for c in commands
    ]
    for process in started:
        process.wait()
    return time.perf_counter() - begun
