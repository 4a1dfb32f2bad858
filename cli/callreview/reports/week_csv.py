"""The figures of a week as a table for spreadsheets and databases: one row a rep, measure and name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from callreview.analysis.shares import Change, Share
from callreview.analysis.week import Figures, IndicatorWeek, PromptWeek, Tally, Week
from callreview.reports.week_words import TOO_SMALL

COLUMNS = "week rep team measure name n value before_n before_value change change_low change_high note".split()
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(week: Week) -> str:
    """All figures; `rep` and `team` are empty in those of everybody. Shares and changes are between -1 and 1.

    Measures are `level_0` to `level_3` and `sound` of a prompt, `mean` and `calls_with` of an indicator. `value` is
    empty where n is too small.
    """
    page = io.StringIO()
    writer = csv.DictWriter(page, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for rep, team, figures in (("", "", week.everybody), *((r.name, r.team or "", r.figures) for r in week.reps)):
        whose = {"week": str(week.week), "rep": _harmless(rep), "team": _harmless(team)}
        writer.writerows(whose | row for row in _rows(figures))
    return page.getvalue()


def _rows(figures: Figures) -> Iterator[dict[str, Any]]:
    for prompt in figures.prompts:
        yield from _prompt(prompt)
    for indicator in figures.indicators:
        yield from _indicator(indicator)


def _prompt(p: PromptWeek) -> Iterator[dict[str, Any]]:
    for level in range(len(p.now.levels)):
        yield _row(f"level_{level}", p.prompt, p.now.at(level), p.before.at(level))
    yield _row("sound", p.prompt, p.now.sound, p.before.sound, p.change)


def _row(measure: str, name: str, now: Share, before: Share, change: Change | None = None) -> dict[str, Any]:
    changed = (change.difference, change.low, change.high) if change else ("", "", "")
    return {
        "measure": measure,
        "name": name,
        "n": now.n,
        "value": _figure(now.value),
        "before_n": before.n,
        "before_value": _figure(before.value),
        **dict(zip(("change", "change_low", "change_high"), changed, strict=True)),
        "note": TOO_SMALL if now.is_too_small else "",
    }


def _indicator(i: IndicatorWeek) -> Iterator[dict[str, Any]]:
    for moment, now, before in (("", i.now, i.before), ("discovery_", i.discovery, i.discovery_before)):
        yield _row(f"{moment}calls_with", i.name, now.share, before.share)
        yield _mean(f"{moment}mean", i.name, now, before)


def _mean(measure: str, name: str, now: Tally, before: Tally) -> dict[str, Any]:
    return _row(measure, name, now.share, before.share) | {
        "value": _figure(now.mean),
        "before_value": _figure(before.mean),
    }


def _figure(value: float | None) -> float | str:
    return "" if value is None else round(value, 4)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
