"""The manager's week on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from callreview.analysis.week import RepWeek, Week
from callreview.reports import week_words as words
from callreview.reports.card import NOTE, WARNING
from callreview.reports.layout import page, rows

LABEL = 10


def report(week: Week, *, ranked: bool = False, also: tuple[str, ...] = ()) -> RenderableType:
    """The whole week: calls to listen to, everybody, then rep by rep; `also` are notes of whoever asks."""
    return page(_parts(week, ranked, also))


def _parts(week: Week, ranked: bool, also: tuple[str, ...]) -> Iterator[RenderableType]:
    yield Text.assemble((words.title(week), "bold"), (f"\n{words.scope(week)}", "dim"))
    yield Text(words.PURPOSE, style="bold")
    yield rows([(Text("note", style=NOTE), note) for note in (*also, *words.notes(week))])
    yield Text()
    yield Text("LISTEN TO", style="bold")
    yield from _listen(week)
    yield _heading(words.EVERYBODY, words.scope(week))
    yield words.prompt_table(week.everybody).on_terminal()
    if week.everybody.indicators:
        yield words.indicator_table(week.everybody).on_terminal()
    if ranked:
        yield words.leaderboard(week).on_terminal()
    for rep in week.reps:
        yield from _rep(rep)
    yield Text(words.table_key(), style="dim")


def _listen(week: Week) -> Iterator[RenderableType]:
    if not week.listen:
        yield rows([("", "no calls this week")])
    for one in week.listen:
        yield rows([(one.kind, Text(words.listen_words(one), style="bold")), ("", one.reason)], LABEL)
    yield Text()


def _rep(rep: RepWeek) -> Iterator[RenderableType]:
    team = f"team {rep.team}, " if rep.team else ""
    yield _heading(rep.name, f"{team}{rep.figures.calls} calls")
    yield words.prompt_table(rep.figures).on_terminal()
    yield rows(words.talk_rows(rep), LABEL)
    if rep.violations:
        yield rows([(Text("▲", style=WARNING), words.violation_words(v)) for v in rep.violations], LABEL)
    yield rows([("", words.PURPOSE)], LABEL)
    yield Text()


def _heading(name: str, about: str) -> RenderableType:
    return Rule(Text.assemble((name, "bold"), f"  {about}"), align="left", style="dim", characters="─")
