"""From reviews to a week: counts by rep, prompt and week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from callreview.analysis.listening import SEVERITIES, to_listen
from callreview.analysis.shares import change
from callreview.analysis.standings import prompts_of, standing
from callreview.analysis.talks import going_well, work_on
from callreview.analysis.week import (
    BEFORE,
    Figures,
    IndicatorWeek,
    PromptWeek,
    RepWeek,
    RubricUse,
    Tally,
    Violated,
    Week,
    trend_weeks,
)
from callreview.analysis.weeks import IsoWeek
from callreview.store.records import ReviewRecord

DISCOVERY = "discovery"


def a_week(reviews: Iterable[ReviewRecord], week: IsoWeek, *, team: str | None = None, rep: str | None = None) -> Week:
    """The week of a team, of a rep, or of everybody, from the latest review of each call.

    Calls out of the trend's weeks are passed over; those without a date, and in this week those in which nobody is
    known to sell, are counted.
    """
    known = _latest(reviews)
    wanted = [r for r in known if _is_wanted(r, team, rep)]
    span = trend_weeks(week)
    dated = sorted(
        (r for r in wanted if r.call.date and span[0].monday <= r.call.date < week.later(1).monday),
        key=lambda r: (r.call.date, r.call.id),
    )
    weeks = _by_week(dated, span)
    now = weeks[-1]
    return Week(
        week=week,
        team=team,
        rep=rep,
        calls=len(now),
        without_rep=sum(r.call.rep is None for r in known if r.call.date and r.call.date in week),
        without_date=sum(r.call.date is None for r in wanted),
        everybody=_figures(weeks),
        reps=_reps(weeks),
        listen=to_listen(now, str(week)),
        rubrics=_rubrics(now, _joined(weeks[-1 - BEFORE : -1])),
        reviews=tuple(dated),
    )


def _latest(reviews: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    """The review that the ledger took last of each call; of equals, the one that comes last."""
    latest: dict[str, ReviewRecord] = {}
    for review in reviews:
        known = latest.get(review.call.id)
        if known is None or not (known.reviewed_at and review.reviewed_at and review.reviewed_at < known.reviewed_at):
            latest[review.call.id] = review
    return list(latest.values())


def _is_wanted(review: ReviewRecord, team: str | None, rep: str | None) -> bool:
    seller = review.call.rep
    if seller is None:
        return team is None and rep is None
    return (team is None or seller.team == team) and (rep is None or seller.name == rep)


def _by_week(reviews: Iterable[ReviewRecord], span: Sequence[IsoWeek]) -> list[list[ReviewRecord]]:
    weeks: dict[IsoWeek, list[ReviewRecord]] = {week: [] for week in span}
    for review in reviews:
        assert review.call.date is not None
        weeks[IsoWeek.of(review.call.date)].append(review)
    return list(weeks.values())


def _joined(weeks: Iterable[Iterable[ReviewRecord]]) -> list[ReviewRecord]:
    return [review for week in weeks for review in week]


# --- figures ----------------------------------------------------------------------------------------------------------


def _figures(weeks: Sequence[Sequence[ReviewRecord]]) -> Figures:
    now, before = weeks[-1], _joined(weeks[-1 - BEFORE : -1])
    return Figures(
        calls=len(now),
        calls_before=len(before),
        prompts=tuple(_prompt(prompt, weeks) for prompt in prompts_of(_joined(weeks))),
        indicators=tuple(_indicator(name, now, before) for name in _indicator_names([*before, *now])),
    )


def _prompt(which: tuple[int, str], weeks: Sequence[Sequence[ReviewRecord]]) -> PromptWeek:
    number, prompt = which
    now, before = standing(prompt, weeks[-1]), standing(prompt, _joined(weeks[-1 - BEFORE : -1]))
    return PromptWeek(
        prompt=prompt,
        number=number,
        now=now,
        before=before,
        change=change(now.sound, before.sound),
        trend=tuple(standing(prompt, week) for week in weeks),
    )


def _indicator_names(reviews: Iterable[ReviewRecord]) -> list[str]:
    """In the order of the playbook, that of the latest call first."""
    return list(dict.fromkeys(name for r in reversed(list(reviews)) for name in r.indicators))


def _indicator(name: str, now: Sequence[ReviewRecord], before: Sequence[ReviewRecord]) -> IndicatorWeek:
    return IndicatorWeek(
        name=name,
        now=_tally(name, now),
        before=_tally(name, before),
        discovery=_tally(name, _discovery(now)),
        discovery_before=_tally(name, _discovery(before)),
    )


def _discovery(reviews: Iterable[ReviewRecord]) -> list[ReviewRecord]:
    return [r for r in reviews if r.moment == DISCOVERY]


def _tally(name: str, reviews: Iterable[ReviewRecord]) -> Tally:
    """Calls whose playbook did not count it are not among the calls."""
    counts = [r.indicators[name] for r in reviews if name in r.indicators]
    return Tally(calls=len(counts), total=sum(counts), calls_with=sum(count > 0 for count in counts))


def _rubrics(now: Sequence[ReviewRecord], before: Sequence[ReviewRecord]) -> tuple[RubricUse, ...]:
    """The oldest first."""
    earlier = {r.call.id for r in before}
    by_rubric: dict[tuple[str, str, str, str], list[ReviewRecord]] = {}
    for r in (*before, *now):
        key = (r.rubric_id, r.rubric_version, r.rubric_digest, r.program_version)
        by_rubric.setdefault(key, []).append(r)
    return tuple(
        RubricUse(
            id=key[0],
            version=key[1],
            digest=key[2],
            program=key[3],
            calls=len(judged) - sum(r.call.id in earlier for r in judged),
            calls_before=sum(r.call.id in earlier for r in judged),
            since=min(r.call.date for r in judged if r.call.date),
        )
        for key, judged in by_rubric.items()
    )


# --- reps -------------------------------------------------------------------------------------------------------------


def _reps(weeks: Sequence[Sequence[ReviewRecord]]) -> tuple[RepWeek, ...]:
    """Those who sold in a call of this week."""
    names = sorted({r.call.rep.name for r in weeks[-1] if r.call.rep}, key=lambda name: (name.casefold(), name))
    return tuple(_rep(name, [[r for r in week if _sells(r, name)] for week in weeks]) for name in names)


def _sells(review: ReviewRecord, name: str) -> bool:
    return review.call.rep is not None and review.call.rep.name == name


def _rep(name: str, weeks: Sequence[Sequence[ReviewRecord]]) -> RepWeek:
    now = weeks[-1]
    seller = now[-1].call.rep
    violations = tuple(Violated(call=r.call, violation=v) for r in now for v in r.violations)
    well = going_well(weeks)
    return RepWeek(
        name=name,
        team=seller.team if seller else None,
        figures=_figures(weeks),
        violations=tuple(sorted(violations, key=lambda v: SEVERITIES.index(v.violation.severity))),
        going_well=well,
        work_on=work_on(weeks, violations, well),
        reviews=tuple(now),
    )
