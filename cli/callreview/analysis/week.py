"""A week of reviews as a manager looks at it: how the eight prompts stand, whom to coach on what, what to listen to.

Counts are of calls. A prompt is handled soundly in a call that reaches `SOUND`; calls to which it does not apply are
not counted in its n. Changes compare with the four weeks before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from callreview.analysis.listening import ToListen
from callreview.analysis.shares import Change, Share
from callreview.analysis.weeks import IsoWeek
from callreview.store.records import CallRecord, QuoteRecord, ReviewRecord, ViolationRecord

SOUND = 2
BEFORE = 4
"""Weeks that this one is compared with."""

TREND = 12
"""Weeks that a trend shows, this one the last."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How often one prompt reached which level: `levels[2]` calls reached 2; to `not_applicable` it did not apply."""

    levels: tuple[int, ...]
    not_applicable: int

    @cached_property
    def n(self) -> int:
        """Calls to which the prompt applied."""
        return sum(self.levels)

    @property
    def sound(self) -> Share:
        """The share of calls in which it was handled soundly."""
        return Share(count=sum(self.levels[SOUND:]), n=self.n)

    def at(self, level: int) -> Share:
        """The share of calls that reached this level and no more."""
        return Share(count=self.levels[level] if level < len(self.levels) else 0, n=self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptWeek:
    """One prompt: this week, the weeks before, what changed, and week by week, the oldest first."""

    prompt: str
    number: int
    now: Standing
    before: Standing
    change: Change | None
    trend: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """An indicator over some calls: its sum, and in how many calls it was above zero."""

    calls: int
    total: int
    calls_with: int

    @property
    def share(self) -> Share:
        """The share of calls in which it was heard at all."""
        return Share(count=self.calls_with, n=self.calls)

    @property
    def mean(self) -> float | None:
        """What a call has of it; None where there are too few calls."""
        return None if self.share.is_too_small else self.total / self.calls


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorWeek:
    """A leading indicator in all calls and in the discovery calls, this week and the weeks before."""

    name: str
    now: Tally
    before: Tally
    discovery: Tally
    discovery_before: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted for a rep, or for everybody."""

    calls: int
    calls_before: int
    prompts: tuple[PromptWeek, ...]
    indicators: tuple[IndicatorWeek, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A quote and the call that it is from."""

    call: CallRecord
    quote: QuoteRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Violated:
    """A violation and the call that holds it."""

    call: CallRecord
    violation: ViolationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One thing to talk about with a rep: a prompt as it stands over so many weeks, or a violation.

    `cited` are the rep's own words where there are any, `line` is what to try.
    """

    prompt: str | None
    standing: Standing | None
    weeks: int
    violated: Violated | None = None
    cited: Cited | None = None
    line: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepWeek:
    """One rep; `going_well` and `work_on` are None where too little was heard."""

    name: str
    team: str | None
    figures: Figures
    violations: tuple[Violated, ...]
    going_well: Talk | None
    work_on: Talk | None
    reviews: tuple[ReviewRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricUse:
    """A playbook and program that judged calls of this week or of the weeks before, and since which call."""

    id: str
    version: str
    digest: str
    program: str
    calls: int
    calls_before: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """All of it. `reps` are in the order of their names; `reviews` are those of the trend's weeks, the latest last."""

    week: IsoWeek
    team: str | None
    rep: str | None
    calls: int
    without_rep: int
    without_date: int
    everybody: Figures
    reps: tuple[RepWeek, ...]
    listen: tuple[ToListen, ...]
    rubrics: tuple[RubricUse, ...]
    reviews: tuple[ReviewRecord, ...]

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """The weeks of the trend, the oldest first."""
        return trend_weeks(self.week)


def trend_weeks(week: IsoWeek) -> tuple[IsoWeek, ...]:
    """The weeks that a report on this week looks at, the oldest first."""
    return tuple(week.later(-back) for back in range(TREND - 1, -1, -1))
