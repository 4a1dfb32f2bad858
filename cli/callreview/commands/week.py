"""`callreview week`: what a manager listens to and coaches this week, from the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from callreview.analysis.week import Week
    from callreview.analysis.weeks import IsoWeek
    from callreview.reports.week_redaction import WeekRedaction
    from callreview.store.records import ReviewRecord


class Format(StrEnum):
    """How the week is printed."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    HTML = "html"


class Transcripts(StrEnum):
    """Of which calls the HTML page holds the transcript."""

    WEEK = "week"
    ALL = "all"
    NONE = "none"


WeekName = Annotated[
    str | None,
    typer.Argument(metavar="WEEK", help="Such as 2026-W47; without it, the last whole week.", show_default=False),
]
Team = Annotated[str | None, typer.Option(help="Only the calls of this team.", show_default=False)]
Rep = Annotated[str | None, typer.Option(help="Only the calls of this rep.", show_default=False)]
OutputFormat = Annotated[Format, typer.Option("--format", help="How the week is printed.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it there.", show_default=False)]
Ranked = Annotated[bool, typer.Option("--leaderboard", help="Rank the reps; without it, nobody is ranked.")]
WithTranscripts = Annotated[
    Transcripts, typer.Option(help="With html: of which calls the page holds the transcript; of the others, quotes.")
]


def week(
    store: options.Store,
    week: WeekName = None,
    team: Team = None,
    rep: Rep = None,
    format: OutputFormat = Format.TERMINAL,
    out: Out = None,
    leaderboard: Ranked = False,
    transcripts: WithTranscripts = Transcripts.WEEK,
    redact: options.Redact = False,
) -> None:
    """Look at a week: what to listen to, whom to coach on what, and what changed.

    For coaching, not for employment decisions. Exit status: 0 printed; 2 wrong usage; 4 the ledger cannot be read.
    """
    from callreview.analysis.weekly import a_week

    if format is Format.HTML and out is None:
        raise UsageError("a page is not printed", hint="say where it is to go: --out week.html")
    which = _week(week)
    records = _records(store, which)
    _refuse_unknown(records, team=team, rep=rep, redact=redact)
    masks: WeekRedaction | None = None
    also: tuple[str, ...] = ()
    shown = records
    if redact:
        from callreview.reports.week_redaction import NOTE, WeekRedaction

        masks, also = WeekRedaction(records), (NOTE,)
        shown = [masks.record(record) for record in records]
        rep = masks.rep(rep) if rep else None
    found = a_week(shown, which, team=team, rep=rep)
    if format is Format.HTML:
        kept = _kept(store, [r.call.id for r in records if _is_wanted(r, which, transcripts)])
        text = _page(found, records, kept, transcripts, masks, ranked=leaderboard, also=also)
    else:
        text = _text(found, format, ranked=leaderboard, also=also)
    if out:
        console.save(out, text)
    else:
        console.write(text)


def _week(name: str | None) -> IsoWeek:
    """The week that is named, or the last whole one."""
    from callreview.analysis.weeks import IsoWeek

    if name is None:
        return IsoWeek.of(date.today()).later(-1)
    try:
        return IsoWeek.named(name)
    except ValueError:
        raise UsageError(f"no such week: {name!r}", hint="weeks are named as in 2026-W47") from None


def _records(store: str, week: IsoWeek) -> list[ReviewRecord]:
    """The latest review of each call of the weeks that a report looks at, and of the calls without a date."""
    from callreview.analysis.week import trend_weeks

    with options.open_store(store, read_only=True) as ledger:
        since, until = trend_weeks(week)[0].monday, week.later(1).monday
        return list(ledger.reviews(since=since, until=until, undated=True))


def _kept(store: str, call_ids: Sequence[str]) -> Mapping[str, str]:
    """The transcripts of these calls that the ledger holds, by call id."""
    with options.open_store(store, read_only=True) as ledger:
        return ledger.texts(call_ids)


def _refuse_unknown(records: Iterable[ReviewRecord], *, team: str | None, rep: str | None, redact: bool) -> None:
    """UsageError for a team or a rep of whom there is no call."""
    reps = [r.call.rep for r in records if r.call.rep]
    for option, name, known in (
        ("--team", team, {r.team for r in reps if r.team}),
        ("--rep", rep, {r.name for r in reps}),
    ):
        if name is not None and name not in known:
            if redact:
                raise UsageError(
                    f"{option}: nobody of that name in these weeks", hint="without --redact names are told"
                )
            close = did_you_mean(name, known)
            listed = (
                f"known: {', '.join(sorted(known))}" if known else "the roster names the teams when a call is reviewed"
            )
            hint = f"did you mean {close!r}?" if close else listed
            raise UsageError(f"{option}: no call of {name!r} in these weeks", hint=hint)


def _text(week: Week, format: Format, *, ranked: bool, also: tuple[str, ...]) -> str:
    if format is Format.MARKDOWN:
        from callreview.reports.week_markdown import page

        return page(week, ranked=ranked, also=also)
    if format is Format.JSON:
        from callreview.reports.week_json import text

        return text(week, ranked=ranked, also=also)
    if format is Format.CSV:
        from callreview.reports.week_csv import table

        return table(week)
    from callreview.reports.week_terminal import report

    return console.rendered(report(week, ranked=ranked, also=also))


def _page(
    week: Week,
    records: Iterable[ReviewRecord],
    kept: Mapping[str, str],
    transcripts: Transcripts,
    masks: WeekRedaction | None,
    *,
    ranked: bool,
    also: tuple[str, ...],
) -> str:
    """The HTML page; calls of which the transcript is wanted and can be had are whole."""
    from callreview.reports.week_html import CallView, page
    from callreview.store.recalling import quoted_turns, recalled, turns_from_source, turns_from_text

    originals = {record.call.id: record for record in records}
    calls = []
    for shown in week.reviews:
        record = originals[shown.call.id]
        turns = None
        if _is_wanted(record, week.week, transcripts):
            turns = turns_from_text(record.call, kept.get(record.call.id, "")) or turns_from_source(record.call)
        review = recalled(record, turns or quoted_turns(record))
        calls.append(CallView(record=shown, review=masks.review(review) if masks else review, whole=turns is not None))
    return page(week, calls, ranked=ranked, also=also)


def _is_wanted(record: ReviewRecord, week: IsoWeek, transcripts: Transcripts) -> bool:
    """Whether the page is to hold the transcript of this call."""
    if transcripts is Transcripts.WEEK:
        return record.call.date is not None and record.call.date in week
    return transcripts is Transcripts.ALL
