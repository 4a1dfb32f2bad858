"""Measure `callreview batch` over a large folder: pace, memory, and the second run in which nothing has changed.

    python benchmarks/batch.py [--files 10000] [--turns 20 40 60 80 160] [--json FILE]

Each call has one of these numbers of turns, drawn by lot; 20 to 160 are calls of one to fifteen minutes.

The same files go through two `callreview check` at once, half of them each: what two cores can do at best, as these
write nothing into a ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold" / "tune"
TURNS = (20, 40, 60, 80, 160)
LOOK_S = 0.2
JOBS = 2


def main(files: int, turns: list[int], into: Path | None) -> None:
    """Measure, print and write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        halves = [folder / "calls" / half for half in ("one", "two")]
        words = make_calls(halves, files, turns)
        single_s, _ = timed([[*callreview("check"), str(half), "-q"] for half in halves])
        line = [*callreview("batch"), str(folder / "calls"), "--store", str(folder / "calls.db"), "--settle", "0"]
        line += ["--jobs", str(JOBS)]
        batch_s, memory = timed([line])
        again_s, _ = timed([line])
        store = (folder / "calls.db").stat().st_size
    results = {
        "calls": files,
        "words a call": round(words / files),
        "two processes, s": round(single_s, 1),
        "two processes, calls a minute": round(files / single_s * 60),
        f"batch with {JOBS} workers, s": round(batch_s, 1),
        f"batch with {JOBS} workers, calls a minute": round(files / batch_s * 60),
        "batch against two processes (at least 0.8)": round(single_s / batch_s, 2),
        "batch, peak memory of all its processes, MB": round(memory / 1e6),
        "second run, nothing changed, s": round(again_s, 1),
        "ledger, KB a call": round(store / files / 1e3, 1),
    }
    text = json.dumps(results, indent=1)
    print(text)
    if into:
        into.write_text(f"{text}\n", encoding="utf-8")


def make_calls(folders: list[Path], count: int, lengths: list[int]) -> int:
    """Calls put together from turns of the project's own ones, always the same; how many words they have."""
    chance = random.Random(1)
    said = [line for file in sorted(GOLD.glob("*.txt")) for line in spoken(file.read_text(encoding="utf-8"))]
    for folder in folders:
        folder.mkdir(parents=True)
    words = 0
    for number in range(count):
        turns = chance.choices(said, k=chance.choice(lengths))
        text = "\n".join(f"{('Rep', 'Buyer')[n % 2]}: {turn}" for n, turn in enumerate(turns))
        words += len(text.split()) - len(turns)
        (folders[number % len(folders)] / f"{number:06}.txt").write_text(f"{text}\n", encoding="utf-8")
    return words


def spoken(text: str) -> Iterator[str]:
    """What is said in a transcript of lines such as `Name: text`."""
    for line in text.splitlines():
        _, colon, words = line.partition(": ")
        if colon and words.strip():
            yield words.strip()


def callreview(command: str) -> list[str]:
    """The command as a new process."""
    return [sys.executable, "-m", "callreview", command]


def timed(lines: list[list[str]]) -> tuple[float, int]:
    """Seconds until all of them are done, and the bytes that they and their children held at most."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "cli")}
    began = time.monotonic()
    running = [
        subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) for line in lines
    ]
    peak = 0
    while any(process.poll() is None for process in running):
        peak = max(peak, sum(held(process.pid) for process in running))
        time.sleep(LOOK_S)
    wrong = [process.returncode for process in running if process.returncode]
    assert not wrong, f"ended with {wrong}"
    return time.monotonic() - began, peak


def held(session: int) -> int:
    """The bytes of memory that the processes of a session hold now, pages that they share counted in each."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(") ")[2].split()
            if int(fields[3]) == session:
                pages += int(fields[21])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--turns", type=int, nargs="+", default=TURNS)
    parser.add_argument("--json", dest="into", type=Path)
    main(**vars(parser.parse_args()))
