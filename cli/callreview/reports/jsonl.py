"""The review as one line of JSON, by the published contract; the same review gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Call
from callreview.detection.hearing import Sighting
from callreview.reports.contract import (
    SCHEMA,
    CallShape,
    EvidenceShape,
    IgnoredShape,
    MetricsShape,
    ProgramShape,
    PromptShape,
    QuoteShape,
    ReviewShape,
    RubricShape,
    ScoreShape,
    SpeakerShape,
    ViolationShape,
)
from callreview.reports.redaction import heard_at


def line(review: Review) -> str:
    """One review as one line, without the line end."""
    return json.dumps(_shape(review), ensure_ascii=False)


def _shape(review: Review) -> ReviewShape:
    call, metrics, score = review.call, review.metrics, review.score
    return ReviewShape(
        schema=SCHEMA,
        call=_call(review),
        rubric=RubricShape(id=review.rubric_id, version=review.rubric_version, digest=review.rubric_digest),
        program=ProgramShape(name="callreview", version=review.program_version, pipeline=review.pipeline),
        prompts=[_prompt(call, a) for a in review.answers],
        violations=[_violation(call, v) for v in review.violations],
        autonomy=_quotes(call, review.autonomy),
        consent=_quotes(call, review.consent),
        ignored=[_ignored(call, s) for s in review.ignored],
        metrics=MetricsShape(
            seller_talk_share=metrics.seller_talk_share,
            longest_monologue_s=_seconds(metrics.longest_monologue_s),
            questions_by_seller=metrics.questions_by_seller,
            questions_by_buyer=metrics.questions_by_buyer,
        ),
        score=ScoreShape(points=score.points, of=score.of, percent=score.percent, status=score.status),
        notes=list(review.notes),
        indicators=dict(review.indicators),
    )


def _call(review: Review) -> CallShape:
    call, words = review.call, review.metrics.words_by_speaker
    return CallShape(
        id=call.id,
        path=str(call.path) if call.path else None,
        title=call.title,
        format=call.format,
        date=call.date.isoformat() if call.date else None,
        duration_s=_seconds(call.duration_s),
        turns=len(call.turns),
        words=sum(words.values()),
        moment=review.moment,
        upsell=review.upsell,
        account=call.account,
        speakers=[
            SpeakerShape(name=s.name, side=s.side, side_from=s.side_from, words=words[s.name]) for s in call.speakers
        ],
        offers=list(review.kinds_of_offer),
    )


def _prompt(call: Call, answer: Answer) -> PromptShape:
    return PromptShape(
        id=answer.prompt,
        number=answer.number,
        question=answer.question,
        level=answer.level,
        max_level=answer.max_level,
        why=answer.why,
        evidence=[_evidence(call, s) for s in answer.evidence],
        missing=answer.missing,
        coach=answer.coach,
    )


def _evidence(call: Call, s: Sighting) -> EvidenceShape:
    turn = call.turn(s.turn)
    return EvidenceShape(
        signal=s.signal,
        turn=s.turn,
        speaker=turn.speaker,
        side=call.side(s.turn),
        start_s=_seconds(turn.start),
        quote=call.quote(s.sentence),
        match=_match(s),
        rule=s.rule,
    )


def _violation(call: Call, violation: Violation) -> ViolationShape:
    s = violation.sighting
    turn = call.turn(s.turn)
    return ViolationShape(
        kind=violation.kind,
        severity=violation.severity,
        turn=s.turn,
        speaker=turn.speaker,
        start_s=_seconds(turn.start),
        quote=call.quote(s.sentence),
        rule=s.rule,
        instead=violation.instead,
        match=_match(s),
    )


def _seconds(told: float | None) -> float | None:
    """Seconds with a point, also where an export tells them as a whole number."""
    return None if told is None else float(told)


def _match(s: Sighting) -> tuple[int, int]:
    passage = heard_at(s)
    return passage.start, passage.end


def _quotes(call: Call, sightings: Iterable[Sighting]) -> list[QuoteShape]:
    return [QuoteShape(turn=s.turn, quote=call.quote(s.sentence)) for s in sightings]


def _ignored(call: Call, s: Sighting) -> IgnoredShape:
    assert s.ignored_because is not None
    return IgnoredShape(signal=s.signal, turn=s.turn, quote=call.quote(s.sentence), because=s.ignored_because)
