"""docs/performance.md from what was measured: the targets first, then a table a question."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from callreview.reports.tables import Table

from . import calls, peers, start
from .clock import Sample
from .memory import MEGABYTE, Peak
from .peers import Pace
from .scaling import Series
from .start import Start

HERE = Path(__file__).resolve().parents[1]
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run measured."""

    phrases_shipped: int
    patterns: int
    paces: dict[str, Pace]
    steps: dict[str, Sample]
    shares: dict[str, float]
    lengths: Series
    phrases: Series
    long_turn: Series
    hostile: list[Series]
    starts: dict[str, Start]
    peaks: list[Peak]
    two_processes: dict[str, Sample]
    two_processes_calls: int


@dataclass(frozen=True, slots=True)
class Target:
    """What is wanted, what was measured (None: it was not), and where the line is."""

    wanted: str
    measured: float | None
    limit: float
    at_least: bool = False
    unit: str = "times"

    def row(self) -> tuple[str, str, str]:
        """The target, the figure, and whether it is met."""
        if self.measured is None:
            return self.wanted, "not measured", "-"
        met = self.measured >= self.limit if self.at_least else self.measured <= self.limit
        return self.wanted, f"{self.measured:,.2f} {self.unit}", "yes" if met else "**no**"


def written(results: Results, batch: object) -> str:
    """The page in Markdown; `batch` is what another benchmark measured, or None."""
    parts = [
        _prose("intro").format(machine=_machine(), noise=_noise(results)),
        *_section(_targets(results), ""),
        *_section(_beside(results), _prose("peers").format(phrases=results.phrases_shipped, patterns=results.patterns)),
        *_section(_stages(results), _prose("stages")),
        *_section(_series(results.lengths), "Whole reviews of calls in short turns, as recognisers cut speech."),
        *_section(_series(results.phrases), _prose("phrases")),
        *_section(_series(results.long_turn), "Everything that was said in all the calls, as one turn."),
        *_section(_hostile(results.hostile), _prose("hostile")),
        *_section(_starts(results.starts), "Whole commands. Wall time is what passed, on a machine that may be busy."),
        *_section(_memory(results.peaks), "Nine calls of ten have five hundred words, the tenth has nine thousand."),
        *_section(_two(results), "Wall time of the same calls, by one process and by two that have half of them each."),
        *(_section(_batch(batch), "") if batch else ()),
        _prose("next"),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _prose(name: str) -> str:
    return (HERE / f"speed_{name}.md").read_text(encoding="utf-8")


def _section(table: Table, intro: str) -> Iterator[str]:
    yield f"## {table.title}\n"
    if intro:
        yield intro.rstrip() + "\n"
    yield from table.as_markdown()
    yield ""


def _machine() -> str:
    cores = os.cpu_count()
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}, spaCy {version('spacy')}"


def _noise(results: Results) -> str:
    yardstick = results.paces[peers.YARDSTICK.script].sample
    ours = results.paces[peers.OURS.script].sample
    if yardstick is None or ours is None:
        return "unknown"
    spread = ", ".join(
        f"{title} from {min(s.seconds) * 1000:,.0f} to {max(s.seconds) * 1000:,.0f} ms (off the median by "
        f"{s.noise:.0%} in the middle)"
        for title, s in (("the tokeniser took", yardstick), ("callreview", ours))
    )
    return f"a call of {calls.CALL_WORDS:,} words: {spread}"


def _targets(results: Results) -> Table:
    ours = _pace(results, peers.OURS.script)
    starts, peak = results.starts, results.peaks[-1]
    least = min(p.bytes for p in results.peaks)
    check = starts[start.LONG_WARM].processor.median / starts[start.SPACY].processor.median
    targets = [
        Target("a call, against the tokeniser alone: at most 5", _over(ours, _pace(results, "tokenising")), 5),
        Target("faster than the usual way: at least 60", _over(_pace(results, "naive"), ours), 60, True),
        Target("faster than the plain Matcher: at least 10", _over(_pace(results, "matching"), ours), 10, True),
        Target("twice the phrases: at most 1.3", results.phrases.worst, 1.3),
        Target("twice the turns: at most 2.1", results.lengths.worst, 2.1),
        Target("twice the words of one turn, hostile or not: at most 2.1", _worst(results), 2.1),
        Target("`--help`: at most 0.35 s", starts[start.HELP].processor.median, 0.35, unit="s"),
        Target("`check` of 9,000 words, warm, against `import spacy`: at most 1.3", check, 1.3),
        Target(f"peak memory of {peak.calls:,} calls: at most 400 MB", peak.bytes / MEGABYTE, 400, unit="MB"),
        Target(f"that peak against the smallest batch's: at most {GROWTH}", peak.bytes / least, GROWTH),
    ]
    return Table(title="Targets", columns=("target", "measured", "met"), rows=tuple(target.row() for target in targets))


# What a collector of garbage may be late by, and nothing more.
GROWTH = 1.1


def _worst(results: Results) -> float | None:
    return max((s.worst for s in (results.long_turn, *results.hostile) if s.worst), default=None)


