"""The examples in the rubric, tried: what must be heard is heard, what must be ignored is ignored for its reason.

`callreview rubric test` and the test suite run this same function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.detection.detect import Detector
from callreview.detection.hearing import Hearing
from callreview.errors import Place, render
from callreview.rubric.model import Phrase, Rubric, Signal, TokenPattern
from callreview.rubric.schema import Dialogue, Ignored

Rule = TypeVar("Rule")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An example that does not do what it says, or a phrase that no example reaches."""

    signal: str
    place: Place
    message: str

    def __str__(self) -> str:
        return render(f"{self.signal}: {self.message}", self.place, None)


def check_examples(rubric: Rubric, names: Sequence[str] = ()) -> Iterator[Failure]:
    """All failures of all examples, in file order; only those of some signals and combinations where any are named."""
    detector = Detector(rubric)
    for signal in _chosen(rubric.signals, names):
        yield from _check_signal(detector, signal)
    for combination in _chosen(rubric.combinations, names):
        yield from _check_finds(detector, combination.id, "finds", combination.shape.finds, "seller")
        yield from _check_ignores(detector, combination.id, combination.shape.ignores, "seller")


def count_examples(rubric: Rubric, names: Sequence[str] = ()) -> int:
    """How many examples `check_examples` tries."""
    files = [signal.file for signal in _chosen(rubric.signals, names)]
    shapes = [combination.shape for combination in _chosen(rubric.combinations, names)]
    tried = [len(f.finds) + len(f.ignores) + len(f.known_misses) + len(f.known_false_alarms) for f in files]
    return sum(tried) + sum(len(shape.finds) + len(shape.ignores) for shape in shapes)


def _chosen(rules: Mapping[str, Rule], names: Sequence[str]) -> list[Rule]:
    return [rule for name, rule in rules.items() if not names or name in names]


def example_call(example: Dialogue, side: str) -> Call:
    """An example as a call: one turn by the signal's side, or several led by 'seller:' or 'buyer:'.

    >>> [t.speaker for t in example_call(["buyer: Is it dear?", "seller: It is not."], "seller").turns]
    ['Buyer', 'Seller']
    """
    lines = [example] if isinstance(example, str) else example
    turns = []
    for number, line in enumerate(lines, start=1):
        lead, colon, text = line.partition(":")
        if not (colon and lead.strip().lower() in ("seller", "buyer")):
            lead, text = ("seller" if side == "either" else side), line
        turns.append(Turn(number=number, speaker=lead.strip().title(), text=text.strip()))
    speakers = tuple(
        Speaker(name=side.value.title(), side=side, side_from=SideSource.LABEL) for side in (Side.SELLER, Side.BUYER)
    )
    return Call(id="example", title="example", format="example", turns=tuple(turns), speakers=speakers)


def _check_signal(detector: Detector, signal: Signal) -> Iterator[Failure]:
    file = signal.file
    yield from _check_finds(detector, signal.id, "finds", file.finds, file.side)
    yield from _check_ignores(detector, signal.id, file.ignores, file.side)
    for i, example in enumerate(file.known_misses):
        if _heard(detector, signal.id, example, file.side):
            message = "this known miss is heard now: move it to finds"
            yield _failure(detector, signal.id, "known_misses", i, message)
    for i, example in enumerate(file.known_false_alarms):
        if not _heard(detector, signal.id, example, file.side):
            message = "this known false alarm is gone: move it to ignores"
            yield _failure(detector, signal.id, "known_false_alarms", i, message)
    yield from _unreached(detector, signal)


def _check_finds(detector: Detector, name: str, key: str, examples: Sequence[Dialogue], side: str) -> Iterator[Failure]:
    for i, example in enumerate(examples):
        if not _heard(detector, name, example, side):
            reasons = {s.ignored_because for s in _hear(detector, example, side).ignored if s.signal == name}
            why = f"ignored because: {', '.join(sorted(filter(None, reasons)))}" if reasons else "no phrase matches"
            yield _failure(detector, name, key, i, f"not heard in its own example ({why})")


def _check_ignores(detector: Detector, name: str, examples: Sequence[Ignored], side: str) -> Iterator[Failure]:
    for i, example in enumerate(examples):
        speaks = _other(side) if example.because == "speaker" else side
        hearing = _hear(detector, example.text, speaks)
        reasons = {s.ignored_because for s in hearing.ignored if s.signal == name} or {"no phrase"}
        if any(s.signal == name for s in hearing.sightings):
            yield _failure(detector, name, "ignores", i, "heard, although the example says to ignore it")
        elif example.because not in reasons:
            message = f"ignored because: {', '.join(sorted(filter(None, reasons)))}, not {example.because}"
            yield _failure(detector, name, "ignores", i, message)


def _unreached(detector: Detector, signal: Signal) -> Iterator[Failure]:
    """Phrases that no example makes fire: nobody would notice if they broke."""
    examples: list[Dialogue] = [*signal.file.finds, *signal.file.known_false_alarms]
    calls = [example_call(example, signal.file.side) for example in examples]
    reached = {rule for call in calls for rule in detector.rules_reached(call, signal.id)}
    patterns: tuple[Phrase | TokenPattern, ...] = (*signal.phrases, *signal.tokens)
    for pattern in patterns:
        if pattern.rule not in reached:
            yield Failure(signal=signal.id, place=pattern.place, message="no example reaches this phrase")


def _heard(detector: Detector, name: str, example: Dialogue, side: str) -> bool:
    return any(s.signal == name for s in _hear(detector, example, side).sightings)


def _hear(detector: Detector, example: Dialogue, side: str) -> Hearing:
    return detector.hear(example_call(example, side))


def _other(side: str) -> str:
    return "buyer" if side == "seller" else "seller"


def _failure(detector: Detector, name: str, key: str, index: int, message: str) -> Failure:
    rubric = detector.rubric
    rule = rubric.signals[name] if name in rubric.signals else rubric.combinations[name]
    return Failure(signal=name, place=rule.origin.place(key, index), message=message)
