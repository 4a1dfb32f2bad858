"""How far program and people agree, for the terminal, as Markdown or as JSON; and where they differ, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from callreview.analysis.calibration import (
    LEAST_CALLS,
    Calibration,
    Estimate,
    Level,
    LevelDispute,
    PairAgreement,
    ViolationDispute,
)
from callreview.masking import Masker
from callreview.reports.markdown import plain
from callreview.reports.tables import Table
from callreview.store.records import QuoteRecord, ReviewRecord, VerdictRecord

QUOTES = 3
EXCERPT = 150
TOO_SMALL = "n too small"
_FIGURES = ("exact", "kappa", "weighted_kappa", "ac1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one person says, and why."""

    by: str
    says: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disagreement in words: what the program says and why, its quotes, and what people say."""

    call: str
    title: str
    date: str | None
    about: str
    program: str
    why: str
    quotes: tuple[str, ...]
    people: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A calibration, with its disputes in words, masked where that is asked for."""

    calibration: Calibration
    people: tuple[str, ...]
    disputes: tuple[Dispute, ...]
    redacted: bool


def report(calibration: Calibration, *, redact: bool = False) -> Report:
    """The calibration with its disputes in words; `redact` masks names, addresses and numbers in them."""
    people = {name: f"Person {i}" if redact else name for i, name in enumerate(calibration.people, start=1)}
    levels = [_level_dispute(d, _words(d.review, people, redact=redact), people) for d in calibration.levels_disputed]
    violations = [
        _violation_dispute(d, _words(d.review, people, redact=redact), people) for d in calibration.violations_disputed
    ]
    return Report(
        calibration=calibration,
        people=tuple(people.values()),
        disputes=(*levels, *violations),
        redacted=redact,
    )


def tables(told: Report, queue: int) -> RenderableType:
    """The whole calibration for the terminal."""
    made = [table.on_terminal() for table in _tables(told.calibration)]
    return Group(Text("\n".join([*_summary(told), ""])), *made, *_queue(told.disputes[:queue]), *_left(told, queue))


def markdown(told: Report, queue: int) -> str:
    """The whole calibration as Markdown."""
    lines = ["## Calibration", "", *(f"{plain(line)}  " for line in _summary(told)), ""]
    for table in _tables(told.calibration):
        lines += [f"### {table.title}", "", *table.as_markdown(), ""]
    if told.disputes[:queue]:
        lines += ["### Disagreements", ""]
    for dispute in told.disputes[:queue]:
        lines += [f"- **{plain(_head(dispute))}**", f"  - program {plain(_programs_words(dispute))}"]
        lines += [f"    - {plain(quote)}" for quote in dispute.quotes]
        lines += [f"  - {plain(_persons_words(opinion))}" for opinion in dispute.people]
    return "\n".join(lines).rstrip() + "\n"


def as_dict(told: Report) -> dict[str, Any]:
    """The calibration for machines; figures are null where there are fewer than five calls, or they are undefined."""
    c = told.calibration
    return {
        "schema": "callreview.calibration/1",
        "calls": c.calls,
        "people": list(told.people),
        "least_calls": LEAST_CALLS,
        "unknown_verdicts": c.unknown,
        "prompts": {p.prompt: {"program": _agreed(p.program), "people": _agreed(p.people)} for p in c.prompts},
        "violations": {
            kind: {"right": n.tp, "false": n.fp, "missed": n.fn} for kind, n in sorted(c.violations.items())
        },
        "disagreements": [_disagreement(d) for d in told.disputes],
        "redacted": told.redacted,
    }


def _agreed(a: PairAgreement) -> dict[str, Any]:
    figures = {name: getattr(a, name) for name in _FIGURES}
    return {
        "calls": a.calls,
        "pairs": a.pairs,
        "pairs_with_levels": a.both,
        **{name: estimate and estimate.value for name, estimate in figures.items()},
        **{f"{name}_interval": estimate and estimate.interval for name, estimate in figures.items()},
        "confusion": [{"one": x, "other": y, "pairs": n} for (x, y), n in sorted(a.confusion.items(), key=str)],
    }


def _disagreement(d: Dispute) -> dict[str, Any]:
    return {
        "call": d.call,
        "title": d.title,
        "date": d.date,
        "about": d.about,
        "program": {"says": d.program, "why": d.why, "quotes": list(d.quotes)},
        "people": [{"by": o.by, "says": o.says, "note": o.note} for o in d.people],
    }


# --- tables --------------------------------------------------------------------------------------


def _summary(told: Report) -> list[str]:
    c = told.calibration
    people = ", ".join(told.people) or "nobody"
    lines = [
        f"{c.calls} call{'' if c.calls == 1 else 's'} judged by {people}",
        f"intervals: 95 % bootstrap over calls; fewer than {LEAST_CALLS} calls are too few for a figure",
    ]
    if c.unknown:
        lines.append(f"{c.unknown} verdicts on calls or prompts of which the ledger holds no review are left out")
    return lines