def _pace(results: Results, script: str) -> float | None:
    sample = results.paces[script].sample
    return sample.median if sample else None


def _over(one: float | None, other: float | None) -> float | None:
    return one / other if one and other else None


def _beside(results: Results) -> Table:
    yardstick, ours = _pace(results, peers.YARDSTICK.script), _pace(results, peers.OURS.script)
    return Table(
        title="Beside what else there is",
        columns=(
            "what runs",
            "calls a minute",
            "words a second",
            "of the tokeniser's time",
            "of callreview's",
            "ready",
        ),
        rows=tuple(_pace_row(pace, yardstick, ours) for pace in results.paces.values()),
    )


def _pace_row(pace: Pace, yardstick: float | None, ours: float | None) -> tuple[str, ...]:
    if pace.sample is None:
        return (pace.title, f"missing: {pace.missing}", "", "", "", "")
    seconds = pace.sample.median
    return (
        pace.title,
        f"{MINUTE / seconds:,.0f}" if seconds < 6 else f"{MINUTE / seconds:.1f}",
        f"{calls.CALL_WORDS / seconds:,.0f}",
        *(f"{seconds / other:,.2f}" if other else "-" for other in (yardstick, ours)),
        f"{pace.ready:.1f} s",
    )


def _stages(results: Results) -> Table:
    steps = results.steps
    hearing = steps["hear"]
    own: list[tuple[str, float, float | None]] = [("read", steps["read"].median, steps["read"].noise)]
    own += [(f"hear: {name}", hearing.median * share, None) for name, share in results.shares.items()]
    own += [(name, steps[name].median, steps[name].noise) for name in ("assess", "output")]
    total = sum(seconds for _, seconds, _ in own)
    tokenising = next(iter(steps.values()))
    rows = [_stage_row("tokenise alone (the yardstick)", tokenising.median, None, tokenising.noise)]
    rows += [_stage_row(name, seconds, seconds / total, noise) for name, seconds, noise in own]
    rows.append(_stage_row("all", total, 1.0, None))
    return Table(
        title="Where the time of a call goes", columns=("stage", "ms a call", "share", "± repeats"), rows=tuple(rows)
    )


def _stage_row(name: str, seconds: float, share: float | None, noise: float | None) -> tuple[str, ...]:
    shares = (f"{value:.0%}" if value is not None else "" for value in (share, noise))
    return (name, f"{seconds * 1000:,.1f}", *shares)


def _series(series: Series) -> Table:
    rows = [
        (
            f"{p.size:,}",
            f"{p.words:,}",
            f"{p.seconds * 1000:,.1f}",
            f"{p.seconds / p.words * 1e6:,.1f}",
            _twice(p.doubling),
        )
        for p in series.points
    ]
    rows += [(f"{size:,}", "", "too slow to measure", "", "") for size in series.left_out]
    columns = (series.title, "words", "ms", "µs a word", "cost of twice as much")
    return Table(title=f"Cost against {series.title}", columns=columns, rows=tuple(rows))


def _twice(ratio: float | None) -> str:
    return f"{ratio:.2f} times" if ratio else ""


def _hostile(hostile: Sequence[Series]) -> Table:
    sizes = [point.size for point in max((s.points for s in hostile), key=len)]
    rows = [
        (
            series.title,
            *(f"{p.seconds * 1000:,.0f}" for p in series.points),
            *("too slow" for _ in series.left_out),
            _twice(series.worst),
        )
        for series in hostile
    ]
    columns = ("text", *(f"{size:,} words, ms" for size in sizes), "cost of twice as much")
    return Table(title="Hostile texts", columns=columns, rows=tuple(rows))


def _starts(starts: Mapping[str, Start]) -> Table:
    spacy_alone = starts[start.SPACY].processor.median
    rows = [
        (
            title,
            f"{s.processor.median:.2f}",
            f"{min(s.processor.seconds):.2f}–{max(s.processor.seconds):.2f}",
            f"{s.wall.median:.2f}",
            f"{s.processor.median / spacy_alone:.2f}",
        )
        for title, s in starts.items()
    ]
    columns = ("command", "processor s", "from–to", "wall s", "of `import spacy`")
    return Table(title="Cold start", columns=columns, rows=tuple(rows))


def _memory(peaks: Iterable[Peak]) -> Table:
    rows = tuple((f"{p.calls:,}", f"{p.words:,}", f"{p.bytes / MEGABYTE:,.0f}") for p in peaks)
    return Table(title="Peak memory of a batch", columns=("calls", "words", "MB"), rows=rows)


def _two(results: Results) -> Table:
    one, two = results.two_processes["one"].median, results.two_processes["two"].median
    rows = (("one", f"{one:.1f}", "1.00"), ("two", f"{two:.1f}", f"{one / two:.2f}"))
    title = f"Two processes against one, {results.two_processes_calls} calls"
    return Table(title=title, columns=("processes", "wall s", "times as fast"), rows=rows)


def _batch(figures: Any) -> Table:
    """The figures of a batch as they are: a name and a value a line."""
    rows = tuple((str(name), str(value)) for name, value in dict(figures).items())
    return Table(title="A large batch", columns=("figure", "value"), rows=rows)
