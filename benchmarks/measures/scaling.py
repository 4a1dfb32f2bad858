"""Cost against size: turns, phrases, one very long turn, and texts made to be costly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call
from callreview.detection.detect import Detector
from callreview.rubric import Rubric

from . import calls, clock, playbooks

# Seconds that one measurement may take; one that must be expected to take longer is left out and said to be.
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Point:
    """Seconds for one size; `doubling` is what twice the size would cost, from this size and the one before."""

    size: int
    words: int
    seconds: float
    doubling: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of work at growing sizes; `left_out` are the sizes that would have taken too long."""

    title: str
    points: tuple[Point, ...]
    left_out: tuple[int, ...] = ()

    @property
    def worst(self) -> float | None:
        """The greatest cost of a doubling."""
        return max((p.doubling for p in self.points if p.doubling), default=None)


def lengths(reviewer: Reviewer, sizes: Sequence[int], rounds: int) -> Series:
    """Reviewing calls of so many turns."""
    return _series("turns", sizes, lambda size: calls.as_call(calls.of_turns(size)), reviewer.review, rounds)


def long_turn(reviewer: Reviewer, sizes: Sequence[int], rounds: int) -> Series:
    """Reviewing a call of one turn of so many words."""
    return _series("words in one turn", sizes, lambda size: _one_turn(calls.text_of(size)), reviewer.review, rounds)


def hostile(reviewer: Reviewer, sizes: Sequence[int], rounds: int) -> list[Series]:
    """Reviewing texts that are made to be costly, each as one turn of so many words."""
    texts = _hostile_texts(reviewer.rubric)
    return [
        _series(title, sizes, lambda size, text=text: _one_turn(text(size)), reviewer.review, rounds)  # type: ignore[misc]
        for title, text in texts.items()
    ]


def phrases(rubric: Rubric, sizes: Sequence[int], rounds: int, words: int = calls.CALL_WORDS) -> Series:
    """Hearing one call with so many phrases."""
    call = calls.as_call(next(calls.of_words(words)))
    detectors = {size: Detector(playbooks.with_phrases(rubric, size)) for size in sizes}
    for detector in detectors.values():
        detector.hear(call)
    samples = clock.interleaved(
        {str(size): _work(partial(detector.hear, call)) for size, detector in detectors.items()}, rounds
    )
    said = sum(len(turn.text.split()) for turn in call.turns)
    return Series("phrases", tuple(_points(sizes, [said] * len(sizes), [samples[str(s)].median for s in sizes])))


def _series(
    title: str, sizes: Sequence[int], make: Callable[[int], Call], work: Callable[[Call], object], rounds: int
) -> Series:
    """Work on the calls of all sizes, each in turn, the small ones more often."""
    made = {size: make(size) for size in sizes}
    work(made[sizes[0]])
    measured: list[int] = []
    seconds: list[float] = []
    for size in sizes:
        if len(seconds) > 1 and seconds[-1] * seconds[-1] / seconds[-2] > PATIENCE:
            break
        measured.append(size)
        seconds.append(clock.worked(partial(work, made[size])))
    tasks = {str(size): _work(partial(work, made[size])) for size in measured}
    repeats = clock.interleaved(tasks, rounds - 1, budget=PATIENCE / 10)
    medians = [
        clock.Sample((first, *repeats[str(size)].seconds)).median for size, first in zip(measured, seconds, strict=True)
    ]
    words = [sum(len(turn.text.split()) for turn in made[size].turns) for size in measured]
    return Series(title, tuple(_points(measured, words, medians)), tuple(sizes[len(measured) :]))


def _points(sizes: Sequence[int], words: Sequence[int], seconds: Sequence[float]) -> Iterable[Point]:
    before: Point | None = None
    for size, said, taken in zip(sizes, words, seconds, strict=True):
        double = clock.doubling(taken / before.seconds, size / before.size) if before else None
        before = Point(size, said, taken, double)
        yield before


def _work(work: Callable[[], object]) -> Callable[[int], float]:
    return lambda number: clock.worked(work)


def _one_turn(text: str) -> Call:
    return calls.as_call([calls.Said(calls.SELLER, text)])


def _hostile_texts(rubric: Rubric) -> dict[str, Callable[[int], str]]:
    """Texts of so many words by what is hostile in them."""
    vocabulary = sorted({word for _, phrase in playbooks.shipped_phrases(rubric) for word in phrase.text.split()})
    plain = [word for word in vocabulary if word.isalpha()]
    chance = random.Random(5)
    mixed = [chance.choice(plain) for _ in range(50_000)]

    def repeated(words: Sequence[str]) -> Callable[[int], str]:
        return lambda size: " ".join((list(words) * (size // len(words) + 1))[:size])

    return {
        "no punctuation at all": lambda size: "".join(c for c in calls.text_of(size) if c.isalnum() or c in " '’"),
        "beginnings of gap phrases, never ended": repeated(["we", "can", "if", "you", "will", "not"]),
        "two words, over and over": repeated(["if", "we"]),
        "the phrases' own words, shuffled": repeated(mixed),
        "numbers as words": repeated(["one", "hundred", "and", "twenty", "five", "thousand", "point"]),
        "amounts and dates": repeated(["$1,200", "per", "seat", "by", "March", "3rd", "or", "10%"]),
        "every word a sentence": repeated(["no.", "we.", "can?"]),
        "one word of all these letters, ten a word": lambda size: "ab'" * (size * 10 // 3),
        "brackets and marks, never closed": repeated(["[[NAME", "((", "**#", "'''", "..."]),
    }
