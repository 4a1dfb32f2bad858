"""The scorecard of one call on a terminal, readable at 80 columns, without colour, and when piped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Passage, Side, SideSource
from callreview.reports.layout import Labelled, level_bar, page, rows
from callreview.reports.quoting import best_quotes, clock, said

WARNING, NOTE = "#d55e00", "#e69f00"
STATUS_STYLES = {"blocked": f"bold {WARNING}", "needs work": NOTE, "sound": "#56b4e9", "strong": "#009e73"}
SEVERITIES = ("blocker", "major", "minor")
# With the columns before it, as much as leaves room for a call's title within a hundred columns.
KINDS_WIDTH = 33


def card(review: Review) -> RenderableType:
    """The whole card: what is doubtful, violations, the eight prompts, the talk, and the number last."""
    return page(_parts(review))


def short_line(review: Review) -> Text:
    """One call in one line for `--quiet`: score, status, the eight levels, violations, and the title last.

    Only the title has no fixed width, so the columns of many calls stand below each other.
    """
    score = review.score
    percent = "–" if score.percent is None else f"{score.percent:.0f}%"
    levels = "".join("-" if a.level is None else str(a.level) for a in review.answers)
    kinds = Text(_kinds(review.violations), end="")
    kinds.truncate(KINDS_WIDTH, overflow="ellipsis", pad=True)
    return Text(f"{percent:>4} {score.status:<10} {levels[:4]} {levels[4:]}  {kinds}  {review.call.title}")


def _kinds(violations: tuple[Violation, ...]) -> str:
    """The kinds of violation, the worst first, each with how often where it is more than once.

    What does not fit is counted.
    """
    counts = Counter(v.kind for v in sorted(violations, key=_severity))
    kinds = [kind if n == 1 else f"{kind} ×{n}" for kind, n in counts.items()]
    for shown in range(len(kinds), 0, -1):
        rest = len(kinds) - shown
        line = ", ".join(kinds[:shown] + ([f"+{rest} more"] if rest else []))
        if len(line) <= KINDS_WIDTH:
            return line
    return ", ".join(kinds) or "no violations"


def _severity(violation: Violation) -> int:
    return SEVERITIES.index(violation.severity)


def _parts(review: Review) -> Iterator[RenderableType]:
    yield Rule(style="dim", characters="━")
    yield _head(review)
    for note in review.notes:
        yield rows([(Text("note", style=NOTE), note)])
    if review.violations:
        yield Text()
        yield Text(f"VIOLATIONS  {len(review.violations)}", style=f"bold {WARNING}")
        yield from _violations(review)
    yield Text()
    for answer in review.answers:
        yield from _answer(review, answer)
    yield Rule(style="dim", characters="─")
    yield rows(talk_rows(review))
    yield Text(f"SCORE  {score_line(review)}", style=STATUS_STYLES.get(review.score.status, "bold"))


def _head(review: Review) -> Text:
    call = review.call
    head = Text.assemble((call.title, "bold"), ("\n" + " · ".join(head_facts(review)), "dim"))
    for side, plural in ((Side.SELLER, "selling"), (Side.BUYER, "buying"), (Side.UNKNOWN, "side unknown")):
        people = [_person(s.name, s.side_from) for s in call.speakers if s.side is side]
        if people:
            head.append(f"\n{plural}: {', '.join(people)}")
    return head


def head_facts(review: Review) -> list[str]:
    """What kind of call it was, in a few words each."""
    call = review.call
    facts = [review.moment, *([] if call.duration_s is None else [clock(call.duration_s)]), f"{len(call.turns)} turns"]
    facts += [str(call.date)] if call.date else []
    return facts + ([kind.replace("_", " ") for kind in review.kinds_of_offer] or ["no upsell"])


def _person(name: str, source: SideSource) -> str:
    return f"{name} ({source.value})" if source is SideSource.INFERRED else name


def violations_by_sentence(review: Review) -> list[list[Violation]]:
    """Violations in one sentence together, the sentences with the worst of them first, then in call order."""
    groups: dict[Passage, list[Violation]] = {}
    for violation in sorted(review.violations, key=_severity):
        groups.setdefault(violation.sighting.sentence, []).append(violation)
    return list(groups.values())


def _violations(review: Review) -> Iterator[RenderableType]:
    """Each sentence once with all that it violates; what to say instead once for each kind."""
    told: set[str] = set()
    for group in violations_by_sentence(review):
        first = group[0].sighting
        yield rows([(Text("▲", style=WARNING), said(review.call, first))], width=1, indent=0)
        labelled: list[Labelled] = []
        for violation in group:
            labelled.append((Text(violation.severity, style=WARNING), Text(violation.title, style=WARNING)))
            labelled += [("instead", violation.instead)] if violation.kind not in told else []
            told.add(violation.kind)
        yield rows(labelled)


def _answer(review: Review, answer: Answer) -> Iterator[RenderableType]:
    yield Text(f"{answer.number} {answer.question}", style="bold")
    labelled: list[Labelled] = [(level_bar(answer), answer.why)]
    labelled += [("", said(review.call, s)) for s in best_quotes(answer.carried_by)]
    labelled += [("missing", answer.missing)] if answer.missing else []
    labelled += [("next time", answer.coach)] if answer.coach else []
    yield rows(labelled)


def talk_rows(review: Review) -> list[tuple[str, str]]:
    """How the talk was shared, whether the choice was left to the buyer, and what the buyer agreed to last."""
    return [("talk", talk_line(review)), ("choice", _choice(review)), ("consent", _consent(review))]


def talk_line(review: Review) -> str:
    """Who said how much, and asked how often."""
    m = review.metrics
    share = "–" if m.seller_talk_share is None else f"{m.seller_talk_share:.0%}"
    return (
        f"seller {share}, longest turn {clock(m.longest_monologue_s)} · "
        f"questions: seller {m.questions_by_seller}, buyer {m.questions_by_buyer}"
    )


def _choice(review: Review) -> str:
    return said(review.call, review.autonomy[0]) if review.autonomy else "not said that the choice is the buyer's"


def _consent(review: Review) -> str:
    return said(review.call, review.consent[-1]) if review.consent else "not heard"


def score_line(review: Review) -> str:
    """The number, the points and the status."""
    score = review.score
    status = f"blocked by {_blockers(review)}" if score.status == "blocked" else score.status
    if score.percent is None:
        return f"{status} · too little to go by for a number"
    return f"{score.percent:.0f} of 100 · {score.points} of {score.of} points · {status}"


def _blockers(review: Review) -> str:
    count = sum(v.severity == "blocker" for v in review.violations)
    return f"{count} violation{'s' if count > 1 else ''}"
