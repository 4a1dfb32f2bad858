"""Where the time of a call goes.

What can be called by itself is timed by itself: reading, hearing, assessing, printing. Hearing is split by looking, at
every tick of processor time, at what is being run, so that nothing of it has to be rebuilt here, nor the program hold
clocks. Looking is by folder, module and function, so a new module of detection is first counted as `other`.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from callreview.assessment.assess import assess
from callreview.conversation import Call
from callreview.detection.detect import Detector
from callreview.detection.words import pipeline, spoken
from callreview.ingest import ReadOptions, read_call
from callreview.reports.jsonl import line
from callreview.rubric import Rubric

from . import calls, clock

TICK = 0.001
WORDS, AMOUNTS, ANCHORS, PATTERNS, CONTEXTS = (
    "words and sentences", "amounts and dates", "anchors", "patterns", "contexts"
)  # fmt: skip
OTHER = "other detection"
# From the innermost frame outwards, the first of these tells the stage; None stands for any function of the module.
STAGES: dict[tuple[str, str | None], str] = {
    ("words", None): WORDS,
    ("quantities", None): AMOUNTS,
    ("contexts", None): CONTEXTS,
    ("compiled", "present"): ANCHORS,
    ("patterns", "starts"): ANCHORS,
    ("patterns", "after"): PATTERNS,
    ("patterns", "search"): PATTERNS,
    ("scenes", "__init__"): ANCHORS,
}


def measure(rubric: Rubric, rounds: int) -> tuple[dict[str, clock.Sample], dict[str, float]]:
    """Seconds a call of each step that can be called by itself, and the share of hearing that each stage takes."""
    detector = Detector(rubric)
    made = list(calls.of_words())
    with TemporaryDirectory() as folder:
        files = [calls.write(said, Path(folder) / f"{n}.txt") for n, said in enumerate(made)]
        steps = _steps(detector, rubric, files)
        for warm_up in steps.values():
            warm_up(0)
        samples = clock.interleaved({name: _timed(step) for name, step in steps.items()}, rounds)
        shares = hearing_shares(detector, [_read(file) for file in files], rounds)
    return samples, shares


def _steps(detector: Detector, rubric: Rubric, files: list[Path]) -> dict[str, Callable[[int], object]]:
    read = [_read(file) for file in files]
    heard = [detector.hear(call) for call in read]
    reviews = [assess(hearing, rubric) for hearing in heard]
    tokenizer = pipeline().tokenizer
    many = len(files)
    return {
        "tokenise alone (the yardstick)": lambda n: [tokenizer(turn.text) for turn in read[n % many].turns],
        "read": lambda n: _read(files[n % many]),
        "words": lambda n: list(spoken(read[n % many])),
        "hear": lambda n: detector.hear(read[n % many]),
        "assess": lambda n: assess(heard[n % many], rubric),
        "output": lambda n: line(reviews[n % many]),
    }


def _timed(step: Callable[[int], object]) -> Callable[[int], float]:
    return lambda number: clock.worked(lambda: step(number))


def _read(file: Path) -> Call:
    return read_call(file, options=ReadOptions(sellers=(calls.SELLER,)))


def hearing_shares(detector: Detector, read: list[Call], rounds: int) -> dict[str, float]:
    """The share of each stage of hearing; they add up to 1."""
    seen: Counter[str] = Counter()
    with _looking(seen):
        for number in range(rounds):
            detector.hear(read[number % len(read)])
    total = sum(seen.values())
    return {name: seen[name] / total for name in (WORDS, AMOUNTS, ANCHORS, PATTERNS, CONTEXTS, OTHER)}


@contextmanager
def _looking(seen: Counter[str]) -> Iterator[None]:
    def look(number: int, frame: FrameType | None) -> None:
        seen[_stage(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stage(frame: FrameType | None) -> str:
    while frame is not None:
        module = frame.f_globals.get("__name__", "").removeprefix("callreview.detection.")
        found = STAGES.get((module, frame.f_code.co_name)) or STAGES.get((module, None))
        if found:
            return found
        frame = frame.f_back
    return OTHER
