"""What was said in one call that fits the slots of coaching lines: exact passages, cut only where a thought ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from callreview.assessment.readings.owners import steps
from callreview.assessment.review import Review
from callreview.assessment.way_names import WayNames
from callreview.conversation import Passage, Side
from callreview.detection.hearing import Hearing, Quantity, QuantityKind, Sighting
from callreview.ingest.roles import is_role

# What fills a slot: words of the call, or the name of a speaker as the transcript tells it.
Filling: TypeAlias = Passage | str
# A span of more characters cannot be said in one breath.
MOST = 140
# Fewer words than these say nothing by themselves.
LEAST_WORDS = 4
# "For me it's pretty simple" leads up to a result, and is none.
RESULT_WORDS = 6
_CUT = re.compile(
    r"[,;:—–]\s+|\s+-\s+|[.?!…]+\s+|\s+(?=(?:and|but|because|cause|cos|so|which|then|although|though|while|plus)\s)",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:(?:and|but|so|or|well|yeah|yes|no|nah|look|okay|ok|oh|um|uh|er|em|erm|right|because|cause|cos|then|see|now|like"
    r"|listen|honestly|basically|actually|sure|mm|hm|i mean|you know)\b[,.]?|[\s,;:.—–-]+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s.,;:!?…—–-]|(?<=\s)(?:and|but|or|so|because|then)(?!\w))+$", re.IGNORECASE)
_PROBLEMS = tuple(f"problem_{kind}" for kind in ("time", "money", "errors", "people", "growth", "customers", "rules"))
_MEASURES: tuple[QuantityKind, ...] = ("money", "percent", "duration")
_COUNTS: tuple[QuantityKind, ...] = (*_MEASURES, "number")


class Spans:
    """Finds the fillings of one call; `filling` looks for one only when a line asks for it."""

    def __init__(self, hearing: Hearing, review: Review) -> None:
        self._hearing, self._review = hearing, review
        self._found: dict[str, Filling | None] = {}
        self._names = WayNames(hearing)
        self._finders: dict[str, Callable[[], Filling | None]] = {
            "outcome": lambda: self._first(self._evidence("outcome", Side.BUYER), least=RESULT_WORDS),
            "measured": self._measured,
            "need": self._need,
            "number": self._number,
            "small": lambda: self._way(-1),
            "large": lambda: self._way(1),
            "concern": lambda: self._first(self._evidence("pushback", Side.BUYER)),
            "hold_up": lambda: self._first(self._evidence("delay", Side.BUYER)),
            "approver": lambda: self._first(self._hearing.of("control_named", "delay_authority", "delay_stakeholder")),
            "consequence": lambda: self._first(self._evidence("risk", Side.SELLER)),
            "claim": lambda: self._first(self._evidence("proof", Side.SELLER)),
            "exit": lambda: self._first(self._evidence("stop_rule", Side.SELLER)),
            "step": self._step,
            "buyer": self._buyer,
        }

    def filling(self, slot: str) -> Filling | None:
        """What fills a slot, None where nothing that was said fits."""
        if slot not in self._found:
            self._found[slot] = self._finders[slot]()
        return self._found[slot]

    # --- sentences --------------------------------------------------------------------------------

    def _evidence(self, prompt: str, side: Side | None = None) -> Iterator[Sighting]:
        """The evidence for a prompt, of one side where it is named."""
        answer = self._review.answer(prompt)
        for s in (*answer.carried_by, *answer.evidence):
            if side is None or self._hearing.side(s.turn) is side:
                yield s

    def _first(self, sightings: Iterable[Sighting], least: int = LEAST_WORDS) -> Passage | None:
        """The first thought around what fired that says enough."""
        thoughts = (self._thought(s.sentence, s.passage) for s in sightings)
        return next((t for t in thoughts if t and len(self._hearing.call.quote(t).split()) >= least), None)

    def _measured(self) -> Passage | None:
        answer = self._review.answer("outcome")
        measured = answer.level == answer.max_level
        return self._first(s for s in answer.carried_by if s.signal == "outcome_yardstick") if measured else None

    def _need(self) -> Passage | None:
        """The first problem or need with which a buyer answers the seller's question about it."""
        asked = {s.turn for s in self._hearing.of("need_asked", "outcome_asked")}
        told = self._hearing.of("need_stated", *_PROBLEMS)
        return self._first(s for s in told if asked & {s.turn - 1, s.turn - 2} and not self._asks(s))

    def _asks(self, sighting: Sighting) -> bool:
        sentence = self._hearing.sentence_at(sighting.passage)
        return sentence is not None and sentence.is_question

    def _number(self) -> Passage | None:
        """A figure with which a buyer proved a risk, else money, a share or a time in a need that a buyer told."""
        wanted = {s.sentence for s in self._evidence("outcome")}
        given = [(s, _COUNTS) for s in self._evidence("risk", Side.BUYER)]
        given += [(s, _MEASURES) for s in self._hearing.of("need_stated")]
        for sighting, kinds in given:
            figures = self._figures(sighting.sentence, kinds)
            if figures and sighting.sentence not in wanted and not self._asks(sighting):
                thought = self._thought(sighting.sentence, figures[0].passage)
                if thought and self._figures(thought, kinds):
                    return thought
        return None

    def _figures(self, place: Passage, kinds: Sequence[QuantityKind]) -> list[Quantity]:
        """What a passage counts; "one" and "two" are mostly words."""
        return [
            q
            for q in self._hearing.quantities_in(place.turn, *kinds)
            if place.start <= q.passage.start and q.passage.end <= place.end and max(q.values, default=0) > 2
        ]

    def _step(self) -> Passage | None:
        """The first step without an owner or a date; where all have both, the first."""
        found = sorted(steps(self._hearing), key=lambda step: step.complete)
        return self._first(s for step in found for s in step.sightings)

    # --- names ------------------------------------------------------------------------------------

    def _way(self, sign: int) -> Passage | None:
        """The name of the smaller (below zero) or larger way that is said most, where it is last said as a name."""
        said: dict[str, list[Passage]] = {}
        own = {self._hearing.call.quote(s.passage).split()[-1].lower() for s in self._hearing.of("option_named")}
        for turn in self._hearing.call.turns:
            for name, _ in self._names.said_in(turn.number):
                if self._names.size(name) * sign > 0 and name in own:
                    for found in re.finditer(rf"\b{re.escape(name)}\b", turn.text, re.IGNORECASE):
                        place = Passage(turn=turn.number, start=found.start(), end=found.end())
                        said.setdefault(found[0], []).append(place)
        most = max(said, key=lambda name: (name[0].isupper(), len(said[name])), default=None)
        return said[most][-1] if most else None

    def _buyer(self) -> str | None:
        """The first name of the buyer who says most; a pseudonym stays whole."""
        words = self._review.metrics.words_by_speaker
        buyers = [s.name for s in self._hearing.call.speakers if s.side is Side.BUYER]
        name = max(buyers, key=lambda name: words[name], default=None)
        if name is None or is_role(name):
            return None
        return name if any(c.isdigit() for c in name) else name.split()[0]

    # --- cutting ----------------------------------------------------------------------------------

    def _thought(self, sentence: Passage, core: Passage) -> Passage | None:
        """The sentence, or what of it can be said in one breath around the core; None where nothing can."""
        text = self._hearing.call.turn(sentence.turn).text
        start, end = sentence.start, sentence.end
        if len(text[start:end].split()) < LEAST_WORDS:
            end = len(text)
        cuts = [start, *(start + cut.end() for cut in _CUT.finditer(text[start:end])), end]
        first = max(i for i, at in enumerate(cuts[:-1]) if at <= max(core.start, start))
        last = next((i for i, at in enumerate(cuts) if i > first and at >= min(core.end, end)), len(cuts) - 1)
        while last + 1 < len(cuts) and cuts[last + 1] - cuts[first] <= MOST:
            last += 1
        while first and cuts[last] - cuts[first - 1] <= MOST:
            first -= 1
        return _trimmed(text, sentence.turn, cuts[first], cuts[last])


def _trimmed(text: str, turn: int, start: int, end: int) -> Passage | None:
    """The passage without the words that only lead up to it; None where it says too little, or is too long to say."""
    if leading := _LEADING.match(text, start, end):
        start = leading.end()
    if trailing := _TRAILING.search(text[start:end]):
        end = start + trailing.start()
    says_enough = len(text[start:end].split()) >= LEAST_WORDS
    return Passage(turn=turn, start=start, end=end) if says_enough and end - start <= MOST else None
