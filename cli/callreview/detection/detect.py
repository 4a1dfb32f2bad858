"""Hearing a call: two passes, first where each phrase may begin at all, then the phrases at those places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from callreview.conversation import Call, Side
from callreview.detection import combine
from callreview.detection.compiled import CompiledRubric, CompiledSignal, compile_rubric
from callreview.detection.contexts import Contexts
from callreview.detection.hearing import Hearing, Quantity, Sentence, Sighting
from callreview.detection.patterns import Compiled, spans
from callreview.detection.quantities import Found, quantities
from callreview.detection.scenes import Mask, Spans, Stretch
from callreview.detection.token_patterns import TokenPatterns
from callreview.detection.words import Spoken, spoken
from callreview.rubric.model import Rubric, Signal

_NOT_NAMES = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december ok mr mrs ms dr god jesus christ english"
    ).split()
)


# Words of sentences that are searched together; more make the masks of rare words longer for nothing.
STRETCH_WORDS = 12_000


class Detector:
    """A compiled rubric that hears calls; make one and use it for many calls.

    `keep` keeps what was compiled on disk for the next time; `first_pass` rules out beforehand what cannot match.
    """

    def __init__(self, rubric: Rubric, *, first_pass: bool = True, keep: bool = False) -> None:
        self.rubric = rubric
        self.compiled: CompiledRubric = compile_rubric(rubric, keep=keep)
        self._first_pass = first_pass

    def hear(self, call: Call) -> Hearing:
        """All that is said in a call: what counts, what was said and does not count, quantities, sentences."""
        heard: list[Sighting] = []
        ignored: list[Sighting] = []
        amounts: list[Quantity] = []
        sentences: list[Sentence] = []
        for stretch in _stretches(call, self.compiled.tokens):
            amounts += [found.quantity for said in stretch for found in said.quantities]
            sentences += [said.spoken.sentence for said in stretch]
            for sighting in self._sightings(call, stretch):
                (ignored if sighting.ignored_because else heard).append(sighting)
        hearing = Hearing(
            call=call,
            sightings=tuple(_in_call_order(heard)),
            ignored=tuple(_in_call_order(ignored)),
            quantities=tuple(amounts),
            sentences=tuple(sentences),
        )
        return combine.with_combinations(hearing, self.rubric.combinations)

    def rules_reached(self, call: Call, signal: str) -> set[str]:
        """Every rule of a signal that matches somewhere in a call, also where a longer match of another wins."""
        phrases = self.compiled.signals[signal].phrases
        stretches = [self._side_by_side(stretch) for stretch in _stretches(call, self.compiled.tokens)]
        return {phrase.rule for stretch in stretches for phrase in phrases if phrase.search(stretch)}

    def _sightings(self, call: Call, said: list[_Said]) -> Iterator[Sighting]:
        stretch = self._side_by_side(said)
        contexts = Contexts(self.compiled.contexts, stretch, [sentence.spoken.closing for sentence in said])
        for compiled in self.compiled.signals.values():
            finds = _longest(self._finds(compiled, stretch))
            alike = _covered(spans(compiled.but_not, stretch)) if finds else 0
            for find in finds:
                sentence = said[stretch.sentence_at[find.first]].spoken
                active = contexts.active(find.first, find.after, find.phrase)
                side = call.side(sentence.sentence.turn)
                offset = stretch.offsets[stretch.sentence_at[find.first]]
                yield Sighting(
                    signal=compiled.signal.id,
                    passage=sentence.passage(find.first - offset, find.after - offset),
                    sentence=sentence.sentence.passage,
                    rule=find.phrase.rule,
                    contexts=active,
                    ignored_because=_reason(compiled.signal, find, alike, side, active),
                )

    def _side_by_side(self, said: list[_Said]) -> Stretch:
        stretch = Stretch([(sentence.spoken.words, sentence.built_in) for sentence in said])
        if self._first_pass:
            stretch.present = self.compiled.anchors.present(stretch.vocabulary)
        return stretch

    def _finds(self, compiled: CompiledSignal, stretch: Stretch) -> Iterator[_Find]:
        """Every place where a phrase of a signal stands."""
        for phrase in compiled.phrases:
            for first, after in phrase.search(stretch):
                yield _Find(first, after, phrase)


class _Find(NamedTuple):
    """Where a phrase was found, as a half-open range of places."""

    first: int
    after: int
    phrase: Compiled

    @property
    def mask(self) -> Mask:
        """Its places."""
        return (1 << self.after) - (1 << self.first)


def _reason(signal: Signal, find: _Find, alike: Mask, side: Side, contexts: tuple[str, ...]) -> str | None:
    """Why a find does not count, or None where it does; `alike` are the places of look-alikes."""
    file = signal.file
    if alike and alike & find.mask:
        return "look-alike"
    cancelling = next((c for c in file.cancelled_by if c in contexts), None)
    if cancelling:
        return cancelling
    if file.side != "either" and side != file.side:
        return "speaker"
    return None


def _longest(finds: Iterable[_Find]) -> list[_Find]:
    """Overlapping finds of a signal become one, the longest (of equals, the first, and of those the first rule)."""
    kept: list[_Find] = []
    covered: Mask = 0
    for find in sorted(finds, key=lambda find: (find.first - find.after, find.first, find.phrase.rule)):
        if not covered & find.mask:
            kept.append(find)
            covered |= find.mask
    return kept


def _covered(spans: Iterable[tuple[int, int]]) -> Mask:
    """The places of some spans."""
    covered: Mask = 0
    for first, after in spans:
        covered |= (1 << after) - (1 << first)
    return covered


def _in_call_order(sightings: Iterable[Sighting]) -> list[Sighting]:
    return sorted(sightings, key=lambda s: (s.turn, s.passage.start, s.passage.end, s.signal))


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with its quantities and the spans of built-in lists and raw patterns."""

    spoken: Spoken
    quantities: list[Found]
    built_in: Spans


