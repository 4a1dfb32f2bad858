"""The manager's week as one HTML file: heat map, trends, reps, and a page of each call.

The pages of the calls stand in the file as data and become part of the document only when one is opened, so that
many calls cost little.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from callreview.analysis.listening import SEVERITIES, ToListen
from callreview.analysis.shares import Share
from callreview.analysis.week import Cited, Figures, PromptWeek, RepWeek, Standing, Talk, Violated, Week
from callreview.analysis.weeks import IsoWeek
from callreview.assessment.review import Review
from callreview.reports import week_words as words
from callreview.reports.callpage import page_of
from callreview.reports.charts import trend
from callreview.reports.html import environment, render
from callreview.reports.tables import Table
from callreview.store.records import CallRecord, QuoteRecord, ReviewRecord

STYLES, SCRIPTS = ("base.css", "call.css", "week.css"), ("find.js", "week.js")

BANDS = 4
"""Colours of the heat map: a quarter of the calls each."""

MOVING = 4
"""Weeks that a point of a rep's trend holds: one week of one rep is too little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView:
    """A call of the week or of the weeks before: its record, and the review to show.

    `whole` is whether the review's call is the transcript, or what was quoted of it only.
    """

    record: ReviewRecord
    review: Review
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellView:
    """One cell of the heat map; `band` is from 0 to 3, None where n is too small."""

    text: str
    n: int
    band: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of the heat map; `link` leads to the rep."""

    name: str
    link: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendView:
    """A prompt week by week, as a picture and in words."""

    name: str
    words: str
    svg: Markup | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A quote, and the link to its place in the call."""

    id: str
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkView:
    """One thing to talk about."""

    label: str
    words: str
    quote: QuoteView | None
    line: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationView:
    """One violation."""

    severity: str
    title: str
    instead: str
    quote: QuoteView


