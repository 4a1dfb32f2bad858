"""The review as one line of JSON, by the published contract; the same review gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

from callreview.assessment.review import Answer, Review, Violation
from callreview.conversation import Call
from callreview.detection.hearing import Sighting

SCHEMA = "callreview.review/1"


def line(review: Review) -> str:
    """One review as one line, without the line end."""
    return json.dumps(as_dict(review), ensure_ascii=False, separators=(", ", ": "))


def as_dict(review: Review) -> dict[str, Any]:
    """The review in the order of keys that the contract gives."""
    call = review.call
    return {
        "schema": SCHEMA,
        "call": _call(review),
        "rubric": {"id": review.rubric_id, "version": review.rubric_version, "digest": review.rubric_digest},
        "program": {"name": "callreview", "version": review.program_version, "pipeline": review.pipeline},
        "prompts": [_answer(call, a) for a in review.answers],
        "violations": [_violation(call, v) for v in review.violations],
        "autonomy": [{"turn": s.turn, "quote": call.quote(s.sentence)} for s in review.autonomy],
        "consent": [{"turn": s.turn, "quote": call.quote(s.sentence)} for s in review.consent],
        "ignored": [_ignored(call, s) for s in review.ignored],
        "metrics": {
            "seller_talk_share": review.metrics.seller_talk_share,
            "longest_monologue_s": review.metrics.longest_monologue_s,
            "questions_by_seller": review.metrics.questions_by_seller,
            "questions_by_buyer": review.metrics.questions_by_buyer,
        },
        "score": {
            "points": review.score.points,
            "of": review.score.of,
            "percent": review.score.percent,
            "status": review.score.status,
        },
        "notes": list(review.notes),
    }


def _call(review: Review) -> dict[str, Any]:
    call = review.call
    words = {speaker.name: 0 for speaker in call.speakers}
    for turn in call.turns:
        words[turn.speaker] = words.get(turn.speaker, 0) + len(turn.text.split())
    return {
        "id": call.id,
        "path": str(call.path) if call.path else None,
        "title": call.title,
        "format": call.format,
        "date": call.date.isoformat() if call.date else None,
        "duration_s": call.duration_s,
        "turns": len(call.turns),
        "words": sum(words.values()),
        "moment": review.moment,
        "upsell": review.upsell,
        "account": call.account,
        "speakers": [
            {"name": s.name, "side": s.side.value, "side_from": s.side_from.value, "words": words[s.name]}
            for s in call.speakers
        ],
        "offers": list(review.kinds_of_offer),
    }


def _answer(call: Call, answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.prompt,
        "number": answer.number,
        "question": answer.question,
        "level": answer.level,
        "max_level": answer.max_level,
        "why": answer.why,
        "evidence": [_evidence(call, s) for s in answer.evidence],
        "missing": answer.missing,
        "coach": answer.coach,
    }


def _evidence(call: Call, s: Sighting) -> dict[str, Any]:
    turn = call.turn(s.turn)
    return {
        "signal": s.signal,
        "turn": s.turn,
        "speaker": turn.speaker,
        "side": call.side(s.turn).value,
        "start_s": turn.start,
        "quote": call.quote(s.sentence),
        "match": [s.passage.start, s.passage.end],
        "rule": s.rule,
    }


def _violation(call: Call, violation: Violation) -> dict[str, Any]:
    s = violation.sighting
    turn = call.turn(s.turn)
    return {
        "kind": violation.kind,
        "severity": violation.severity,
        "turn": s.turn,
        "speaker": turn.speaker,
        "start_s": turn.start,
        "quote": call.quote(s.sentence),
        "match": [s.passage.start, s.passage.end],
        "rule": s.rule,
        "instead": violation.instead,
    }


def _ignored(call: Call, s: Sighting) -> dict[str, Any]:
    return {"signal": s.signal, "turn": s.turn, "quote": call.quote(s.sentence), "because": s.ignored_because}
