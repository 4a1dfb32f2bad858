"""How a week is put into words and tables, alike in all its reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from callreview.analysis.listening import ToListen
from callreview.analysis.shares import LEAST, Share
from callreview.analysis.week import BEFORE, SOUND, Figures, PromptWeek, RepWeek, RubricUse, Talk, Tally, Violated, Week
from callreview.reports.quoting import clock
from callreview.reports.tables import Table
from callreview.store.records import CallRecord, QuoteRecord

PURPOSE = "For coaching, not for employment decisions."
TOO_SMALL = "n too small"
EVERYBODY = "All calls"
NONE = "–"


def title(week: Week) -> str:
    """The week's name and its days."""
    first = week.week.monday
    return f"Week {week.week}, {day(first)} to {day(first + timedelta(days=6))} {first + timedelta(days=6):%Y}"


def day(on: date) -> str:
    """A day without its year.

    >>> day(date(2026, 11, 9))
    '9 November'
    """
    return f"{on.day} {on:%B}"


def scope(week: Week) -> str:
    """Whose calls, and how many."""
    whose = [f"team {week.team}"] if week.team else []
    whose += [week.rep] if week.rep else []
    return " · ".join([*whose, f"{_counted(week.calls, 'call')}", f"{_counted(len(week.reps), 'rep')}"])


def notes(week: Week) -> list[str]:
    """What the figures do not hold, and what makes them doubtful."""
    told = []
    if week.without_rep:
        told.append(f"{_counted(week.without_rep, 'call')} without a known rep: in no rep's figures")
    if week.without_date:
        told.append(f"{_counted(week.without_date, 'call')} without a date: in no week")
    if len(week.rubrics) > 1:
        told.append("the playbook or the program changed in these weeks, so a change may be theirs:")
        told += [f"  {rubric_line(use)}" for use in week.rubrics]
    shown = [p for figures in (week.everybody, *(r.figures for r in week.reps)) for p in figures.prompts if p.change]
    if shown:
        told.append(
            f"{len(shown)} changes are shown; where nothing changed, about {max(1, round(len(shown) / 20))} of them "
            "would look clear by chance alone"
        )
    return told


def rubric_line(use: RubricUse) -> str:
    """A playbook and how many calls it judged."""
    judged = f"{_counted(use.calls, 'call')} this week, {use.calls_before} in the {BEFORE} weeks before"
    return f"{use.id} {use.version} ({use.digest.removeprefix('sha256:')[:8]}), callreview {use.program}: {judged}"


def name(word: str) -> str:
    """An id as people read it."""
    return word.replace("_", " ")


def call_name(call: CallRecord) -> str:
    """A call as people know it: account, title, day."""
    names = dict.fromkeys([*([call.account] if call.account else []), call.title])
    return ", ".join([*names, *([day(call.date)] if call.date else [])])


def percent(share: Share) -> str:
    """A share in percent, unless it is one of too few calls."""
    return TOO_SMALL if share.value is None else f"{share.value:.0%}"


def change_words(prompt: PromptWeek) -> str:
    """The change in percentage points with its interval, marked where the interval leaves no doubt."""
    if prompt.change is None:
        return TOO_SMALL
    c = prompt.change
    mark = " ▲" if c.low > 0 else " ▼" if c.high < 0 else ""
    return f"{_points(c.difference)} [{_points(c.low)}, {_points(c.high)}]{mark}"


def prompt_table(figures: Figures) -> Table:
    """One row a prompt: calls it applied to, the share at each level, soundly handled, and the change."""
    return Table(
        title="The eight prompts",
        columns=("prompt", "n", "0", "1", "2", "3", "sound", f"{BEFORE} weeks", "change"),
        rows=tuple(
            (
                f"{p.number} {name(p.prompt)}",
                str(p.now.n),
                *(NONE if p.now.at(level).value is None else percent(p.now.at(level)) for level in range(4)),
                percent(p.now.sound),
                percent(p.before.sound),
                change_words(p),
            )
            for p in figures.prompts
        ),
    )


