"""The week as JSON, for machines. Shares and changes are between -1 and 1; null where n is too small."""

from __future__ import annotations

import json
from typing import Any

from callreview.analysis.listening import ToListen
from callreview.analysis.week import (
    Cited,
    Figures,
    IndicatorWeek,
    PromptWeek,
    RepWeek,
    Standing,
    Talk,
    Tally,
    Violated,
    Week,
)
from callreview.reports import week_words as words
from callreview.store.records import CallRecord, QuoteRecord

SCHEMA = "callreview.week/1"


def text(week: Week, *, ranked: bool = False, also: tuple[str, ...] = ()) -> str:
    """The week as one JSON object; `also` are notes of whoever asks."""
    return json.dumps(_week(week, ranked, also), ensure_ascii=False, indent=1) + "\n"


def _week(week: Week, ranked: bool, also: tuple[str, ...]) -> dict[str, Any]:
    board = {"leaderboard": [_share(rep) for rep in week.reps]} if ranked else {}
    return {
        "schema": SCHEMA,
        "purpose": words.PURPOSE,
        "week": str(week.week),
        "team": week.team,
        "rep": week.rep,
        "calls": week.calls,
        "without_rep": week.without_rep,
        "without_date": week.without_date,
        "notes": [*also, *words.notes(week)],
        "rubrics": [
            {
                "id": use.id,
                "version": use.version,
                "digest": use.digest,
                "program": use.program,
                "calls": use.calls,
                "calls_before": use.calls_before,
                "since": use.since.isoformat(),
            }
            for use in week.rubrics
        ],
        "listen": [_listen(one) for one in week.listen],
        "everybody": _figures(week.everybody),
        "reps": [_rep(rep) for rep in week.reps],
        "trend_weeks": [str(w) for w in week.weeks],
        **board,
    }


def _share(rep: RepWeek) -> dict[str, Any]:
    share = words.overall(rep)
    return {"rep": rep.name, "calls": rep.figures.calls, "sound": share.value}


def _listen(one: ToListen) -> dict[str, Any]:
    rep = one.review.call.rep
    return {
        **_call(one.review.call),
        "rep": rep.name if rep else None,
        "kind": one.kind,
        "reason": one.reason,
        "turn": one.turn,
        "start_s": one.start_s,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "calls": figures.calls,
        "calls_before": figures.calls_before,
        "prompts": [_prompt(p) for p in figures.prompts],
        "indicators": [_indicator(i) for i in figures.indicators],
    }


def _prompt(p: PromptWeek) -> dict[str, Any]:
    change = p.change
    return {
        "id": p.prompt,
        "number": p.number,
        **_standing(p.now),
        "before": _standing(p.before),
        "change": change and {"difference": change.difference, "low": change.low, "high": change.high},
        "trend": [_standing(s) for s in p.trend],
    }


def _standing(s: Standing) -> dict[str, Any]:
    return {"n": s.n, "levels": list(s.levels), "not_applicable": s.not_applicable, "sound": s.sound.value}


def _indicator(i: IndicatorWeek) -> dict[str, Any]:
    return {
        "id": i.name,
        "now": _tally(i.now),
        "before": _tally(i.before),
        "discovery": _tally(i.discovery),
        "discovery_before": _tally(i.discovery_before),
    }


def _tally(t: Tally) -> dict[str, Any]:
    return {"calls": t.calls, "total": t.total, "calls_with": t.calls_with, "mean": t.mean}


def _rep(rep: RepWeek) -> dict[str, Any]:
    return {
        "name": rep.name,
        "team": rep.team,
        **_figures(rep.figures),
        "violations": [_violated(v) for v in rep.violations],
        "going_well": rep.going_well and _talk(rep.going_well),
        "work_on": rep.work_on and _talk(rep.work_on),
    }


def _violated(v: Violated) -> dict[str, Any]:
    violation = v.violation
    return {
        "kind": violation.kind,
        "severity": violation.severity,
        "title": violation.title,
        "instead": violation.instead,
        **_call(v.call),
        **_quote(violation.quote),
    }


def _talk(talk: Talk) -> dict[str, Any]:
    return {
        "prompt": talk.prompt,
        "violation": talk.violated.violation.kind if talk.violated else None,
        "weeks": talk.weeks,
        "standing": talk.standing and _standing(talk.standing),
        "words": talk.cited and _cited(talk.cited),
        "line": talk.line,
    }


def _cited(cited: Cited) -> dict[str, Any]:
    return {**_call(cited.call), **_quote(cited.quote)}


def _call(call: CallRecord) -> dict[str, Any]:
    return {"call": call.id, "title": call.title, "date": call.date.isoformat() if call.date else None}


def _quote(quote: QuoteRecord) -> dict[str, Any]:
    return {"turn": quote.turn, "speaker": quote.speaker, "start_s": quote.start_s, "quote": quote.quote}
