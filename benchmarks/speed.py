"""Write docs/performance.md: how fast the program is, and what its speed and memory depend on.

    python benchmarks/speed.py [--quick] [--peers FOLDER] [--batch FILE] [--page FILE] [--json FILE]

`--peers` names the virtual environment of the peers, which is made there if it is missing; without it they are reported
as missing. `--quick` measures less of everything, to try a change. `--batch` adds the figures that
`benchmarks/batch.py --json FILE` wrote.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from measures import clock, expanding, memory, page, peers, scaling, stages, start

from callreview import shipped
from callreview.assessment.reviewer import Reviewer, load_playbook


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    rounds: int
    starts: int
    turns: tuple[int, ...]
    phrases: tuple[int, ...]
    long_turn: tuple[int, ...]
    hostile: tuple[int, ...]
    batch: tuple[int, ...]
    two_processes: int


FULL = Sizes(
    rounds=5,
    starts=5,
    turns=(10, 100, 1_000, 10_000, 100_000),
    phrases=(100, 312, 625, 1_250, 2_500, 5_000),
    long_turn=(1_000, 10_000, 100_000, 1_000_000),
    hostile=(5_000, 10_000, 20_000),
    batch=(100, 300, 1_000),
    two_processes=40,
)
QUICK = Sizes(
    rounds=3,
    starts=2,
    turns=(10, 100, 1_000, 10_000),
    phrases=(625, 1_250, 2_500),
    long_turn=(1_000, 10_000),
    hostile=(2_000, 4_000),
    batch=(10, 30),
    two_processes=6,
)


def main() -> None:
    """Measure and write the page."""
    arguments = _arguments()
    sizes = QUICK if arguments.quick else FULL
    results = measure(sizes, arguments.peers)
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(results), indent=1), encoding="utf-8")
    batch = json.loads(arguments.batch.read_text(encoding="utf-8")) if arguments.batch else None
    arguments.page.write_text(page.written(results, batch), encoding="utf-8")


def measure(sizes: Sizes, peers_folder: Path | None) -> page.Results:
    """Everything, in an order in which the small things are not disturbed by what the great ones leave behind."""
    peers_python = peers.environment(peers_folder) if peers_folder else None
    _tell("starts of commands")
    starts = start.measure(sizes.starts)
    rubric = load_playbook(shipped.rubrics() / "upselling")
    reviewer = Reviewer(rubric)
    _tell("callreview beside its peers")
    patterns = expanding.expanded(rubric)
    paces = peers.measure(patterns, peers_python, sizes.rounds)
    _tell("stages of a call")
    steps, shares = stages.measure(rubric, sizes.rounds)
    _tell("growing calls")
    lengths = scaling.lengths(reviewer, sizes.turns, sizes.rounds)
    long_turn = scaling.long_turn(reviewer, sizes.long_turn, sizes.rounds)
    hostile = scaling.hostile(reviewer, sizes.hostile, sizes.rounds)
    _tell("growing playbooks")
    phrases = scaling.phrases(rubric, sizes.phrases, sizes.rounds)
    _tell("memory of batches")
    peaks = memory.measure(sizes.batch)
    _tell("two processes")
    two = start.two_processes(sizes.two_processes, sizes.rounds // 2 + 1)
    return page.Results(
        phrases_shipped=sum(len(signal.phrases) for signal in rubric.signals.values()),
        patterns=len(patterns),
        paces=paces,
        steps=steps,
        shares=shares,
        lengths=lengths,
        phrases=phrases,
        long_turn=long_turn,
        hostile=hostile,
        starts=starts,
        peaks=peaks,
        two_processes=two,
        two_processes_calls=sizes.two_processes,
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    parser.add_argument("--batch", type=Path, metavar="FILE")
    parser.add_argument("--page", type=Path, metavar="FILE", default=clock.ROOT / "docs" / "performance.md")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def _tell(what: str) -> None:
    print(f"measuring: {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
