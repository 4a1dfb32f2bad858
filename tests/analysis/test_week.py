"""A week's figures, counted again from what is known of the made-up quarter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from callreview.analysis.week import RepWeek, Week
from callreview.analysis.weekly import a_week
from callreview.analysis.weeks import IsoWeek
from callreview.conversation import Side
from callreview.store.ledger import open_ledger
from callreview.store.records import ReviewRecord
from tests.ledgers.cast import REPS
from tests.ledgers.generator import PROMPTS, MadeCall, Truth

NAME = "2026-W47"
EARLIER = ("2026-W43", "2026-W44", "2026-W45", "2026-W46")
Quarter = tuple[MadeCall, ...]


@pytest.fixture(scope="module")
def records(quarter_store: Path) -> tuple[ReviewRecord, ...]:
    with open_ledger(quarter_store, read_only=True) as ledger:
        return tuple(ledger.reviews())


@pytest.fixture(scope="module")
def week(records: tuple[ReviewRecord, ...]) -> Week:
    return a_week(records, IsoWeek.named(NAME))


def rep(week: Week, name: str) -> RepWeek:
    return next(r for r in week.reps if r.name == name)


def truths(quarter: Quarter, *weeks: str, rep: str | None = None) -> list[Truth]:
    return [c.truth for c in quarter if c.truth.week in weeks and rep in (None, c.truth.rep)]


def counted(calls: Iterable[Truth], prompt: str) -> list[int]:
    levels = [call.levels[prompt] for call in calls]
    return [levels.count(level) for level in range(4)]


@pytest.mark.parametrize("name", [None, *(r.name for r in REPS)])
def test_levels_are_counted_rep_by_rep(week: Week, made_quarter: Quarter, name: str | None) -> None:
    figures = week.everybody if name is None else rep(week, name).figures
    now, before = truths(made_quarter, NAME, rep=name), truths(made_quarter, *EARLIER, rep=name)
    assert (figures.calls, figures.calls_before) == (len(now), len(before))
    assert [p.prompt for p in figures.prompts] == list(PROMPTS)
    for p in figures.prompts:
        assert list(p.now.levels) == counted(now, p.prompt)
        assert list(p.before.levels) == counted(before, p.prompt)
        assert p.now.n + p.now.not_applicable == len(now)


@pytest.mark.parametrize("name", [None, *(r.name for r in REPS)])
def test_changes_are_of_sound_calls_and_none_where_calls_are_few(
    week: Week, made_quarter: Quarter, name: str | None
) -> None:
    figures = week.everybody if name is None else rep(week, name).figures
    for p in figures.prompts:
        now, before = (
            counted(truths(made_quarter, NAME, rep=name), p.prompt),
            counted(truths(made_quarter, *EARLIER, rep=name), p.prompt),
        )
        if min(sum(now), sum(before)) < 5:
            assert p.change is None
        else:
            assert p.change is not None
            expected = (now[2] + now[3]) / sum(now) - (before[2] + before[3]) / sum(before)
            assert p.change.difference == pytest.approx(expected, abs=0.0001)


def test_trends_hold_twelve_weeks_the_oldest_first(week: Week, made_quarter: Quarter) -> None:
    names = [f"2026-W{number}" for number in range(36, 48)]
    assert [str(w) for w in week.weeks] == names
    for p in rep(week, "Dana Whitfield").figures.prompts:
        assert [list(s.levels) for s in p.trend] == [
            counted(truths(made_quarter, name, rep="Dana Whitfield"), p.prompt) for name in names
        ]


def test_violations_stand_with_who_said_them(week: Week, made_quarter: Quarter) -> None:
    for r in week.reps:
        expected = sorted(kind for t in truths(made_quarter, NAME, rep=r.name) for kind, _ in t.violations)
        assert sorted(v.violation.kind for v in r.violations) == expected


def test_who_has_few_calls_has_no_figures_but_something_to_talk_about(week: Week) -> None:
    few = rep(week, "Owen Pryce")
    assert few.figures.calls == 2
    assert all(p.now.sound.value is None for p in few.figures.prompts)
    assert few.work_on is not None and few.work_on.line


def test_coaching_that_took_shows_in_the_week_after(records: tuple[ReviewRecord, ...]) -> None:
    """Coached from W44 on: the eight weeks from there are better than those before, for one of the two."""
    late = a_week(records, IsoWeek.named("2026-W47"))
    sound = {}
    for name in ("Dana Whitfield", "Marek Dolan"):
        trend = next(p for p in rep(late, name).figures.prompts if p.prompt == "stop_rule").trend
        early, after = trend[:8], trend[8:]
        sound[name] = [sum(s.sound.count for s in part) / sum(s.n for s in part) for part in (early, after)]
    assert sound["Dana Whitfield"][1] - sound["Dana Whitfield"][0] > 0.4
    assert abs(sound["Marek Dolan"][1] - sound["Marek Dolan"][0]) < 0.3


def test_reps_are_in_the_order_of_their_names(week: Week) -> None:
    names = [r.name for r in week.reps]
    assert names == sorted(names) and len(names) == len(REPS)


def test_a_blocker_is_what_to_work_on_with_what_to_say_instead(week: Week, made_quarter: Quarter) -> None:
    blocked = [r for r in week.reps if any(v.violation.severity == "blocker" for v in r.violations)]
    assert blocked
    for r in blocked:
        assert r.work_on is not None and r.work_on.violated is not None
        assert r.work_on.line == r.work_on.violated.violation.instead


def test_what_goes_well_is_handled_soundly_most_often_and_shown_in_the_reps_own_words(week: Week) -> None:
    for r in week.reps:
        enough = [p for p in r.figures.prompts if p.now.sound.value is not None]
        if enough:
            assert r.going_well is not None and r.going_well.standing is not None
            assert r.going_well.standing.sound.value == max(p.now.sound.value or 0 for p in enough)
            assert r.going_well.cited is None or r.going_well.cited.quote.speaker == r.name


def test_teams_and_reps_are_filtered(records: tuple[ReviewRecord, ...], made_quarter: Quarter) -> None:
    north = a_week(records, IsoWeek.named(NAME), team="North")
    assert {r.name for r in north.reps} == {r.name for r in REPS if r.team == "North"}
    assert north.calls == sum(t.team == "North" for t in truths(made_quarter, NAME))
    one = a_week(records, IsoWeek.named(NAME), rep="Tom Abara")
    assert [r.name for r in one.reps] == ["Tom Abara"]


def test_calls_without_a_rep_or_a_date_are_counted_and_in_nobodys_figures(records: tuple[ReviewRecord, ...]) -> None:
    unknown = [replace(s, side=Side.UNKNOWN) for s in records[-1].call.speakers]
    nobody = replace(records[-1], call=replace(records[-1].call, id="nobody", speakers=tuple(unknown)))
    undated = replace(records[-1], call=replace(records[-1].call, id="undated", date=None))
    found = a_week([*records, nobody, undated], IsoWeek.named(NAME))
    assert (found.without_rep, found.without_date) == (1, 1)
    assert found.calls == sum(r.figures.calls for r in found.reps) + 1


def test_the_latest_review_of_a_call_counts_and_a_changed_playbook_is_told(records: tuple[ReviewRecord, ...]) -> None:
    last = records[-1]
    assert last.call.date and last.reviewed_at
    anew = replace(last, rubric_digest="sha256:new", rubric_version="2", reviewed_at=datetime(2027, 1, 1, tzinfo=UTC))
    for order in ([*records, anew], [anew, *records]):
        found = a_week(order, IsoWeek.of(last.call.date))
        assert [(u.version, u.calls) for u in found.rubrics] == [("1.0.0", found.calls - 1), ("2", 1)]


def test_a_week_without_calls_is_empty(records: tuple[ReviewRecord, ...]) -> None:
    found = a_week(records, IsoWeek.of(date(2030, 1, 1)))
    assert (found.calls, found.reps, found.listen, found.everybody.prompts) == (0, (), (), ())


def test_indicators_are_summed_over_the_calls_that_have_them(records: tuple[ReviewRecord, ...]) -> None:
    some = [replace(r, indicators={"problems": i % 3}) if i % 2 else r for i, r in enumerate(records)]
    found = a_week(some, IsoWeek.named(NAME))
    now = [r for r in some if r.call.date and r.call.date in found.week and r.indicators]
    (problems,) = found.everybody.indicators
    assert problems.now.calls == len(now)
    assert problems.now.total == sum(r.indicators["problems"] for r in now)
    assert problems.now.calls_with == sum(r.indicators["problems"] > 0 for r in now)
    discovery = [r for r in now if r.moment == "discovery"]
    assert problems.discovery.calls == len(discovery)
