"""The scorecard of one call on a terminal, readable at 80 columns, without colour, and when piped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Side, SideSource
from callreview.reports.quoting import best_quotes, clock, quoted, where

QUOTES_A_PROMPT = 2
LABEL_WIDTH = 9
# Okabe and Ito's palette keeps apart for colour-blind eyes; every colour also has a word or a mark.
LEVEL_STYLES = {None: "dim", 0: "#d55e00", 1: "#e69f00", 2: "#56b4e9", 3: "#009e73"}
STATUS_STYLES = {"blocked": "bold #d55e00", "needs work": "#e69f00", "sound": "#56b4e9", "strong": "#009e73"}


def card(review: Review) -> RenderableType:
    """The whole card: what is doubtful, violations, the eight prompts, the talk, and the number last."""
    return Group(*_parts(review))


def short_line(review: Review) -> Text:
    """One call in one line, for `--quiet`."""
    levels = " ".join(f"{a.prompt} {_level(a)}" for a in review.answers)
    kinds = ", ".join(v.kind for v in review.violations) or "no violations"
    return Text(f"{review.call.title}: {_score(review)} · {kinds} · {levels}")


def _parts(review: Review) -> Iterator[RenderableType]:
    yield _head(review)
    for note in review.notes:
        yield Text(f"! {note}", style="#e69f00")
    if review.violations:
        yield Text()
        yield Text(f"VIOLATIONS  {len(review.violations)}", style="bold #d55e00")
        for violation in review.violations:
            yield from _violation(review, violation)
    yield Text()
    for answer in review.answers:
        yield from _answer(review, answer)
    yield Rule(style="dim", characters="─")
    yield _rows([("talk", _talk(review)), ("choice", _choice(review)), ("consent", _consent(review))])
    yield Text(f"SCORE  {_score(review)}", style=STATUS_STYLES.get(review.score.status, "bold"))


def _head(review: Review) -> Text:
    call = review.call
    head = Text(call.title, style="bold")
    facts = [review.moment, clock(call.duration_s), f"{len(call.turns)} turns"]
    facts += [str(call.date)] if call.date else []
    facts += [kind.replace("_", " ") for kind in review.kinds_of_offer] or ["no upsell"]
    head.append("\n" + " · ".join(fact for fact in facts if fact != "–"), style="dim")
    for side, plural in ((Side.SELLER, "selling"), (Side.BUYER, "buying"), (Side.UNKNOWN, "side unknown")):
        people = [_person(s.name, s.side_from) for s in call.speakers if s.side is side]
        if people:
            head.append(f"\n{plural}: {', '.join(people)}")
    return head


def _person(name: str, source: SideSource) -> str:
    return f"{name} ({source.value})" if source is SideSource.INFERRED else name


def _violation(review: Review, violation: Violation) -> Iterator[RenderableType]:
    call, s = review.call, violation.sighting
    yield Text(f"▲ {violation.title} · {violation.severity} · {where(call, s)}", style="#d55e00")
    yield _rows([("", quoted(call, s)), ("instead", violation.instead)])


def _answer(review: Review, answer: Answer) -> Iterator[RenderableType]:
    yield Text(f"{answer.number} {answer.question}", style="bold")
    style = LEVEL_STYLES[answer.level]
    rows: list[tuple[str | Text, str]] = [(Text(f"{_bar(answer)} {_level(answer)}", style=style), answer.why)]
    rows += [
        ("", f"{where(review.call, s)}  {quoted(review.call, s)}")
        for s in best_quotes(answer.evidence, QUOTES_A_PROMPT)
    ]
    rows += [("missing", answer.missing)] if answer.missing else []
    rows += [("next time", answer.coach)] if answer.coach else []
    yield _rows(rows)


def _bar(answer: Answer) -> str:
    if answer.level is None:
        return "·" * answer.max_level
    return "■" * answer.level + "□" * (answer.max_level - answer.level)


def _level(answer: Answer) -> str:
    return "n/a" if answer.level is None else f"{answer.level}/{answer.max_level}"


def _talk(review: Review) -> str:
    m = review.metrics
    share = "–" if m.seller_talk_share is None else f"{m.seller_talk_share:.0%}"
    return (
        f"seller {share} · longest monologue {clock(m.longest_monologue_s)} · "
        f"questions {m.questions_by_seller} by the seller, {m.questions_by_buyer} by the buyer"
    )


def _choice(review: Review) -> str:
    call = review.call
    if not review.autonomy:
        return "not said that the choice is the buyer's"
    return f"{where(call, review.autonomy[0])}  {quoted(call, review.autonomy[0])}"


def _consent(review: Review) -> str:
    call = review.call
    return f"{where(call, review.consent[-1])}  {quoted(call, review.consent[-1])}" if review.consent else "not heard"


def _score(review: Review) -> str:
    score = review.score
    if score.percent is None:
        return "unscorable"
    return f"{score.percent:.0f} of 100 · {score.status} · {score.points} of {score.of} points"


def _rows(rows: Iterable[tuple[str | Text, str]]) -> Padding:
    """A label and a text a row; long texts wrap beside their label."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=LABEL_WIDTH)
    grid.add_column()
    for label, text in rows:
        grid.add_row(label, Text(text))
    return Padding(grid, (0, 0, 0, 2))
