"""How far program and people agree, as tables for the terminal, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from textwrap import shorten
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from callreview.analysis.agreement import Agreement, Counts
from callreview.analysis.evaluate import Disagreement, Evaluation
from callreview.reports.tables import Table

LEVELS = (None, 0, 1, 2, 3)
WORST = 8
EXCERPT = 150


def tables(evaluation: Evaluation, worst: int = WORST) -> RenderableType:
    """The whole evaluation for the terminal."""
    agreement = evaluation.agreement
    made = (prompt_table(agreement), violation_table(agreement), confusion_table(agreement))
    return Group(
        *(table.on_terminal() for table in made),
        Text("\n".join(summary(agreement))),
        *_worst(evaluation.disagreements[:worst]),
    )


def prompt_table(agreement: Agreement) -> Table:
    """One row a prompt: how far the levels and the evidence agree."""
    return Table(
        title="Levels and evidence",
        columns=("prompt", "exact", "±1", "n/a", "kappa", "95 %", "ev P", "ev R", "ev F1", "turns"),
        rows=tuple(
            (
                prompt,
                *map(_figure, (a.exact, a.within_one, a.na_agree, a.kappa)),
                _interval(a.kappa_interval),
                *map(_figure, (a.evidence.precision, a.evidence.recall, a.evidence.f1)),
                str(a.evidence.tp + a.evidence.fn),
            )
            for prompt, a in agreement.prompts.items()
        ),
    )


def violation_table(agreement: Agreement) -> Table:
    """One row a kind of violation: right, false, missed."""
    return Table(
        title="Violations",
        columns=("violation", "right", "false", "missed"),
        rows=tuple((kind, str(c.tp), str(c.fp), str(c.fn)) for kind, c in agreement.violation_kinds.items()),
    )


def confusion_table(agreement: Agreement) -> Table:
    """One row a prompt and level of people's: how many calls the program gave which level."""
    return Table(
        title="People's level (rows) against the program's",
        columns=("prompt", "people", *map(_level, LEVELS)),
        rows=tuple(
            (
                prompt if people is None else "",
                _level(people),
                *(str(a.confusion.get((people, x), "·")) for x in LEVELS),
            )
            for prompt, a in agreement.prompts.items()
            for people in LEVELS
        ),
    )


def summary(agreement: Agreement) -> list[str]:
    """The figures of the whole set, with counts and intervals."""
    a = agreement
    cells = 8 * a.calls
    return [
        f"{a.calls} calls, {cells} levels: exact {a.exact:.3f} {_interval(a.exact_interval)}, "
        f"within one {a.within_one:.3f}",
        f"mean quadratic weighted kappa {_figure(a.mean_kappa)} {_interval(a.mean_kappa_interval)}, "
        f"mean evidence F1 {a.mean_evidence_f1:.3f}",
        f"violations: {_rates(a.violations)}; clean calls flagged {a.clean_calls_flagged} of {a.clean_calls}",
        f"autonomy: {_rates(a.autonomy)}; moment {a.moment:.2f}, upsell {a.upsell:.2f} of calls right",
    ]


def as_dict(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation for machines."""
    a = evaluation.agreement
    return {
        "schema": "callreview.evaluation/1",
        "calls": a.calls,
        "exact": a.exact,
        "exact_interval": a.exact_interval,
        "within_one": a.within_one,
        "mean_kappa": a.mean_kappa,
        "mean_kappa_interval": a.mean_kappa_interval,
        "mean_evidence_f1": a.mean_evidence_f1,
        "prompts": {
            name: {
                "exact": p.exact,
                "within_one": p.within_one,
                "na_agree": p.na_agree,
                "kappa": p.kappa,
                "kappa_interval": p.kappa_interval,
                "calls_with_level": p.both,
                "evidence": _counts(p.evidence),
                "confusion": [
                    {"people": x, "program": y, "calls": n}
                    for (x, y), n in sorted(p.confusion.items(), key=lambda c: str(c[0]))
                ],
            }
            for name, p in a.prompts.items()
        },
        "violations": _counts(a.violations),
        "violation_kinds": {kind: _counts(c) for kind, c in a.violation_kinds.items()},
        "clean_calls": a.clean_calls,
        "clean_calls_flagged": a.clean_calls_flagged,
        "autonomy": _counts(a.autonomy),
        "moment": a.moment,
        "upsell": a.upsell,
        "disagreements": [_disagreement(d) for d in evaluation.disagreements],
    }


def _disagreement(d: Disagreement) -> dict[str, Any]:
    return {
        "call": d.name,
        "prompt": d.prompt,
        "people": d.people,
        "program": d.program,
        "people_quotes": _people_quotes(d),
        "program_quotes": _program_quotes(d),
    }


def _people_quotes(d: Disagreement) -> list[str]:
    """The turns that people named, whole."""
    return [f"{t}: {d.call.turn(t).text}" for t in d.people_turns if t <= len(d.call.turns)]


def _program_quotes(d: Disagreement) -> list[str]:
    """The sentences that the program named."""
    return [f"{s.turn}: {d.call.quote(s.sentence)}" for s in d.review.answer(d.prompt).evidence]


def _worst(disagreements: Iterable[Disagreement]) -> Iterator[RenderableType]:
    for i, d in enumerate(disagreements):
        if i == 0:
            yield Text("\nWorst disagreements", style="bold")
        yield Text(f"{d.name} · {d.prompt}: people {_level(d.people)}, program {_level(d.program)}")
        yield Text(f"  people:  {_first(_people_quotes(d), 'no turn')}", style="dim")
        yield Text(f"  program: {_first(_program_quotes(d), 'nothing')}", style="dim")


def _first(quotes: list[str], otherwise: str) -> str:
    return shorten(quotes[0], EXCERPT, placeholder=" …") if quotes else otherwise


def _counts(counts: Counts) -> dict[str, float]:
    return {**asdict(counts), "precision": counts.precision, "recall": counts.recall, "f1": counts.f1}


def _rates(c: Counts) -> str:
    return (
        f"precision {c.precision:.2f}, recall {c.recall:.2f}, F1 {c.f1:.2f} ({c.tp} right, {c.fp} false, {c.fn} missed)"
    )


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(interval: tuple[float, float] | None) -> str:
    return "–" if interval is None else f"[{interval[0]:.2f}, {interval[1]:.2f}]"


def _level(level: int | None) -> str:
    return "n/a" if level is None else str(level)