def _tables(c: Calibration) -> Iterator[Table]:
    yield _agreement_table("People and program", [(p.prompt, p.program) for p in c.prompts])
    if any(p.people.calls for p in c.prompts):
        yield _agreement_table("People among themselves", [(p.prompt, p.people) for p in c.prompts])
    yield _confusion_table(c)
    if c.violations:
        yield Table(
            title="Violations",
            columns=("violation", "right", "false", "missed"),
            rows=tuple((kind, str(n.tp), str(n.fp), str(n.fn)) for kind, n in sorted(c.violations.items())),
        )


def _agreement_table(title: str, prompts: Sequence[tuple[str, PairAgreement]]) -> Table:
    rows = tuple((prompt, str(a.calls), *_figures(a)) for prompt, a in prompts)
    return Table(title=title, columns=("prompt", "n", "exact", "kappa", "weighted", "AC1"), rows=rows)


def _figures(a: PairAgreement) -> tuple[str, ...]:
    if a.exact is None:
        return (TOO_SMALL, "", "", "")
    return tuple(_estimate(getattr(a, name)) for name in _FIGURES)


def _estimate(estimate: Estimate) -> str:
    if estimate.value is None:
        return "–"
    low, high = estimate.interval or (estimate.value, estimate.value)
    return f"{estimate.value:.2f} {low:.2f}…{high:.2f}"


def _confusion_table(c: Calibration) -> Table:
    """One row a prompt and level of people's: how often the program gave which level."""
    levels = sorted({level for p in c.prompts for pair in p.program.confusion for level in pair}, key=_rank)
    return Table(
        title="People's level (rows) against the program's",
        columns=("prompt", "people", *map(_level, levels)),
        rows=tuple(
            (p.prompt, _level(one), *(str(p.program.confusion.get((one, other), "·")) for other in levels))
            for p in c.prompts
            for one in levels
            if any(pair[0] == one for pair in p.program.confusion)
        ),
    )


# --- disputes ------------------------------------------------------------------------------------


def _level_dispute(d: LevelDispute, words: Callable[[str], str], people: dict[str, str]) -> Dispute:
    return _dispute(
        d.review,
        words,
        about=d.answer.prompt,
        program=_level(d.answer.level),
        why=d.answer.why,
        quotes=d.answer.evidence,
        opinions=[_opinion(v, _level(v.level), words, people) for v in d.verdicts],
    )


def _violation_dispute(d: ViolationDispute, words: Callable[[str], str], people: dict[str, str]) -> Dispute:
    heard = [v for v in d.review.violations if v.kind == d.kind]
    return _dispute(
        d.review,
        words,
        about=d.kind,
        program="holds" if heard else "does not hold",
        why=heard[0].title if heard else "nothing of the kind was heard",
        quotes=[v.quote for v in heard],
        opinions=[_opinion(v, "holds" if v.holds else "does not hold", words, people) for v in d.verdicts],
    )


def _dispute(
    review: ReviewRecord,
    words: Callable[[str], str],
    *,
    about: str,
    program: str,
    why: str,
    quotes: Sequence[QuoteRecord],
    opinions: Sequence[Opinion],
) -> Dispute:
    call = review.call
    return Dispute(
        call=call.id,
        title=words(call.title),
        date=call.date.isoformat() if call.date else None,
        about=about,
        program=program,
        why=words(why),
        quotes=tuple(f"turn {q.turn}: “{words(shorten(q.quote, EXCERPT, placeholder=' …'))}”" for q in quotes[:QUOTES]),
        people=tuple(opinions),
    )


def _opinion(v: VerdictRecord, says: str, words: Callable[[str], str], people: dict[str, str]) -> Opinion:
    return Opinion(by=people[v.by], says=says, note=words(v.note))


def _words(review: ReviewRecord, people: dict[str, str], *, redact: bool) -> Callable[[str], str]:
    """What makes words of a call fit to be told: as they are, or masked."""
    if not redact:
        return lambda text: text
    quotes = [q.quote for answer in review.answers for q in answer.evidence]
    masker = Masker([*(s.name for s in review.call.speakers), *people], others=[review.call.account or ""], talk=quotes)
    return lambda text: masker.mask(text).text


def _queue(disputes: Sequence[Dispute]) -> Iterator[RenderableType]:
    for i, dispute in enumerate(disputes):
        if i == 0:
            yield Text("Disagreements", style="bold")
        yield Text(_head(dispute))
        yield _indented(2, f"program {_programs_words(dispute)}", style="dim")
        yield from (_indented(4, quote, style="dim") for quote in dispute.quotes)
        yield from (_indented(2, _persons_words(opinion)) for opinion in dispute.people)


def _indented(by: int, text: str, style: str = "") -> Padding:
    return Padding(Text(text, style=style), (0, 0, 0, by))


def _left(told: Report, queue: int) -> Iterator[RenderableType]:
    if len(told.disputes) > queue:
        yield Text(f"… and {len(told.disputes) - queue} more: --queue {len(told.disputes)}", style="dim")


def _head(d: Dispute) -> str:
    return " · ".join(part for part in (d.about, d.title, d.date, d.call) if part)


def _programs_words(d: Dispute) -> str:
    return f"{d.program}: {d.why}"


def _persons_words(o: Opinion) -> str:
    return f"{o.by} {o.says}: {o.note}" if o.note else f"{o.by} {o.says}"


def _level(level: Level) -> str:
    return "n/a" if level is None else str(level)


def _rank(level: Level) -> int:
    return -1 if level is None else level
