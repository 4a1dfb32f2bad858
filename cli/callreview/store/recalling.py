"""From what the ledger holds back to a review, for reports that show a call: `taking` the other way round.

Where the ledger kept the transcript, or the source can still be read and is the same talk, the call is whole; else it
holds what was quoted, at its place, and blanks for all else.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import cast

from callreview.assessment.review import Answer, Metrics, Review, Score, Severity, Status, Violation
from callreview.conversation import Call, Passage, Side, Speaker, Turn
from callreview.detection.hearing import Sighting
from callreview.errors import CallreviewError
from callreview.ingest import ReadOptions, read_calls
from callreview.store.records import AnswerRecord, CallRecord, QuoteRecord, ReviewRecord, SpeakerRecord

_FILES_AT_HAND = 8


def recalled(record: ReviewRecord, turns: tuple[Turn, ...]) -> Review:
    """The review with a call of these turns. What was ignored is not known, and questions are the prompts' names."""
    call = _call(record.call, turns)
    return Review(
        call=call,
        moment=record.moment,
        upsell=record.upsell,
        kinds_of_offer=record.offers,
        answers=tuple(map(_answer, record.answers)),
        violations=tuple(
            Violation(
                kind=v.kind,
                title=v.title,
                severity=cast(Severity, v.severity),
                sighting=_sighting(v.quote),
                instead=v.instead,
            )
            for v in record.violations
        ),
        autonomy=_sightings(record.autonomy),
        consent=_sightings(record.consent),
        ignored=(),
        metrics=Metrics(
            seller_talk_share=record.seller_talk_share,
            longest_monologue_s=record.longest_monologue_s,
            questions_by_seller=record.questions_by_seller,
            questions_by_buyer=record.questions_by_buyer,
            words_by_speaker={speaker.name: speaker.words for speaker in record.call.speakers},
        ),
        score=Score(points=record.points, of=record.of, percent=record.percent, status=cast(Status, record.status)),
        notes=record.notes,
        rubric_id=record.rubric_id,
        rubric_version=record.rubric_version,
        rubric_digest=record.rubric_digest,
        program_version=record.program_version,
        pipeline=record.pipeline,
        indicators=record.indicators,
    )


def turns_from_text(record: CallRecord, text: str) -> tuple[Turn, ...] | None:
    """The turns of a call as the ledger kept them; None where they are not of this talk."""
    with suppress(CallreviewError):
        (call, *_) = read_calls(Path("kept.json"), options=ReadOptions(), data=text.encode())
        return call.turns if call.id == record.id else None
    return None


def turns_from_source(record: CallRecord) -> tuple[Turn, ...] | None:
    """The turns of a call as its file has them now; None where that cannot be read or holds another talk."""
    if record.path is None:
        return None
    try:
        changed_ns = Path(record.path).stat().st_mtime_ns
    except OSError:
        return None
    sellers, buyers = (_names(record.speakers, side) for side in (Side.SELLER, Side.BUYER))
    calls = _calls(record.path, changed_ns, sellers, buyers)
    return next((call.turns for call in calls if call.id == record.id), None)


def quoted_turns(record: ReviewRecord) -> tuple[Turn, ...]:
    """Turns that hold what was quoted, each quote at its place, and are blank else.

    A turn of which nothing was quoted has no speaker and no text.
    """
    by_turn: dict[int, list[QuoteRecord]] = {}
    for quote in record.quotes:
        by_turn.setdefault(quote.turn, []).append(quote)
    return tuple(_quoted_turn(number, by_turn.get(number, ())) for number in range(1, record.call.turns + 1))


@lru_cache(maxsize=_FILES_AT_HAND)
def _calls(path: str, changed_ns: int, sellers: tuple[str, ...], buyers: tuple[str, ...]) -> tuple[Call, ...]:
    """The calls of a file as it was changed last; many calls may lie in one."""
    with suppress(CallreviewError):
        return read_calls(Path(path), options=ReadOptions(sellers=sellers, buyers=buyers), otherwise=lambda _: None)
    return ()


def _names(speakers: Iterable[SpeakerRecord], side: Side) -> tuple[str, ...]:
    return tuple(speaker.name for speaker in speakers if speaker.side is side)


def _quoted_turn(number: int, quotes: Iterable[QuoteRecord]) -> Turn:
    text, speaker, start = "", "", None
    for quote in sorted(quotes, key=lambda q: q.sentence):
        first, after = quote.sentence
        text = f"{text[:first]:<{first}}{quote.quote}{text[after:]}"
        speaker, start = quote.speaker, quote.start_s
    return Turn(number=number, speaker=speaker, text=text, start=start)


def _call(record: CallRecord, turns: tuple[Turn, ...]) -> Call:
    return Call(
        id=record.id,
        title=record.title,
        format=record.format,
        turns=turns,
        speakers=tuple(
            Speaker(name=s.name, side=s.side, side_from=s.side_from, team=s.team, manager=s.manager)
            for s in record.speakers
        ),
        path=Path(record.path) if record.path else None,
        date=record.date,
        account=record.account,
        duration_s=record.duration_s,
    )


def _answer(record: AnswerRecord) -> Answer:
    evidence = _sightings(record.evidence)
    return Answer(
        prompt=record.prompt,
        number=record.number,
        question=record.prompt.replace("_", " ").capitalize(),
        level=record.level,
        max_level=record.max_level,
        why=record.why,
        carried_by=evidence if record.level else (),
        evidence=evidence,
        missing=record.missing,
        coach=record.coach,
    )


def _sightings(quotes: Iterable[QuoteRecord]) -> tuple[Sighting, ...]:
    return tuple(map(_sighting, quotes))


def _sighting(quote: QuoteRecord) -> Sighting:
    return Sighting(
        signal=quote.signal,
        passage=Passage(turn=quote.turn, start=quote.match[0], end=quote.match[1]),
        sentence=Passage(turn=quote.turn, start=quote.sentence[0], end=quote.sentence[1]),
        rule=quote.rule,
    )
