"""What the ledger takes of a review."""

from __future__ import annotations

from collections.abc import Iterable

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Call
from callreview.detection.hearing import Sighting
from callreview.store.records import (
    AnswerRecord,
    CallRecord,
    QuoteRecord,
    ReviewRecord,
    SpeakerRecord,
    ViolationRecord,
)


def record_of(review: Review) -> ReviewRecord:
    """The review without the transcript's text: passages, quotes and what was concluded."""
    call, metrics, score = review.call, review.metrics, review.score
    return ReviewRecord(
        call=_call(review),
        rubric_id=review.rubric_id,
        rubric_version=review.rubric_version,
        rubric_digest=review.rubric_digest,
        program_version=review.program_version,
        pipeline=review.pipeline,
        moment=review.moment,
        upsell=review.upsell,
        offers=review.kinds_of_offer,
        answers=tuple(_answer(call, a) for a in review.answers),
        violations=tuple(_violation(call, v) for v in review.violations),
        autonomy=_quotes(call, review.autonomy),
        consent=_quotes(call, review.consent),
        seller_talk_share=metrics.seller_talk_share,
        longest_monologue_s=metrics.longest_monologue_s,
        questions_by_seller=metrics.questions_by_seller,
        questions_by_buyer=metrics.questions_by_buyer,
        points=score.points,
        of=score.of,
        percent=score.percent,
        status=score.status,
        notes=review.notes,
        indicators=dict(review.indicators),
    )


def _call(review: Review) -> CallRecord:
    call, words = review.call, review.metrics.words_by_speaker
    return CallRecord(
        id=call.id,
        title=call.title,
        format=call.format,
        path=str(call.path) if call.path else None,
        date=call.date,
        account=call.account,
        duration_s=call.duration_s,
        turns=len(call.turns),
        words=sum(words.values()),
        speakers=tuple(
            SpeakerRecord(
                name=s.name, side=s.side, side_from=s.side_from, words=words[s.name], team=s.team, manager=s.manager
            )
            for s in call.speakers
        ),
    )


def _answer(call: Call, answer: Answer) -> AnswerRecord:
    return AnswerRecord(
        prompt=answer.prompt,
        number=answer.number,
        level=answer.level,
        max_level=answer.max_level,
        why=answer.why,
        missing=answer.missing,
        coach=answer.coach,
        evidence=_quotes(call, answer.evidence),
    )


def _violation(call: Call, violation: Violation) -> ViolationRecord:
    return ViolationRecord(
        kind=violation.kind,
        title=violation.title,
        severity=violation.severity,
        quote=_quote(call, violation.sighting),
        instead=violation.instead,
    )


def _quotes(call: Call, sightings: Iterable[Sighting]) -> tuple[QuoteRecord, ...]:
    return tuple(_quote(call, s) for s in sightings)


def _quote(call: Call, s: Sighting) -> QuoteRecord:
    turn = call.turn(s.turn)
    return QuoteRecord(
        signal=s.signal,
        turn=s.turn,
        speaker=turn.speaker,
        side=call.side(s.turn),
        start_s=turn.start,
        quote=call.quote(s.sentence),
        sentence=(s.sentence.start, s.sentence.end),
        match=(s.passage.start, s.passage.end),
        rule=s.rule,
    )
