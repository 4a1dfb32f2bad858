"""What to say next time, for who sold: a few gaps, each with the own words there and a line that says it better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from callreview.assessment.coaching import Blank, Gap, Part
from callreview.assessment.review import Review
from callreview.conversation import Call, Passage, Side
from callreview.detection.hearing import Sighting
from callreview.reports.card import NOTE, WARNING, head_facts
from callreview.reports.layout import Labelled, level_bar, page, rows
from callreview.reports.quoting import said, where_in

LEGEND = "“ ” was said in this call; [ ] is for you to fill in"


def coach(review: Review, gaps: Sequence[Gap]) -> RenderableType:
    """The gaps of one call, what matters most first."""
    return page(_parts(review, gaps))


def _parts(review: Review, gaps: Sequence[Gap]) -> Iterator[RenderableType]:
    yield Rule(style="dim", characters="━")
    yield Text.assemble((review.call.title, "bold"), ("\n" + " · ".join(head_facts(review)), "dim"))
    for note in review.notes:
        yield rows([(Text("note", style=NOTE), note)])
    for number, gap in enumerate(gaps, start=1):
        yield Text()
        yield _head(number, gap)
        yield rows(_rows(review.call, gap))
    if not gaps:
        yield Text(f"\nNothing is missing that a call at this moment ({review.moment}) is asked for.")
    elif any(gap.line for gap in gaps):
        yield Text(f"\n{LEGEND}", style="dim")


def _head(number: int, gap: Gap) -> Text:
    if gap.violation:
        told = f"▲ {gap.violation.severity}: {gap.violation.title}"
        return Text.assemble((f"{number}  ", "bold"), (told, f"bold {WARNING}"))
    assert gap.answer
    return Text.assemble((f"{number}  {gap.answer.question}  ", "bold"), level_bar(gap.answer))


def _rows(call: Call, gap: Gap) -> Iterator[Labelled]:
    for sighting in gap.own:
        yield _speaker(call, sighting), said(call, sighting)
    if not gap.own:
        yield "you said", "nothing of the kind was heard"
    if gap.answer and gap.answer.missing:
        yield "missing", gap.answer.missing
    yield "advice", gap.advice
    if gap.line:
        yield Text("say", style="bold"), _line(call, gap.line)
    if places := [where_in(call, part.turn) for part in gap.line if isinstance(part, Passage)]:
        yield "", Text(f"heard at {', '.join(dict.fromkeys(places))}", style="dim")


def _speaker(call: Call, sighting: Sighting) -> str:
    return "you said" if call.side(sighting.turn) is Side.SELLER else "they said"


def _line(call: Call, line: Sequence[Part]) -> Text:
    return Text("".join(_words(call, part) for part in line), style="bold")


def _words(call: Call, part: Part) -> str:
    match part:
        case Passage():
            return f"“{call.quote(part)}”"
        case Blank():
            return f"[{part.words}]"
        case _:
            return part
