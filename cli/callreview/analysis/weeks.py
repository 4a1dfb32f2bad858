"""Weeks as ISO 8601 counts them: from Monday to Sunday, named such as 2026-W47."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_NAME = re.compile(r"(\d{4})-?[Ww](\d{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class IsoWeek:
    """One week, known by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> IsoWeek:
        """The week that holds a day."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def named(cls, name: str) -> IsoWeek:
        """The week of a name; ValueError where it is no name of a week.

        >>> IsoWeek.named("2026-W47").monday
        datetime.date(2026, 11, 16)
        """
        if not (found := _NAME.fullmatch(name.strip())):
            raise ValueError(f"no week: {name!r}")
        return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))

    def later(self, weeks: int) -> IsoWeek:
        """So many weeks later, or earlier where it is negative."""
        return IsoWeek(self.monday + timedelta(weeks=weeks))

    def __contains__(self, day: date) -> bool:
        return self.monday <= day < self.later(1).monday

    def __str__(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"
