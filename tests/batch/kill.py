"""Kill a run again and again, wherever it is, and see that the ledger ends as that of a run that nobody disturbed.

    python tests/batch/kill.py --kills 200

Each time the whole family of processes is killed with SIGKILL, at a moment that is drawn anew, and begun again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from callreview.store.ledger import open_ledger

ROOT = Path(__file__).parents[2]
SOME_NOT_REVIEWED = 3
SMALL = ROOT / "tests" / "fixtures" / "rubrics" / "small"
WORDS = "renewal tickets dashboards seats audits exports logins roadmap budget pilot onboarding backups".split()


def make_calls(folder: Path, calls: int, *, seed: int) -> None:
    """Calls that differ; some that cannot be read, and some whose talk lies in two files."""
    chance = random.Random(seed)
    for n in range(calls):
        lines = [f"{side}: {' '.join(chance.choices(WORDS, k=12))}." for _ in range(6) for side in ("Rep", "Buyer")]
        text = "\n".join(lines) if n % 10 else "Dana: Hello.\nSam: Hello.\n"
        (folder / f"{n:05}.txt").write_text(text)
        if n % 15 == 7:
            (folder / f"copy-{n:05}.txt").write_text(f"{text}\n\n")


def command(folder: Path, store: Path, *more: str) -> list[str]:
    """A run with a small playbook, so that much happens in little time."""
    options = ["--settle", "0", "--jobs", "2", "--rubric", str(SMALL), "--log-format", "json"]
    return [sys.executable, "-m", "callreview", "batch", str(folder), "--store", str(store), *options, *more]


def begun(line: list[str]) -> subprocess.Popen[bytes]:
    """The run as a family of processes of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "cli")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(line, env=environment, start_new_session=True, **quiet)


def kill(run: subprocess.Popen[bytes]) -> None:
    """End all processes of a run at once."""
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def held(store: Path) -> list[str]:
    """All that a ledger holds, apart from its runs."""
    with open_ledger(store, create=False) as ledger:
        return list(ledger.dump())


def undisturbed(folder: Path, store: Path) -> tuple[list[str], float]:
    """What a run leaves that nobody kills, and how long it takes in seconds."""
    began = time.monotonic()
    status = begun(command(folder, store)).wait()
    assert status == SOME_NOT_REVIEWED, f"the run ended with {status}"
    return held(store), time.monotonic() - began


def disturbed(folder: Path, stores: Path, *, kills: int, span_s: float, seed: int) -> Iterator[list[str]]:
    """Kill so many runs; what each ledger holds once a run over it was quicker than its killer, and that of the last.

    A run that is done leaves nothing to disturb, so that the next one begins a ledger of its own.
    """
    chance = random.Random(seed)
    names = (stores / f"{n}.db" for n in count())
    store, hits = next(names), 0
    while hits < kills:
        run = begun(command(folder, store))
        try:
            run.wait(timeout=chance.uniform(0, span_s))
        except subprocess.TimeoutExpired:
            kill(run)
            hits += 1
            print(f"\r{hits} of {kills} kills", end="", file=sys.stderr, flush=True)
        else:
            assert run.returncode in (0, SOME_NOT_REVIEWED), f"the run ended with {run.returncode}"
            yield held(store)
            store = next(names)
    begun(command(folder, store)).wait()
    yield held(store)


def main(kills: int, calls: int, seed: int) -> int:
    """Print what came of it; 1 where a ledger is not as it must be."""
    with tempfile.TemporaryDirectory() as name:
        folder, stores = Path(name, "inbox"), Path(name, "stores")
        folder.mkdir()
        stores.mkdir()
        make_calls(folder, calls, seed=seed)
        wanted, span_s = undisturbed(folder, stores / "undisturbed.db")
        print(f"an undisturbed run: {span_s:.1f} s, {len(wanted):,} rows", file=sys.stderr)
        ledgers = list(disturbed(folder, stores, kills=kills, span_s=span_s, seed=seed))
        wrong = sum(ledger != wanted for ledger in ledgers)
    print(f"\n{kills} kills, {len(ledgers)} ledgers, {wrong} other than undisturbed")
    return int(wrong > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    sys.exit(main(**vars(parser.parse_args())))
