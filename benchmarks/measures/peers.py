"""callreview beside what else a user could pick, on the same calls, in the same minutes.

Every one is a worker, a process of its own; they take turns, call by call. Those that take long are given less of each
call; all of them cost in proportion to the words, so the seconds are set against those.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from . import calls, clock

HERE = Path(__file__).resolve().parents[1]
WORKERS = HERE / "workers"
REQUIREMENTS = HERE / "peers"
# Enough turns that the median of a few calls is steady, few enough for what takes half a minute a call.
SLOW_TURNS = 40


@dataclass(frozen=True, slots=True)
class Worker:
    """A script of `workers/`, whether it lives in the peers' environment, and how much of each call it is given."""

    script: str
    title: str
    peer: bool = False
    turns: int | None = None


YARDSTICK = Worker("tokenising", "spaCy's tokeniser alone (the yardstick)")
OURS = Worker("reviewing", "callreview, the full playbook, file to JSON")
MATCHER = Worker("matching", "plain Matcher, the same phrases", turns=SLOW_TURNS)
NAIVE = Worker("naive", "`en_core_web_sm` a turn at a time, then a Matcher with the same phrases", True, SLOW_TURNS)
WORKERS_IN_ORDER = (
    YARDSTICK,
    OURS,
    MATCHER,
    NAIVE,
    Worker("parsing", "`en_core_web_sm` a turn at a time, no pattern at all", True, SLOW_TURNS * 3),
    Worker("politeness", "ConvoKit's politeness strategies", True, SLOW_TURNS * 3),
    Worker("contexts", "medSpaCy's context component, its own cues", True, SLOW_TURNS * 3),
)


class Missing(Exception):
    """A worker that cannot work, and why."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What a worker cost a call of `calls.CALL_WORDS` words, to begin with, or why it is missing."""

    title: str
    sample: clock.Sample | None = None
    ready: float = 0.0
    missing: str = ""


def environment(folder: Path) -> Path:
    """The peers' Python, in a virtual environment that is made where there is none."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(REQUIREMENTS / "requirements.txt")], check=False)
        subprocess.run([*install, "--no-deps", "-r", str(REQUIREMENTS / "by_themselves.txt")], check=False)
    return python


def measure(
    patterns: list[list[dict[str, object]]],
    peers: Path | None,
    rounds: int,
    workers: Sequence[Worker] = WORKERS_IN_ORDER,
) -> dict[str, Pace]:
    """The pace of each worker, by its script; `peers` is the peers' Python."""
    made = list(calls.of_words())
    with TemporaryDirectory() as folder, ExitStack() as running:
        started: dict[str, _Running] = {}
        paces: dict[str, Pace] = {}
        for worker in workers:
            try:
                started[worker.script] = running.enter_context(_started(worker, made, patterns, peers, Path(folder)))
            except Missing as why:
                paces[worker.script] = Pace(worker.title, missing=str(why))
        samples = clock.interleaved({name: it.seconds_a_call for name, it in started.items()}, rounds)
        for name, it in started.items():
            paces[name] = Pace(it.worker.title, samples[name], it.ready)
    return {worker.script: paces[worker.script] for worker in workers}


@contextmanager
def _started(
    worker: Worker,
    made: list[tuple[calls.Said, ...]],
    patterns: list[list[dict[str, object]]],
    peers: Path | None,
    folder: Path,
) -> Iterator[_Running]:
    if worker.peer and peers is None:
        raise Missing("not asked for: give `--peers FOLDER`")
    python = str(peers) if worker.peer else sys.executable
    pieces = [call[: worker.turns] for call in made]
    files = [calls.write(piece, folder / f"{worker.script}-{n}.txt") for n, piece in enumerate(pieces)]
    task = folder / f"{worker.script}.json"
    texts = [[said.text for said in piece] for piece in pieces]
    task.write_text(json.dumps({"calls": texts, "transcripts": [str(f) for f in files], "patterns": patterns}))
    complaints = folder / f"{worker.script}.err"
    with complaints.open("w") as stream:
        process = subprocess.Popen(
            [python, WORKERS / f"{worker.script}.py", task],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stream,
            text=True,
            env=clock.environment(),
        )
    with process:
        yield _Running(worker, process, [sum(said.words for said in piece) for piece in pieces], complaints)
        process.kill()


class _Running:
    """A worker that is ready."""

    def __init__(self, worker: Worker, process: subprocess.Popen[str], words: list[int], complaints: Path) -> None:
        self.worker, self._process, self._words, self._complaints = worker, process, words, complaints
        self.ready = self._answer("ready")
        self.seconds_a_call(0)

    def seconds_a_call(self, round_number: int) -> float:
        """Seconds for a call of `calls.CALL_WORDS` words, from those for what is given of one call."""
        number = round_number % len(self._words)
        assert self._process.stdin
        print(number, file=self._process.stdin, flush=True)
        return self._answer("seconds") / self._words[number] * calls.CALL_WORDS

    def _answer(self, key: str) -> float:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                return float(json.loads(line)[key])
        told = self._complaints.read_text().strip().splitlines()
        raise Missing(told[-1] if told else "it ended without a word")
