"""One call as one HTML file: violations, the eight answers, and the transcript with the evidence marked in place.

What the page shows is data first (`page_of`), so that a page of many calls can hold it too: `prefix` keeps the ids of
several calls apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Call, Passage, Side, Turn
from callreview.detection.hearing import Sighting
from callreview.reports.card import head_facts, score_line, talk_line, violations_by_sentence
from callreview.reports.marks import Mark, Piece, pieces
from callreview.reports.quoting import best_quotes, clock, excerpt, where

STYLES, SCRIPTS = ("base.css", "call.css"), ("find.js",)
_GROUPS = ((Side.SELLER, "Selling"), (Side.BUYER, "Buying"), (Side.UNKNOWN, "Side unknown"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A quote, when and by whom; `id` is that of its place in the transcript."""

    id: str
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """One kind of violation in a sentence; what to say instead once a page."""

    severity: str
    title: str
    instead: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationView:
    """A sentence, with all that it violates."""

    id: str
    quote: QuoteView
    kinds: tuple[KindView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The answer to one question; `quotes` carried the level most, `more` is the rest of the evidence."""

    id: str
    number: int
    name: str
    question: str
    level: int | None
    max_level: int
    why: str
    quotes: tuple[QuoteView, ...]
    more: tuple[QuoteView, ...]
    missing: str | None
    coach: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonView:
    """What a turn is evidence of; `id` is that of the part of the page that says so."""

    id: str
    text: str
    bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A turn as it stands in the transcript; `at` is its time, or its number where there is none."""

    id: str
    number: int
    at: str
    speaker: str
    side: str
    pieces: tuple[Piece, ...]
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """Those on one side."""

    label: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    """All that the page of one call shows; its ids begin with `prefix`."""

    prefix: str
    title: str
    score: str
    status: str
    facts: tuple[str, ...]
    people: tuple[PeopleView, ...]
    notes: tuple[str, ...]
    violations: tuple[ViolationView, ...]
    answers: tuple[AnswerView, ...]
    talk: str
    choice: QuoteView | None
    consent: QuoteView | None
    turns: tuple[TurnView, ...]
    program: str


def call_page(review: Review) -> str:
    """The page of one call as HTML that needs nothing besides itself."""
    from callreview.reports.html import render

    return render("call.html", styles=STYLES, scripts=SCRIPTS, page=page_of(review))


def page_of(review: Review, prefix: str = "") -> CallPage:
    """What the page of a call shows; all ids in it begin with `prefix`."""
    return _Page(review, prefix).page()


def turn_id(turn: int, prefix: str = "") -> str:
    """The id of a turn on a page."""
    return f"{prefix}turn-{turn}"


class _Page:
    def __init__(self, review: Review, prefix: str) -> None:
        self.review, self.call, self.prefix = review, review.call, prefix

    def page(self) -> CallPage:
        review, call = self.review, self.call
        return CallPage(
            prefix=self.prefix,
            title=call.title,
            score=score_line(review),
            status=review.score.status,
            facts=tuple(head_facts(review)),
            people=tuple(
                PeopleView(label=label, names=names) for side, label in _GROUPS if (names := _names(call, side))
            ),
            notes=review.notes,
            violations=tuple(self._violations()),
            answers=tuple(map(self._answer, review.answers)),
            talk=talk_line(review),
            choice=self._quote(review.autonomy[0]) if review.autonomy else None,
            consent=self._quote(review.consent[-1]) if review.consent else None,
            turns=self._turns(),
            program=f"callreview {review.program_version}, playbook {review.rubric_id} {review.rubric_version}",
        )

    def _violations(self) -> Iterator[ViolationView]:
        told: set[str] = set()
        for group in violations_by_sentence(self.review):
            quote = self._quote(group[0].sighting)
            kinds = tuple(_kind(v, told) for v in group)
            yield ViolationView(id=self._violation_id(group[0].sighting), quote=quote, kinds=kinds)

    def _answer(self, answer: Answer) -> AnswerView:
        quotes = best_quotes(answer.carried_by)
        shown = {s.sentence for s in quotes}
        more = [s for s in best_quotes(answer.evidence, most=len(answer.evidence)) if s.sentence not in shown]
        return AnswerView(
            id=self._id(answer.prompt),
            number=answer.number,
            name=answer.prompt.replace("_", " "),
            question=answer.question,
            level=answer.level,
            max_level=answer.max_level,
            why=answer.why,
            quotes=tuple(map(self._quote, quotes)),
            more=tuple(map(self._quote, more)),
            missing=answer.missing,
            coach=answer.coach,
        )

    def _quote(self, sighting: Sighting) -> QuoteView:
        return QuoteView(
            id=self._mark_id(sighting.sentence),
            where=where(self.call, sighting),
            text=excerpt(self.call, sighting),
        )

    # --- the transcript ---------------------------------------------------------------------------

    def _turns(self) -> tuple[TurnView, ...]:
        marks: dict[int, dict[tuple[int, int], Mark]] = {}
        reasons: dict[int, dict[ReasonView, None]] = {}
        for sighting, kind, reason in self._evidence():
            for mark in self._marks(sighting, kind):
                marks.setdefault(sighting.turn, {}).setdefault((mark.start, mark.end), mark)
            reasons.setdefault(sighting.turn, {})[reason] = None
        return tuple(
            self._turn(turn, marks.get(turn.number, {}).values(), tuple(reasons.get(turn.number, ())))
            for turn in self.call.turns
        )

    def _turn(self, turn: Turn, marks: Iterable[Mark], reasons: tuple[ReasonView, ...]) -> TurnView:
        return TurnView(
            id=turn_id(turn.number, self.prefix),
            number=turn.number,
            at=clock(turn.start) if turn.start is not None else f"turn {turn.number}",
            speaker=turn.speaker,
            side=self.call.side(turn.number).value,
            pieces=pieces(turn.text, marks),
            reasons=reasons,
        )

    def _evidence(self) -> Iterator[tuple[Sighting, str, ReasonView]]:
        """All that is marked, the kind of its mark, and what it is evidence of; violations first."""
        review = self.review
        for v in review.violations:
            reason = ReasonView(id=self._violation_id(v.sighting), text=f"{v.severity}: {v.title}", bad=True)
            yield v.sighting, "violation", reason
        for answer in review.answers:
            reason = ReasonView(id=self._id(answer.prompt), text=f"{answer.number} {answer.prompt.replace('_', ' ')}")
            yield from ((s, "quote", reason) for s in answer.evidence)
        for s in review.autonomy:
            yield s, "choice", ReasonView(id=self._id("choice"), text="choice")
        for s in review.consent:
            yield s, "choice", ReasonView(id=self._id("consent"), text="consent")

    def _marks(self, sighting: Sighting, kind: str) -> Iterator[Mark]:
        """The sentence, to which quotes link, and in it the words that fired."""
        sentence, passage = sighting.sentence, sighting.passage
        yield Mark(start=sentence.start, end=sentence.end, kind=kind, id=self._mark_id(sentence))
        yield Mark(start=passage.start, end=passage.end, kind="fired")

    def _id(self, name: str) -> str:
        return f"{self.prefix}{name.replace('_', '-')}"

    def _mark_id(self, place: Passage) -> str:
        return self._id(f"quote-{place.turn}-{place.start}-{place.end}")

    def _violation_id(self, sighting: Sighting) -> str:
        place = sighting.sentence
        return self._id(f"violation-{place.turn}-{place.start}-{place.end}")


def _names(call: Call, side: Side) -> tuple[str, ...]:
    return tuple(speaker.name for speaker in call.speakers if speaker.side is side)


def _kind(violation: Violation, told: set[str]) -> KindView:
    instead = None if violation.kind in told else violation.instead
    told.add(violation.kind)
    return KindView(severity=violation.severity, title=violation.title, instead=instead)
