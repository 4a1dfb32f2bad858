"""Reviews as rows, and rows as reviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from callreview.conversation import Side, SideSource
from callreview.store.keys import review_id
from callreview.store.records import (
    AnswerRecord,
    CallRecord,
    QuoteRecord,
    ReviewRecord,
    SpeakerRecord,
    ViolationRecord,
)

Values: TypeAlias = dict[str, Any]
Row: TypeAlias = Any
"""A row as SQLAlchemy gives it, its columns as attributes."""

PROMPT, AUTONOMY, CONSENT = "prompt", "autonomy", "consent"


def call_row(call: CallRecord) -> Values:
    """The call without its speakers."""
    return {
        "id": call.id,
        "title": call.title,
        "format": call.format,
        "path": call.path,
        "date": call.date,
        "account": call.account,
        "duration_s": call.duration_s,
        "turns": call.turns,
        "words": call.words,
    }


def review_row(review: ReviewRecord) -> Values:
    """What there is once in a review; the moment and the run are the writer's."""
    return {
        "id": review_id(review),
        "call_id": review.call.id,
        "rubric_id": review.rubric_id,
        "rubric_version": review.rubric_version,
        "rubric_digest": review.rubric_digest,
        "program_version": review.program_version,
        "pipeline": review.pipeline,
        "moment": review.moment,
        "upsell": review.upsell,
        "offers": review.offers,
        "seller_talk_share": review.seller_talk_share,
        "longest_monologue_s": review.longest_monologue_s,
        "questions_by_seller": review.questions_by_seller,
        "questions_by_buyer": review.questions_by_buyer,
        "points": review.points,
        "points_of": review.of,
        "percent": review.percent,
        "status": review.status,
        "notes": review.notes,
        "indicators": dict(review.indicators),
    }


def speaker_rows(review: ReviewRecord) -> list[Values]:
    """The participants, in their order."""
    return _numbered(
        review,
        (
            {
                "name": s.name,
                "side": s.side.value,
                "side_from": s.side_from.value,
                "words": s.words,
                "team": s.team,
                "manager": s.manager,
            }
            for s in review.call.speakers
        ),
    )


def answer_rows(review: ReviewRecord) -> list[Values]:
    """The answers without their evidence."""
    return _numbered(
        review,
        (
            {
                "prompt": a.prompt,
                "number": a.number,
                "level": a.level,
                "max_level": a.max_level,
                "why": a.why,
                "missing": a.missing,
                "coach": a.coach,
            }
            for a in review.answers
        ),
    )


def evidence_rows(review: ReviewRecord) -> list[Values]:
    """The quotes of all answers, best first, then those of autonomy and consent."""
    quotes: list[tuple[str, str | None, QuoteRecord]]
    quotes = [(PROMPT, a.prompt, quote) for a in review.answers for quote in a.evidence]
    quotes += [(AUTONOMY, None, quote) for quote in review.autonomy]
    quotes += [(CONSENT, None, quote) for quote in review.consent]
    return _numbered(review, ({"proves": proves, "prompt": prompt, **_quote(q)} for proves, prompt, q in quotes))


def violation_rows(review: ReviewRecord) -> list[Values]:
    """The violations, in call order."""
    return _numbered(
        review,
        (
            {"kind": v.kind, "title": v.title, "severity": v.severity, "instead": v.instead, **_quote(v.quote)}
            for v in review.violations
        ),
    )


def _numbered(review: ReviewRecord, rows: Iterable[Values]) -> list[Values]:
    of = review_id(review)
    return [{"review_id": of, "position": position, **row} for position, row in enumerate(rows)]


def _quote(quote: QuoteRecord) -> Values:
    return {
        "signal": quote.signal,
        "turn": quote.turn,
        "speaker": quote.speaker,
        "side": quote.side.value,
        "start_s": quote.start_s,
        "quote": quote.quote,
        "sentence_start": quote.sentence[0],
        "sentence_end": quote.sentence[1],
        "match_start": quote.match[0],
        "match_end": quote.match[1],
        "rule": quote.rule,
    }


# --- and back ------------------------------------------------------------------------------------


def review_of(
    review: Row,
    *,
    speakers: Sequence[Row],
    answers: Sequence[Row],
    evidence: Sequence[Row],
    violations: Sequence[Row],
) -> ReviewRecord:
    """The review that these rows are, each kind in the order of its positions; `review` holds its call as `call_…`."""
    proofs: dict[tuple[str, str | None], list[QuoteRecord]] = {}
    for row in evidence:
        proofs.setdefault((row.proves, row.prompt), []).append(_quote_of(row))
    return ReviewRecord(
        call=_call_of(review, speakers),
        rubric_id=review.rubric_id,
        rubric_version=review.rubric_version,
        rubric_digest=review.rubric_digest,
        program_version=review.program_version,
        pipeline=review.pipeline,
        moment=review.moment,
        upsell=review.upsell,
        offers=tuple(review.offers),
        answers=tuple(_answer_of(row, proofs.get((PROMPT, row.prompt), ())) for row in answers),
        violations=tuple(map(_violation_of, violations)),
        autonomy=tuple(proofs.get((AUTONOMY, None), ())),
        consent=tuple(proofs.get((CONSENT, None), ())),
        seller_talk_share=review.seller_talk_share,
        longest_monologue_s=review.longest_monologue_s,
        questions_by_seller=review.questions_by_seller,
        questions_by_buyer=review.questions_by_buyer,
        points=review.points,
        of=review.points_of,
        percent=review.percent,
        status=review.status,
        notes=tuple(review.notes),
        indicators=review.indicators,
        reviewed_at=review.reviewed_at,
    )


def _call_of(review: Row, speakers: Sequence[Row]) -> CallRecord:
    return CallRecord(
        id=review.call_id,
        title=review.call_title,
        format=review.call_format,
        path=review.call_path,
        date=review.call_date,
        account=review.call_account,
        duration_s=review.call_duration_s,
        turns=review.call_turns,
        words=review.call_words,
        speakers=tuple(
            SpeakerRecord(
                name=row.name,
                side=Side(row.side),
                side_from=SideSource(row.side_from),
                words=row.words,
                team=row.team,
                manager=row.manager,
            )
            for row in speakers
        ),
    )


def _answer_of(row: Row, evidence: Iterable[QuoteRecord]) -> AnswerRecord:
    return AnswerRecord(
        prompt=row.prompt,
        number=row.number,
        level=row.level,
        max_level=row.max_level,
        why=row.why,
        missing=row.missing,
        coach=row.coach,
        evidence=tuple(evidence),
    )


def _violation_of(row: Row) -> ViolationRecord:
    return ViolationRecord(
        kind=row.kind, title=row.title, severity=row.severity, quote=_quote_of(row), instead=row.instead
    )


def _quote_of(row: Row) -> QuoteRecord:
    return QuoteRecord(
        signal=row.signal,
        turn=row.turn,
        speaker=row.speaker,
        side=Side(row.side),
        start_s=row.start_s,
        quote=row.quote,
        sentence=(row.sentence_start, row.sentence_end),
        match=(row.match_start, row.match_end),
        rule=row.rule,
    )