def table_key() -> str:
    """What the columns of `prompt_table` say."""
    return (
        f"n: calls to which the prompt applies. 0 to 3: share of them at each level. sound: level {SOUND} or 3. "
        f"change: sound against the {BEFORE} weeks before, in points, with its 95 % interval (Newcombe's hybrid "
        f"score), ▲▼ where that leaves out zero. {TOO_SMALL}: fewer than {LEAST} calls."
    )


def indicator_table(figures: Figures) -> Table:
    """One row a leading indicator: a call's mean and the calls with any, of all calls and of discovery calls."""
    return Table(
        title="Leading indicators",
        columns=("indicator", "a call", "calls with", f"{BEFORE} weeks", "discovery", "calls with", f"{BEFORE} weeks"),
        rows=tuple(
            (name(i.name), *_tallies(i.now, i.before), *_tallies(i.discovery, i.discovery_before))
            for i in figures.indicators
        ),
    )


def leaderboard(week: Week) -> Table:
    """Reps by the share of answers that are sound, over all prompts; only on request."""
    shares = [(rep, overall(rep)) for rep in week.reps]
    ranked = sorted(shares, key=lambda pair: -(pair[1].value or 0) if pair[1].value is not None else 1)
    return Table(
        title="Leaderboard",
        columns=("rep", "calls", "answers", "sound"),
        rows=tuple((rep.name, str(rep.figures.calls), str(share.n), percent(share)) for rep, share in ranked),
    )


def overall(rep: RepWeek) -> Share:
    """The share of all of a rep's answers that are sound; none where the calls are too few."""
    n = sum(p.now.n for p in rep.figures.prompts) if rep.figures.calls >= LEAST else 0
    return Share(count=sum(p.now.sound.count for p in rep.figures.prompts), n=n)


def talk_rows(rep: RepWeek) -> list[tuple[str, str]]:
    """What to talk about with a rep, each with a label."""
    return [*_talk("going well", rep.going_well), *_talk("work on", rep.work_on)]


def _talk(label: str, talk: Talk | None) -> Iterator[tuple[str, str]]:
    if talk is None:
        yield label, "too few calls to say"
        return
    yield label, talk_words(talk)
    if talk.cited:
        yield "", f"{call_name(talk.cited.call)}, {said(talk.cited.quote)}"
    if talk.line:
        yield "try", talk.line


def talk_words(talk: Talk) -> str:
    """What a talk is about, and on what grounds."""
    if talk.violated:
        return f"{talk.violated.violation.severity}: {talk.violated.violation.title}"
    assert talk.prompt and talk.standing
    sound = talk.standing.sound
    over = "" if talk.weeks == 1 else f" over {talk.weeks} weeks"
    return f"{name(talk.prompt)}: sound in {sound.count} of {sound.n} calls{over}"


def violation_words(violated: Violated) -> str:
    """A violation, where and in which words."""
    v = violated.violation
    return f"{v.severity}: {v.title}. {call_name(violated.call)}, {said(v.quote)}"


def said(quote: QuoteRecord) -> str:
    """When, who, and the words."""
    return f"{place(quote.start_s, quote.turn)} {quote.speaker}: “{quote.quote}”"


def place(start_s: float | None, turn: int) -> str:
    """The time in a call; the turn's number where there is none."""
    return clock(start_s) if start_s is not None else f"turn {turn}"


def listen_words(one: ToListen) -> str:
    """A call to listen to, and where to begin."""
    rep = one.review.call.rep
    who = f" ({rep.name})" if rep else ""
    return f"{call_name(one.review.call)}{who}, from {place(one.start_s, one.turn)}"


def _tallies(now: Tally, before: Tally) -> tuple[str, str, str]:
    mean = TOO_SMALL if now.mean is None else f"{now.mean:.1f}"
    return mean, f"{now.calls_with} of {now.calls}", TOO_SMALL if before.mean is None else f"{before.mean:.1f}"


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{'+' if points > 0 else '−' if points < 0 else '±'}{abs(points)}"


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
