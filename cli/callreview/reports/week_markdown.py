"""The manager's week as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from callreview.analysis.week import RepWeek, Week
from callreview.reports import week_words as words
from callreview.reports.markdown import plain
from callreview.reports.tables import Table


def page(week: Week, *, ranked: bool = False, also: tuple[str, ...] = ()) -> str:
    """The whole week as one text; `also` are notes of whoever asks."""
    return "\n".join(_lines(week, ranked, also)) + "\n"


def _lines(week: Week, ranked: bool, also: tuple[str, ...]) -> Iterator[str]:
    yield f"# {plain(words.title(week))}"
    yield ""
    yield f"{plain(words.scope(week))}. **{words.PURPOSE}**"
    yield ""
    yield from (f"- Note: {plain(note.strip())}" for note in (*also, *words.notes(week)))
    yield "\n## Listen to\n"
    for number, one in enumerate(week.listen, start=1):
        yield f"{number}. **{plain(words.listen_words(one))}**: {one.kind}. {plain(one.reason)}"
    yield f"\n## {words.EVERYBODY}\n"
    yield from _table(words.prompt_table(week.everybody))
    if week.everybody.indicators:
        yield from _table(words.indicator_table(week.everybody))
    yield plain(words.table_key())
    if ranked:
        yield "\n## Leaderboard\n"
        yield from _table(words.leaderboard(week))
    for rep in week.reps:
        yield from _rep(rep)


def _rep(rep: RepWeek) -> Iterator[str]:
    team = f" (team {plain(rep.team)})" if rep.team else ""
    yield f"\n## {plain(rep.name)}{team}\n"
    yield f"{rep.figures.calls} calls. {words.PURPOSE}\n"
    yield from _table(words.prompt_table(rep.figures))
    for label, text in words.talk_rows(rep):
        yield f"- {label.capitalize()}: {plain(text)}" if label else f"  - {plain(text)}"
    for violated in rep.violations:
        yield f"- Violation, {plain(words.violation_words(violated))}"
        yield f"  - Instead: {plain(violated.violation.instead)}"


def _table(table: Table) -> Iterator[str]:
    yield from replace(table, rows=tuple(tuple(map(plain, row)) for row in table.rows)).as_markdown()
    yield ""
