"""The made-up quarter as a ledger, quickly: records that say what is true of each call, without reviewing any.

    python -m tests.ledgers.records STORE [--weeks 12] [--seed 7]

Where the words of a review matter, let `callreview` review the transcripts that the generator writes.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from callreview.conversation import Side, SideSource
from callreview.store.ledger import open_ledger
from callreview.store.records import (
    AnswerRecord,
    CallRecord,
    FileOutcome,
    QuoteRecord,
    ReviewRecord,
    RunRecord,
    SpeakerRecord,
    ViolationRecord,
)
from tests.ledgers.generator import PROMPTS, SEED, WEEKS, MadeCall, quarter

RUN = "quarter"
DIGEST = "sha256:quarter"
VERSION = "0"
BLOCKERS = ("confirmshaming", "coercion", "hidden_terms", "bypass", "stacking")
MAX_LEVEL = 3


def record(call: MadeCall) -> ReviewRecord:
    """What is true of a call, as the review of it; metrics and indicators that are not known are None or 0."""
    truth, turns = call.truth, call.turns
    applying = [level for level in truth.levels.values() if level is not None]
    blocked = any(kind in BLOCKERS for kind, _ in truth.violations)
    percent = round(100 * sum(applying) / (MAX_LEVEL * len(applying)), 1)
    return ReviewRecord(
        call=_call(call),
        rubric_id="upselling",
        rubric_version="1.0.0",
        rubric_digest=DIGEST,
        program_version=VERSION,
        pipeline="blank:en",
        moment=truth.moment,
        upsell=truth.upsell,
        offers=("upsell",) if truth.upsell else (),
        answers=tuple(_answer(call, prompt, number) for number, prompt in enumerate(PROMPTS, start=1)),
        violations=tuple(_violation(call, kind, turn) for kind, turn in truth.violations),
        autonomy=tuple(_quote(call, "autonomy", turn) for turn in truth.autonomy),
        consent=(),
        seller_talk_share=_words(call, Side.SELLER) / sum(len(turn.text.split()) for turn in turns),
        longest_monologue_s=None,
        questions_by_seller=sum(turn.text.count("?") for turn in turns if _side(turn.who) is Side.SELLER),
        questions_by_buyer=sum(turn.text.count("?") for turn in turns if _side(turn.who) is Side.BUYER),
        points=sum(applying),
        of=MAX_LEVEL * len(applying),
        percent=percent,
        status="blocked" if blocked else "strong" if percent >= 80 else "sound" if percent >= 60 else "needs work",
        notes=(),
    )


def write_ledger(calls: Sequence[MadeCall], store: Path) -> None:
    """A new ledger that holds these calls, written in one run."""
    with open_ledger(store) as ledger:
        ledger.begin_run(
            RunRecord(
                id=RUN,
                started_at=datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
                rubric_id="upselling",
                rubric_digest=DIGEST,
                program_version=VERSION,
            )
        )
        ledger.write(RUN, [_outcome(record(call)) for call in calls])
        ledger.end_run(RUN, {"reviewed": len(calls)}, "done")


def _outcome(review: ReviewRecord) -> FileOutcome:
    path = review.call.path or ""
    return FileOutcome(path=path, size=1, mtime_ns=1, content_hash=review.call.id, reviews=(review,))


def _call(call: MadeCall) -> CallRecord:
    truth = call.truth
    return CallRecord(
        id=hashlib.sha256(truth.file.encode()).hexdigest()[:16],
        title=truth.moment.title(),
        format="webvtt" if truth.file.endswith(".vtt") else "plain",
        path=f"/calls/{truth.file}",
        date=date.fromisoformat(truth.date),
        account=truth.account,
        duration_s=call.turns[-1].end,
        turns=len(call.turns),
        words=sum(len(turn.text.split()) for turn in call.turns),
        speakers=tuple(_speaker(call, name) for name in dict.fromkeys(turn.name for turn in call.turns)),
    )


def _speaker(call: MadeCall, name: str) -> SpeakerRecord:
    said = [turn for turn in call.turns if turn.name == name]
    is_rep = name == call.truth.rep
    return SpeakerRecord(
        name=name,
        side=_side(said[0].who),
        side_from=SideSource.ROSTER,
        words=sum(len(turn.text.split()) for turn in said),
        team=call.truth.team if is_rep else None,
        manager=call.truth.manager if is_rep else None,
    )


def _answer(call: MadeCall, prompt: str, number: int) -> AnswerRecord:
    level, turn = call.truth.levels[prompt], call.truth.evidence.get(prompt)
    return AnswerRecord(
        prompt=prompt,
        number=number,
        level=level,
        max_level=MAX_LEVEL,
        why="does not apply" if level is None else f"level {level}, as it was made",
        missing=None if level in (None, MAX_LEVEL) else f"what level {level + 1} asks for",
        coach=None if level in (None, MAX_LEVEL) else f"A line for level {level + 1} of {prompt}.",
        evidence=(_quote(call, prompt, turn),) if turn else (),
    )


def _violation(call: MadeCall, kind: str, turn: int) -> ViolationRecord:
    severity = "blocker" if kind in BLOCKERS else "major"
    quote = _quote(call, kind, turn)
    return ViolationRecord(kind=kind, title=kind, severity=severity, quote=quote, instead=f"A line instead of {kind}.")


def _quote(call: MadeCall, signal: str, number: int) -> QuoteRecord:
    turn = call.turns[number - 1]
    whole = (0, len(turn.text))
    return QuoteRecord(
        signal=signal,
        turn=number,
        speaker=turn.name,
        side=_side(turn.who),
        start_s=turn.start,
        quote=turn.text,
        sentence=whole,
        match=whole,
        rule=f"parts/{signal}.yaml",
    )


def _side(who: str) -> Side:
    return Side.SELLER if who in ("seller", "engineer") else Side.BUYER


def _words(call: MadeCall, side: Side) -> int:
    return sum(len(turn.text.split()) for turn in call.turns if _side(turn.who) is side)


def main() -> None:
    """Write a quarter into a new ledger."""
    parser = argparse.ArgumentParser(description="Make a ledger with known truths.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write_ledger(tuple(quarter(seed=given.seed, weeks=given.weeks)), given.store)


if __name__ == "__main__":
    main()
