"""Hearing a call: two passes, anchors first, then only the patterns whose anchors stand in the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from callreview.conversation import Call, Passage, Side
from callreview.detection import combine
from callreview.detection.compiled import CompiledRubric, CompiledSignal, compile_rubric
from callreview.detection.contexts import Cue, active_contexts
from callreview.detection.hearing import Hearing, Quantity, Sentence, Sighting
from callreview.detection.patterns import Compiled, Scene
from callreview.detection.quantities import Found, quantities
from callreview.detection.words import Spoken, pipeline, spoken
from callreview.rubric.model import Rubric

REDACTED = re.compile(r"\[[A-Z][A-Z_ ]*\]")
_NOT_NAMES = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june "
        "july august september october november december ok mr mrs ms dr god jesus christ english"
    ).split()
)


class Detector:
    """A compiled rubric that hears calls; make one and use it for many calls."""

    def __init__(self, rubric: Rubric, *, use_anchors: bool = True) -> None:
        self.rubric = rubric
        self.compiled: CompiledRubric = compile_rubric(rubric)
        self._use_anchors = use_anchors

    def hear(self, call: Call) -> Hearing:
        """All that is said in a call: what counts, what was said and does not count, quantities, sentences."""
        names = _speaker_names(call)
        heard: list[Sighting] = []
        ignored: list[Sighting] = []
        amounts: list[Quantity] = []
        sentences: list[Sentence] = []
        for sentence in spoken(call):
            found = quantities(sentence, call.date)
            amounts += [f.quantity for f in found]
            sentences.append(sentence.sentence)
            scene = Scene(sentence.words, _built_in(sentence, found, names))
            for sighting in self._sightings(sentence, scene, call.side(sentence.sentence.turn)):
                (ignored if sighting.ignored_because else heard).append(sighting)
        if self.compiled.token_matcher:
            heard += self._token_sightings(call)
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
        names = _speaker_names(call)
        reached: set[str] = set()
        for sentence in spoken(call):
            scene = Scene(sentence.words, _built_in(sentence, quantities(sentence), names))
            reached |= {p.rule for p in self.compiled.signals[signal].phrases if p.search(scene)}
        return reached

    def _sightings(self, sentence: Spoken, scene: Scene, side: Side) -> Iterator[Sighting]:
        cues: dict[str, list[Cue]] = {}
        for name, phrase, span in _longest(self._matches(scene)):
            yield self._judge(self.compiled.signals[name], phrase, sentence, scene, span, side, cues)

    def _matches(self, scene: Scene) -> Iterator[tuple[str, Compiled, tuple[int, int]]]:
        for name, phrase in self._candidates(scene):
            for span in phrase.search(scene):
                yield name, phrase, span

    def _candidates(self, scene: Scene) -> Iterable[tuple[str, Compiled]]:
        if not self._use_anchors:
            return [(name, p) for name, s in self.compiled.signals.items() for p in s.phrases]
        index = self.compiled.by_anchor
        present = {*scene.words, *(f"<{name}>" for name in scene.built_in)}
        found = {id(pair[1]): pair for word in present for pair in index.get(word, ())}
        return [pair for pair in found.values() if pair[1].can_match(present)]

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

    def _token_sightings(self, call: Call) -> Iterator[Sighting]:
        """Raw spaCy patterns run on each turn as written; only the side is judged."""
        assert self.compiled.token_matcher is not None
        for turn in call.turns:
            doc = pipeline().tokenizer(turn.text)
            for key, first, after in self.compiled.token_matcher(doc):
                name, rule = self.compiled.token_rules[doc.vocab.strings[key]]
                wanted = self.rubric.signals[name].file.side
                if wanted in ("either", call.side(turn.number)):
                    span = doc[first:after]
                    passage = Passage(turn=turn.number, start=span.start_char, end=span.end_char)
                    yield Sighting(signal=name, passage=passage, sentence=passage, rule=rule)


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


def _built_in(
    sentence: Spoken, found: Iterable[Found], names: frozenset[str]
) -> Mapping[str, Mapping[int, frozenset[int]]]:
    """Spans of the built-in lists, by list and start. Every quantity with a value is a number as well."""
    spans: dict[str, dict[int, set[int]]] = {}
    for f in found:
        spans.setdefault(f.quantity.kind, {}).setdefault(f.first, set()).add(f.after)
        if f.quantity.values and f.quantity.kind != "number":
            spans.setdefault("number", {}).setdefault(f.first, set()).add(f.after)
    for i, word in enumerate(sentence.words):
        if word in names or (i and sentence.capitals[i] and word.isalpha() and word not in _NOT_NAMES):
            spans.setdefault("name", {}).setdefault(i, set()).add(i + 1)
    return {name: {start: frozenset(ends) for start, ends in starts.items()} for name, starts in spans.items()}


def _speaker_names(call: Call) -> frozenset[str]:
    """First and last names of the speakers, lower case, so that recogniser text shows them too."""
    words = {word.lower().strip("().,") for speaker in call.speakers for word in speaker.name.split()}
    return frozenset(word for word in words if len(word) > 2 and word.isalpha())
