"""How far program and people agree, as tables for the terminal, Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from callreview.analysis.agreement import Agreement, Counts
from callreview.analysis.evaluate import Disagreement, Evaluation
from callreview.reports.quoting import excerpt

COLUMNS = ("prompt", "exact", "±1", "n/a", "kappa", "95 %", "ev P", "ev R", "ev F1", "turns")
LEVELS = (None, 0, 1, 2, 3)
WORST = 8


def tables(evaluation: Evaluation, worst: int = WORST) -> RenderableType:
    """The whole evaluation for the terminal."""
    agreement = evaluation.agreement
    return Group(
        _table("Levels and evidence", COLUMNS, prompt_rows(agreement)),
        _table("Violations", ("kind", "right", "false", "missed"), violation_rows(agreement)),
        _table(
            "People's level (rows) against the program's",
            ("prompt", "people", "n/a", *"0123"),
            _confusion_rows(agreement),
        ),
        Text("\n".join(summary(agreement))),
        *_worst(evaluation.disagreements[:worst]),
    )


def prompt_rows(agreement: Agreement) -> list[tuple[str, ...]]:
    """One row a prompt, as text, in the order of COLUMNS."""
    return [
        (
            prompt,
            f"{a.exact:.2f}",
            f"{a.within_one:.2f}",
            f"{a.na_agree:.2f}",
            _figure(a.kappa),
            _interval(a.kappa_interval),
            f"{a.evidence.precision:.2f}",
            f"{a.evidence.recall:.2f}",
            f"{a.evidence.f1:.2f}",
            str(a.evidence.tp + a.evidence.fn),
        )
        for prompt, a in agreement.prompts.items()
    ]


def violation_rows(agreement: Agreement) -> list[tuple[str, ...]]:
    """One row a kind of violation: right, false, missed."""
    return [(kind, str(c.tp), str(c.fp), str(c.fn)) for kind, c in agreement.violation_kinds.items()]


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
        "people_quotes": people_quotes(d),
        "program_quotes": program_quotes(d),
    }


def people_quotes(d: Disagreement) -> list[str]:
    """The turns that people named, whole."""
    return [f"{t}: {d.call.turn(t).text}" for t in d.people_turns if t <= len(d.call.turns)]


def program_quotes(d: Disagreement) -> list[str]:
    """The sentences that the program named."""
    return [f"{s.turn}: {d.call.quote(s.sentence)}" for s in d.review.answer(d.prompt).evidence]


def _worst(disagreements: tuple[Disagreement, ...]) -> Iterator[RenderableType]:
    if disagreements:
        yield Text("\nWorst disagreements", style="bold")
    for d in disagreements:
        yield Text(f"{d.name} · {d.prompt}: people {_level(d.people)}, program {_level(d.program)}")
        yield Text(f"  people:  {(people_quotes(d) or ['no turn'])[0][:150]}", style="dim")
        sightings = d.review.answer(d.prompt).evidence
        found = f"{sightings[0].turn}: {excerpt(d.call, sightings[0])}" if sightings else "nothing"
        yield Text(f"  program: {found}", style="dim")


def _confusion_rows(agreement: Agreement) -> list[tuple[str, ...]]:
    return [
        (prompt if people is None else "", _level(people), *(str(a.confusion.get((people, x), "")) for x in LEVELS))
        for prompt, a in agreement.prompts.items()
        for people in LEVELS
    ]


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, justify="left" if i == 0 else "right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _counts(counts: Counts) -> dict[str, float]:
    return {
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
    }


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
