"""The JSON Schema of a review, as `callreview schema review` publishes it."""

from __future__ import annotations

from typing import Any

from callreview.reports.jsonl import SCHEMA

TEXT, WHOLE, NUMBER = {"type": "string"}, {"type": "integer"}, {"type": "number"}


def review_schema() -> dict[str, Any]:
    """The schema of one line; additions are allowed, removals and changes of meaning raise its version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **_object(
            schema={"const": SCHEMA},
            call=_call(),
            rubric=_object(id=TEXT, version=TEXT, digest=TEXT),
            program=_object(name=TEXT, version=TEXT, pipeline=TEXT),
            prompts={"type": "array", "minItems": 1, "items": _prompt()},
            violations=_array(_violation()),
            autonomy=_array(_object(turn=_turn(), quote=TEXT)),
            consent=_array(_object(turn=_turn(), quote=TEXT)),
            ignored=_array(_object(signal=TEXT, turn=_turn(), quote=TEXT, because=TEXT)),
            metrics=_object(
                seller_talk_share=_or_null(NUMBER),
                longest_monologue_s=_or_null(NUMBER),
                questions_by_seller=WHOLE,
                questions_by_buyer=WHOLE,
            ),
            score=_object(
                points=WHOLE,
                of=WHOLE,
                percent=_or_null(NUMBER),
                status={"enum": ["blocked", "needs work", "sound", "strong", "unscorable"]},
            ),
            notes=_array(TEXT),
        ),
    }


def _call() -> dict[str, Any]:
    speaker = _object(
        name=TEXT,
        side={"enum": ["seller", "buyer", "unknown"]},
        side_from={"enum": ["export", "option", "roster", "label", "company", "inferred", "none"]},
        words=WHOLE,
    )
    return _object(
        id=TEXT,
        path=_or_null(TEXT),
        title=TEXT,
        format=TEXT,
        date=_or_null(TEXT),
        duration_s=_or_null(NUMBER),
        turns=WHOLE,
        words=WHOLE,
        moment=TEXT,
        upsell={"type": "boolean"},
        account=_or_null(TEXT),
        speakers=_array(speaker),
    )


def _prompt() -> dict[str, Any]:
    evidence = _object(
        signal=TEXT,
        turn=_turn(),
        speaker=TEXT,
        side={"enum": ["seller", "buyer", "unknown"]},
        start_s=_or_null(NUMBER),
        quote=TEXT,
        match=_range(),
        rule=TEXT,
    )
    return _object(
        id=TEXT,
        number=WHOLE,
        question=TEXT,
        level=_or_null({"type": "integer", "minimum": 0, "maximum": 3}),
        max_level=WHOLE,
        why=TEXT,
        evidence=_array(evidence),
        missing=_or_null(TEXT),
        coach=_or_null(TEXT),
    )


def _violation() -> dict[str, Any]:
    return _object(
        kind=TEXT,
        severity={"enum": ["blocker", "major", "minor"]},
        turn=_turn(),
        speaker=TEXT,
        start_s=_or_null(NUMBER),
        quote=TEXT,
        rule=TEXT,
        instead=TEXT,
    )


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [shape, {"type": "null"}]}


def _turn() -> dict[str, Any]:
    return {"type": "integer", "minimum": 1}


def _range() -> dict[str, Any]:
    return {"type": "array", "prefixItems": [WHOLE, WHOLE], "minItems": 2, "maxItems": 2}
