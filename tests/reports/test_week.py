"""The manager's week as people and machines read it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from callreview.analysis.week import Week
from callreview.analysis.weekly import a_week
from callreview.analysis.weeks import IsoWeek
from callreview.reports import week_csv, week_json, week_markdown, week_terminal
from callreview.reports import week_words as words
from callreview.store.ledger import open_ledger
from tests.ledgers.cast import REPS
from tests.ledgers.generator import MadeCall
from tests.reports.conftest import Printed

NAME = "2026-W47"


def of_week(store: Path, **wanted: str) -> Week:
    with open_ledger(store, read_only=True) as ledger:
        return a_week(ledger.reviews(undated=True), IsoWeek.named(NAME), **wanted)


@pytest.fixture(scope="module")
def week(quarter_store: Path) -> Week:
    return of_week(quarter_store)


def test_a_team_on_the_terminal(quarter_store: Path, printed: Printed, snapshot: SnapshotAssertion) -> None:
    assert printed(week_terminal.report(of_week(quarter_store, team="South"))) == snapshot


def test_a_rep_as_markdown(quarter_store: Path, snapshot: SnapshotAssertion) -> None:
    assert week_markdown.page(of_week(quarter_store, rep="Greta Olsen")) == snapshot


def test_every_rep_is_told_what_the_figures_are_for(week: Week, printed: Printed) -> None:
    text = printed(week_terminal.report(week))
    assert text.count(words.PURPOSE) == week_markdown.page(week).count(words.PURPOSE) == len(week.reps) + 1


def test_nobody_is_ranked_unless_asked(week: Week, printed: Printed) -> None:
    assert "Leaderboard" not in printed(week_terminal.report(week)) + week_markdown.page(week)
    assert "leaderboard" not in json.loads(week_json.text(week))
    ranked = [row[0] for row in words.leaderboard(week).rows]
    assert "Leaderboard" in printed(week_terminal.report(week, ranked=True))
    assert sorted(ranked) == sorted(rep.name for rep in REPS)
    assert ranked.index("Yusuf Karimi") < ranked.index("Greta Olsen") < ranked.index("Owen Pryce")


def test_the_table_for_spreadsheets_holds_the_shares_that_are_counted(
    week: Week, made_quarter: tuple[MadeCall, ...]
) -> None:
    rows = list(csv.DictReader(io.StringIO(week_csv.table(week))))
    calls = [c.truth for c in made_quarter if c.truth.week == NAME]
    checked = 0
    for row in rows:
        if row["measure"] != "sound":
            continue
        levels = [c.levels[row["name"]] for c in calls if row["rep"] in ("", c.rep)]
        applying = [level for level in levels if level is not None]
        assert int(row["n"]) == len(applying)
        if len(applying) < 5:
            assert (row["value"], row["note"]) == ("", "n too small")
        else:
            expected = sum(level >= 2 for level in applying) / len(applying)
            assert float(row["value"]) == pytest.approx(expected, abs=0.0001)
        checked += 1
    assert checked == 8 * (len(REPS) + 1)


def test_json_holds_the_levels_that_are_counted(week: Week, made_quarter: tuple[MadeCall, ...]) -> None:
    found = json.loads(week_json.text(week))
    assert found["schema"] == "callreview.week/1"
    for rep in found["reps"]:
        calls = [c.truth for c in made_quarter if c.truth.week == NAME and c.truth.rep == rep["name"]]
        for prompt in rep["prompts"]:
            assert prompt["levels"] == [sum(c.levels[prompt["id"]] == n for c in calls) for n in range(4)]
            assert len(prompt["trend"]) == 12
        assert sorted(v["kind"] for v in rep["violations"]) == sorted(k for c in calls for k, _ in c.violations)
    assert len(found["listen"]) == 5
