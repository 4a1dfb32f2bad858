"""Talk metrics: shares of words, the longest monologue, questions."""

from __future__ import annotations

from collections import Counter

from callreview.assessment.review import Metrics
from callreview.conversation import Call, Side, Turn
from callreview.detection.hearing import Hearing, Sentence

_ASKING = frozenset("who what when where why how which do does did is are can could would will have has shall".split())


def talk_metrics(hearing: Hearing) -> Metrics:
    """How the talk was shared between the sides."""
    words: Counter[Side] = Counter()
    questions: Counter[Side] = Counter()
    for sentence in hearing.sentences:
        side = hearing.side(sentence.turn)
        words[side] += len(sentence.words)
        questions[side] += sentence.is_question or _sounds_like_a_question(hearing, sentence)
    told = words[Side.SELLER] + words[Side.BUYER]
    return Metrics(
        seller_talk_share=round(words[Side.SELLER] / told, 2) if told else None,
        longest_monologue_s=_longest_monologue(hearing.call),
        questions_by_seller=questions[Side.SELLER],
        questions_by_buyer=questions[Side.BUYER],
        words_by_speaker=_words_by_speaker(hearing.call),
    )


def _words_by_speaker(call: Call) -> dict[str, int]:
    words = {speaker.name: 0 for speaker in call.speakers}
    for turn in call.turns:
        words[turn.speaker] = words.get(turn.speaker, 0) + len(turn.text.split())
    return words


def _sounds_like_a_question(hearing: Hearing, sentence: Sentence) -> bool:
    """Recogniser text has no question marks; an inverted beginning tells."""
    if sentence.words[0] not in _ASKING or len(sentence.words) <= 2:
        return False
    text = hearing.call.turn(sentence.turn).text
    return not any(mark in text for mark in ".?!")


def _longest_monologue(call: Call) -> float | None:
    """Seconds of the seller's longest turn; a turn ends when the next begins where the source has no end times."""
    lengths = [_length(call, turn) for turn in call.turns if call.side(turn.number) is Side.SELLER]
    known = [length for length in lengths if length is not None]
    return round(max(known), 1) if known else None


def _length(call: Call, turn: Turn) -> float | None:
    following = call.turns[turn.number] if turn.number < len(call.turns) else None
    end = turn.end if turn.end is not None else following.start if following else None
    return None if turn.start is None or end is None or end < turn.start else end - turn.start
