"""Write docs/accuracy.md: how far to trust the program, on labelled calls and on talk that sells nothing.

    python benchmarks/accuracy.py [--more NAME=FOLDER]... [--talk FILE]...

The project's own calls and short exchanges are measured always. `--more` adds a folder of labelled calls that is not
part of the project; `--talk` adds a table of real talk (TSV or CSV with the columns `conv_id` or `dialog`, `speaker` or
`role`, `text`) on which every finding is a false alarm. In talk, half of the speakers count as sellers, the most
talkative first.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from callreview import shipped
from callreview.analysis.evaluate import evaluate
from callreview.analysis.labels import LabelledCall, read_folder
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.detection.examples import example_call
from callreview.ingest import ReadOptions, read_call
from callreview.reports.agreement import prompt_table, summary, violation_table
from callreview.reports.tables import Table
from callreview.rubric import load

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
OWN = {
    "tune (rules were written with these calls open: too good to be true)": ROOT / "tests" / "gold" / "tune",
    "blind (no rule was written from these calls)": ROOT / "tests" / "gold" / "blind",
}
FALSE_ALARM_PROMPTS = ("risk", "options", "proof", "stop_rule")
PER = 10_000


def main() -> None:
    """Measure and write the page."""
    arguments = _arguments()
    reviewer = Reviewer(load(shipped.rubrics() / "upselling"))
    more = dict(pair.split("=", 1) for pair in arguments.more)
    sets = {**OWN, **{name: Path(folder) for name, folder in more.items()}}
    parts = [(ROOT / "benchmarks" / "accuracy_intro.md").read_text(encoding="utf-8")]
    parts += [_labelled(name, folder, reviewer) for name, folder in sets.items()]
    parts.append(_exchanges(reviewer))
    if arguments.talk:
        parts.append(_talk([Path(file) for file in arguments.talk], reviewer))
    parts.append((ROOT / "benchmarks" / "accuracy_not_heard.md").read_text(encoding="utf-8"))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--more", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--talk", action="append", default=[], metavar="FILE")
    return parser.parse_args()


def _labelled(name: str, folder: Path, reviewer: Reviewer) -> str:
    agreement = evaluate(read_folder(folder), reviewer, _read).agreement
    lines = [f"## {name}", "", *(f"- {line}" for line in summary(agreement)), ""]
    for table in (prompt_table(agreement), violation_table(agreement)):
        lines += [*table.as_markdown(), ""]
    return "\n".join(lines)


def _read(labelled: LabelledCall) -> Call:
    reading = ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers)
    return read_call(labelled.transcript, options=reading)


def _exchanges(reviewer: Reviewer) -> str:
    """Levels on short exchanges, each harder than its share of a call: no two are built alike."""
    table = Table(
        title="Short exchanges",
        columns=("split", "part", "exchanges", "all right", "share"),
        rows=tuple(row for split in ("train", "held") for row in _exchange_rows(split, reviewer)),
    )
    return _section(table, "Two to seven turns each, every one a different way to say (or not to say) it.")


def _exchange_rows(split: str, reviewer: Reviewer) -> Iterator[tuple[str, ...]]:
    for file in sorted((ROOT / "tests" / "gold" / "exchanges" / split).glob("*.yaml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        right = [_is_right(exchange, data, reviewer) for exchange in data["exchanges"]]
        share = f"{sum(right) / len(right):.2f}"
        yield split, data["part"], str(len(right)), str(sum(right)), share


def _is_right(exchange: dict[str, Any], data: dict[str, Any], reviewer: Reviewer) -> bool:
    """The level is the same (n/a counts as 0), or the same violations are heard at most one turn away."""
    review = reviewer.review(example_call(exchange["talk"], "seller"))
    if "heard" not in exchange:
        wanted = 0 if exchange["level"] == "na" else int(exchange["level"])
        return (review.answer(data["part"]).level or 0) == wanted
    wanted_kinds = sorted((v["kind"], v["turn"]) for v in exchange["heard"])
    found = sorted((v.kind, v.sighting.turn) for v in review.violations)
    return len(wanted_kinds) == len(found) and all(
        kind == other and abs(turn - at) <= 1 for (kind, turn), (other, at) in zip(wanted_kinds, found, strict=True)
    )


def _talk(files: list[Path], reviewer: Reviewer) -> str:
    rows = []
    totals: Counter[str] = Counter()
    for file in files:
        counts = _false_alarms(file, reviewer)
        totals += counts
        rows.append(_alarm_row(file.stem, counts))
    rows.append(_alarm_row("all", totals))
    columns = ("talk", "words", "violations", *FALSE_ALARM_PROMPTS)
    table = Table(title="Talk that sells nothing", columns=columns, rows=tuple(rows))
    return _section(table, f"Findings per {PER:,} words, with their counts in brackets.")


def _alarm_row(name: str, counts: Counter[str]) -> tuple[str, ...]:
    words = counts["words"]
    rates = (f"{PER * counts[key] / words:.2f} ({counts[key]})" for key in ("violations", *FALSE_ALARM_PROMPTS))
    return (name, f"{words:,}", *rates)


def _false_alarms(file: Path, reviewer: Reviewer) -> Counter[str]:
    counts: Counter[str] = Counter()
    for call in _conversations(file):
        review = reviewer.review(call)
        counts["words"] += sum(len(turn.text.split()) for turn in call.turns)
        counts["violations"] += len(review.violations)
        for prompt in FALSE_ALARM_PROMPTS:
            counts[prompt] += bool(review.answer(prompt).level)
    return counts


def _conversations(file: Path) -> Iterator[Call]:
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    tabbed = file.suffix == ".tsv"
    csv.field_size_limit(10_000_000)
    with file.open(encoding="utf-8", newline="") as stream:
        quoting = csv.QUOTE_NONE if tabbed else csv.QUOTE_MINIMAL
        for row in csv.DictReader(stream, delimiter="\t" if tabbed else ",", quoting=quoting):
            if row["text"] and row["text"].strip():
                name = row.get("speaker") or row.get("role") or "someone"
                said[row.get("conv_id") or row["dialog"]].append((name, row["text"].strip()))
    for key, lines in said.items():
        yield _call(key, lines)


def _call(key: str, lines: list[tuple[str, str]]) -> Call:
    words: Counter[str] = Counter()
    for name, text in lines:
        words[name] += len(text.split())
    ranked = sorted(words, key=lambda name: (-words[name], name))
    sides = {name: Side.BUYER if i % 2 else Side.SELLER for i, name in enumerate(ranked)}
    return Call(
        id=key,
        title=key,
        format="table",
        turns=tuple(Turn(number=i, speaker=name, text=text) for i, (name, text) in enumerate(lines, start=1)),
        speakers=tuple(Speaker(name=n, side=side, side_from=SideSource.OPTION) for n, side in sides.items()),
    )


def _section(table: Table, intro: str) -> str:
    return "\n".join([f"## {table.title}", "", intro, "", *table.as_markdown(), ""])


if __name__ == "__main__":
    main()
