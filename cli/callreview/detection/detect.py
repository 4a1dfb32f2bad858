"""Hearing a call: two passes, first where each phrase may begin at all, then the phrases at those places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from callreview.conversation import Call, Side
from callreview.detection import combine
from callreview.detection.compiled import CompiledRubric, CompiledSignal, compile_rubric
from callreview.detection.contexts import Cue, active_contexts
from callreview.detection.hearing import Hearing, Quantity, Sentence, Sighting
from callreview.detection.patterns import Compiled
from callreview.detection.quantities import Found, quantities
from callreview.detection.scenes import Scene, Spans, Stretch, scenes
from callreview.detection.token_patterns import TokenPatterns
from callreview.detection.words import Spoken, spoken
from callreview.rubric.model import Rubric

_NOT_NAMES = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december ok mr mrs ms dr god jesus christ english"
    ).split()
)


# Words of sentences that are searched together; more make the masks of rare words longer for nothing.
STRETCH_WORDS = 4000


class Detector:
    """A compiled rubric that hears calls; make one and use it for many calls."""

    def __init__(self, rubric: Rubric, *, first_pass: bool = True) -> None:
        self.rubric = rubric
        self.compiled: CompiledRubric = compile_rubric(rubric)
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
        found = [scene for stretch in _stretches(call, self.compiled.tokens) for scene in _scenes(stretch)]
        phrases = self.compiled.signals[signal].phrases
        return {phrase.rule for scene in found for phrase in phrases if phrase.search(scene)}

    def _sightings(self, call: Call, stretch: list[_Said]) -> Iterator[Sighting]:
        laid_out = _scenes(stretch)
        candidates = self._candidates(laid_out[0].stretch)
        for index in sorted(candidates):
            sentence, scene = stretch[index].spoken, laid_out[index]
            cues: dict[str, list[Cue]] = {}
            matches = [
                (name, phrase, span) for name, phrase in candidates[index] for span in self._search(phrase, scene)
            ]
            for name, phrase, span in _longest(matches):
                side = call.side(sentence.sentence.turn)
                yield self._judge(self.compiled.signals[name], phrase, sentence, scene, span, side, cues)

    def _candidates(self, stretch: Stretch) -> dict[int, list[tuple[str, Compiled]]]:
        """The phrases that may begin in each sentence of a stretch, by the sentence's index."""
        found: dict[int, list[tuple[str, Compiled]]] = {}
        for name, signal in self.compiled.signals.items():
            for phrase in signal.phrases:
                places = phrase.may_start(stretch) if self._first_pass else stretch.everywhere
                for index in stretch.sentences_of(places):
                    found.setdefault(index, []).append((name, phrase))
        return found

    def _search(self, phrase: Compiled, scene: Scene) -> list[tuple[int, int]]:
        return phrase.search(scene) if self._first_pass else phrase.search_from(scene, scene.local(-1))

    def _judge(
        self,
        compiled: CompiledSignal,
        phrase: Compiled,
        sentence: Spoken,
        scene: Scene,
        span: tuple[int, int],
        side: Side,
        cues: dict[str, list[Cue]],
    ) -> Sighting:
        contexts = active_contexts(self.compiled.contexts, scene, sentence.closing, *span, phrase, cues)
        return Sighting(
            signal=compiled.signal.id,
            passage=sentence.passage(*span),
            sentence=sentence.sentence.passage,
            rule=phrase.rule,
            contexts=contexts,
            ignored_because=_reason(compiled, scene, span, side, contexts),
        )


def _reason(
    compiled: CompiledSignal, scene: Scene, span: tuple[int, int], side: Side, contexts: tuple[str, ...]
) -> str | None:
    """Why a find does not count, or None where it does."""
    file = compiled.signal.file
    if any(a < span[1] and span[0] < b for phrase in compiled.but_not for a, b in phrase.search(scene)):
        return "look-alike"
    cancelling = next((c for c in file.cancelled_by if c in contexts), None)
    if cancelling:
        return cancelling
    if file.side != "either" and side != file.side:
        return "speaker"
    return None


def _longest(
    matches: Iterable[tuple[str, Compiled, tuple[int, int]]],
) -> list[tuple[str, Compiled, tuple[int, int]]]:
    """Per signal, overlapping finds become one, the longest (of equals, the first rule)."""
    kept: list[tuple[str, Compiled, tuple[int, int]]] = []
    ordered = sorted(matches, key=lambda m: (m[0], m[2][0] - m[2][1], m[2][0], m[1].rule))
    for name, phrase, (first, after) in ordered:
        if not any(n == name and a < after and first < b for n, _, (a, b) in kept):
            kept.append((name, phrase, (first, after)))
    return kept


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


def _scenes(stretch: list[_Said]) -> tuple[Scene, ...]:
    return scenes([(said.spoken.words, said.built_in) for said in stretch])


def _built_in(sentence: Spoken, found: Iterable[Found], names: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """Spans of the built-in lists, each with its list. Every quantity with a value is a number as well."""
    for f in found:
        yield f.quantity.kind, f.first, f.after
        if f.quantity.values and f.quantity.kind != "number":
            yield "number", f.first, f.after
    for i, word in enumerate(sentence.words):
        if word in names or (i and sentence.capitals[i] and word.isalpha() and word not in _NOT_NAMES):
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