@dataclass(frozen=True, slots=True, kw_only=True)
class RepView:
    """All about one rep."""

    id: str
    name: str
    about: str
    prompts: Table
    indicators: Table
    talks: tuple[TalkView, ...]
    violations: tuple[ViolationView, ...]
    trends: tuple[TrendView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenView:
    """One call to listen to."""

    link: str
    name: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One call in the list of all; `levels` are those of the eight prompts in their order."""

    id: str
    name: str
    date: str
    week: str
    rep: str
    moment: str
    levels: tuple[str, ...]
    violations: int
    worst: str
    score: str
    is_now: bool


def page(week: Week, calls: Sequence[CallView], *, ranked: bool = False, also: tuple[str, ...] = ()) -> str:
    """The page; `calls` are those that it can open, and `also` are notes of whoever asks."""
    return render(
        "week.html",
        styles=STYLES,
        scripts=SCRIPTS,
        title=words.title(week),
        scope=words.scope(week),
        purpose=words.PURPOSE,
        key=words.table_key(),
        notes=[note.strip() for note in (*also, *words.notes(week))],
        listen=[_listen(one) for one in week.listen],
        prompts=[f"{p.number} {words.name(p.prompt)}" for p in week.everybody.prompts],
        heat=[
            _row(words.EVERYBODY, "everybody", week.everybody),
            *(_row(r.name, _rep_id(i), r.figures) for i, r in enumerate(week.reps)),
        ],
        everybody=words.prompt_table(week.everybody),
        indicators=words.indicator_table(week.everybody),
        lines=[_trend(p, week.weeks, 1) for p in week.everybody.prompts],
        weeks=[str(w) for w in week.weeks],
        now=str(week.week),
        board=words.leaderboard(week) if ranked else None,
        reps=[_rep(i, rep, week.weeks) for i, rep in enumerate(week.reps)],
        sellers=sorted({c.record.call.rep.name for c in calls if c.record.call.rep}),
        calls=[_line(call, week.week) for call in reversed(calls)],
        data=[(_call_id(call.record.call), _data(call)) for call in calls],
    )


# --- the week ---------------------------------------------------------------------------------------------------------


def _listen(one: ToListen) -> ListenView:
    call = one.review.call
    return ListenView(
        link=f"{_call_id(call)}-turn-{one.turn}", name=words.listen_words(one), kind=one.kind, reason=one.reason
    )


def _row(name: str, link: str, figures: Figures) -> RowView:
    return RowView(name=name, link=link, cells=tuple(_cell(p.now) for p in figures.prompts))


def _cell(standing: Standing) -> CellView:
    value = standing.sound.value
    band = None if value is None else min(int(value * BANDS), BANDS - 1)
    return CellView(text=words.percent(standing.sound), n=standing.n, band=band)


def _trend(prompt: PromptWeek, weeks: Sequence[IsoWeek], moving: int) -> TrendView:
    """One point for each so many weeks that end with the named one."""
    shares = [_joined(prompt.trend[max(0, i + 1 - moving) : i + 1]) for i in range(moving - 1, len(weeks))]
    names = [str(week) for week in weeks[moving - 1 :]]
    told = ", ".join(f"{week} {words.percent(share)}" for week, share in zip(names, shares, strict=True))
    return TrendView(name=f"{prompt.number} {words.name(prompt.prompt)}", words=told, svg=trend(shares, names))


def _joined(standings: Sequence[Standing]) -> Share:
    return Share(count=sum(s.sound.count for s in standings), n=sum(s.n for s in standings))


# --- reps -------------------------------------------------------------------------------------------------------------


def _rep(number: int, rep: RepWeek, weeks: Sequence[IsoWeek]) -> RepView:
    team = f"team {rep.team}, " if rep.team else ""
    return RepView(
        id=_rep_id(number),
        name=rep.name,
        about=f"{team}{rep.figures.calls} calls. {words.PURPOSE}",
        prompts=words.prompt_table(rep.figures),
        indicators=words.indicator_table(rep.figures),
        talks=tuple(_talk(label, talk) for label, talk in (("Going well", rep.going_well), ("Work on", rep.work_on))),
        violations=tuple(map(_violation, rep.violations)),
        trends=tuple(_trend(p, weeks, MOVING) for p in rep.figures.prompts),
    )


def _rep_id(number: int) -> str:
    return f"rep-{number + 1}"


def _talk(label: str, talk: Talk | None) -> TalkView:
    if talk is None:
        return TalkView(label=label, words="too few calls to say", quote=None, line=None)
    return TalkView(
        label=label, words=words.talk_words(talk), quote=_cited(talk.cited) if talk.cited else None, line=talk.line
    )


def _cited(cited: Cited) -> QuoteView:
    return _quote(cited.call, cited.quote)


def _violation(violated: Violated) -> ViolationView:
    v = violated.violation
    return ViolationView(severity=v.severity, title=v.title, instead=v.instead, quote=_quote(violated.call, v.quote))


def _quote(call: CallRecord, quote: QuoteRecord) -> QuoteView:
    return QuoteView(
        id=f"{_call_id(call)}-quote-{quote.turn}-{quote.sentence[0]}-{quote.sentence[1]}",
        where=f"{words.call_name(call)}, {words.place(quote.start_s, quote.turn)} {quote.speaker}",
        text=quote.quote,
    )


# --- calls ------------------------------------------------------------------------------------------------------------


def _call_id(call: CallRecord) -> str:
    return f"call-{call.id}"


def _line(view: CallView, now: IsoWeek) -> LineView:
    record = view.record
    day = record.call.date
    assert day is not None
    severities = [v.severity for v in record.violations]
    return LineView(
        id=_call_id(record.call),
        name=words.call_name(record.call),
        date=day.isoformat(),
        week=str(IsoWeek.of(day)),
        rep=record.call.rep.name if record.call.rep else "",
        moment=record.moment,
        levels=tuple("-" if a.level is None else str(a.level) for a in record.answers),
        violations=len(severities),
        worst=min(severities, key=SEVERITIES.index, default=""),
        score=record.status if record.percent is None else f"{record.percent:.0f} {record.status}",
        is_now=day in now,
    )


def _data(view: CallView) -> Markup:
    """The page of a call as a JSON string that can stand in a script element."""
    prefix = f"{_call_id(view.record.call)}-"
    shown = page_of(view.review, prefix)
    if not view.whole:
        shown = replace(shown, turns=tuple(turn for turn in shown.turns if turn.reasons))
    html = environment().get_template("week_call.html").render(page=shown, whole=view.whole)
    return Markup(json.dumps(html, ensure_ascii=False).replace("<", "\\u003c"))
