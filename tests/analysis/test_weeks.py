"""Weeks by their names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.weeks import IsoWeek

days = st.dates(date(1980, 1, 1), date(2100, 1, 1))


@given(day=days)
def test_a_week_is_known_by_its_name_and_holds_its_seven_days(day: date) -> None:
    week = IsoWeek.of(day)
    assert day in week
    assert IsoWeek.named(str(week)) == week
    assert [week.monday + timedelta(days=i) in week for i in range(-1, 8)] == [False, *[True] * 7, False]


@pytest.mark.parametrize(("day", "name"), [(date(2027, 1, 1), "2026-W53"), (date(2024, 12, 30), "2025-W01")])
def test_a_week_belongs_to_the_year_of_its_thursday(day: date, name: str) -> None:
    assert str(IsoWeek.of(day)) == name


@pytest.mark.parametrize("name", ["2026", "47", "2026-W60", "2026-W00", "week 3", "２０２６-W47"])
def test_what_is_no_week_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        IsoWeek.named(name)