def _stretches(call: Call, tokens: TokenPatterns) -> Iterator[list[_Said]]:
    """The sentences of a call in order, cut where `STRETCH_WORDS` are reached."""
    names = _speaker_names(call)
    stretch: list[_Said] = []
    words = 0
    for sentence in spoken(call):
        found = quantities(sentence, call.date)
        spans = (*_built_in(sentence, found, names), *tokens.spans(call, sentence))
        stretch.append(_Said(sentence, found, _by_start(spans)))
        words += len(sentence.words)
        if words >= STRETCH_WORDS:
            yield stretch
            stretch, words = [], 0
    if stretch:
        yield stretch


def _built_in(sentence: Spoken, found: Iterable[Found], names: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Spans of the built-in lists, each with its list. Every quantity with a value is a number as well."""
    for f in found:
        yield f.quantity.kind, f.first, f.after
        if f.quantity.values and f.quantity.kind != "number":
            yield "number", f.first, f.after
    words = sentence.words
    named = {i for i in sentence.capitals if i and words[i].isalpha() and words[i] not in _NOT_NAMES}
    if not names.isdisjoint(words):
        named |= {i for i, word in enumerate(words) if word in names}
    for i in named:
        yield "name", i, i + 1


def _by_start(spans: Iterable[tuple[str, int, int]]) -> Spans:
    """Spans by list and start."""
    grouped: dict[str, dict[int, set[int]]] = {}
    for name, first, after in spans:
        grouped.setdefault(name, {}).setdefault(first, set()).add(after)
    return {name: {start: frozenset(ends) for start, ends in starts.items()} for name, starts in grouped.items()}


def _speaker_names(call: Call) -> frozenset[str]:
    """First and last names of the speakers, lower case, so that recogniser text shows them too."""
    words = {word.lower().strip("().,") for speaker in call.speakers for word in speaker.name.split()}
    return frozenset(word for word in words if len(word) > 2 and word.isalpha())
