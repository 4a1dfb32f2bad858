"""A review or a hearing with nothing in it that tells who somebody is, for every report alike.

All is heard and judged in the call as it is; then the call is masked as a whole, and what was found moves with its
words. A report takes what is redacted as it takes anything else, so none can forget a mask.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from callreview.assessment.review import Answer, Review
from callreview.conversation import Call, Passage, Side, Speaker
from callreview.detection.hearing import Hearing, Sighting
from callreview.errors import CallreviewError, Defect, SidesUnknown
from callreview.ingest.text import shortened
from callreview.masking import Masked, Masker

_CALLED = {Side.SELLER: "Seller", Side.BUYER: "Buyer", Side.UNKNOWN: "Speaker"}

_NOTE = (
    "redacted: names, e-mail addresses, phone and card numbers that were found are masked; ranges count unmasked turns"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedSighting(Sighting):
    """A sighting whose places are in masked words; `heard` is where the words that fired stand unmasked."""

    heard: Passage


def heard_at(sighting: Sighting) -> Passage:
    """Where the words that fired stand in the turn as it was said, whether or not it is masked now."""
    return sighting.heard if isinstance(sighting, MovedSighting) else sighting.passage


def redact_error(error: CallreviewError) -> None:
    """Mask who somebody is in an error's words; people go by numbers, and what nobody expected is not told at all."""
    if isinstance(error, Defect):
        error.message = f"callreview failed through a fault of its own ({type(error.__cause__).__name__})"
    names = {name: f"Speaker {number}" for number, name in enumerate(error.people, 1)}
    masker = Masker(list(names))

    def masked(text: str) -> str:
        return masker.mask(_renamed(text, names)).text

    error.message = masked(error.message)
    error.hint = masked(error.hint) if error.hint else error.hint
    if error.place:
        error.place = replace(error.place, path=masker.mask(error.place.path).text)
    if isinstance(error, SidesUnknown):
        error.speakers = tuple(map(masked, error.speakers))
        error.hint = f"{error.hint}; without --redact the names are shown"


@contextmanager
def errors_redacted(wanted: bool) -> Iterator[None]:
    """Mask errors that pass, where it is wanted."""
    try:
        yield
    except CallreviewError as error:
        if wanted:
            redact_error(error)
        raise


class Redaction:
    """The masks of one call; people go by their side and a number, in the order of the call's speakers.

    `known` are pseudonyms by name that hold beyond this call.
    """

    def __init__(self, call: Call, known: Mapping[str, str] = MappingProxyType({})) -> None:
        self._original = call
        self._pseudonyms = _pseudonyms(call, known)
        self._masker = Masker(list(self._pseudonyms), others=call.named, talk=(turn.text for turn in call.turns))

    def review(self, review: Review) -> Review:
        """The review with the masked call, and all that it found moved there."""
        words = review.metrics.words_by_speaker
        return replace(
            review,
            call=self.call,
            answers=tuple(map(self.answer, review.answers)),
            violations=tuple(replace(v, sighting=self._sighting(v.sighting)) for v in review.violations),
            autonomy=self._sightings(review.autonomy),
            consent=self._sightings(review.consent),
            ignored=self._sightings(review.ignored),
            metrics=replace(
                review.metrics, words_by_speaker={self._pseudonyms[name]: count for name, count in words.items()}
            ),
            notes=(*map(self._note, review.notes), _NOTE),
        )

    def answer(self, answer: Answer) -> Answer:
        """The answer with its evidence moved."""
        return replace(answer, carried_by=self._sightings(answer.carried_by), evidence=self._sightings(answer.evidence))

    def hearing(self, hearing: Hearing) -> Hearing:
        """The hearing in the masked call."""
        return Hearing(
            call=self.call,
            sightings=self._sightings(hearing.sightings),
            ignored=self._sightings(hearing.ignored),
            quantities=tuple(replace(q, passage=self._passage(q.passage)) for q in hearing.quantities),
            sentences=tuple(replace(s, passage=self._passage(s.passage)) for s in hearing.sentences),
        )

    @cached_property
    def call(self) -> Call:
        """The masked call: the same turns and times, by people without names."""
        call = self._original
        return replace(
            call,
            title=self._text(call.title),
            account=self._text(call.account) if call.account else None,
            path=Path(self._text(str(call.path))) if call.path else None,
            turns=tuple(
                replace(turn, speaker=self._pseudonyms[turn.speaker], text=self._turns[turn.number - 1].text)
                for turn in call.turns
            ),
            speakers=tuple(map(self._speaker, call.speakers)),
            notes=tuple(map(self._note, call.notes)),
            named=(),
        )

    def _speaker(self, speaker: Speaker) -> Speaker:
        team, manager = (self._text(name) if name else None for name in (speaker.team, speaker.manager))
        return replace(speaker, name=self._pseudonyms[speaker.name], team=team, manager=manager)

    @cached_property
    def _turns(self) -> tuple[Masked, ...]:
        return tuple(self._masker.mask(turn.text) for turn in self._original.turns)

    def _text(self, text: str) -> str:
        return self._masker.mask(text).text

    def _note(self, note: str) -> str:
        """A note, in which a speaker's whole name becomes the pseudonym, so that it still says of whom it speaks."""
        return self._text(_renamed(note, self._pseudonyms))

    def _sightings(self, sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
        return tuple(map(self._sighting, sightings))

    def _sighting(self, sighting: Sighting) -> Sighting:
        return MovedSighting(
            signal=sighting.signal,
            passage=self._passage(sighting.passage),
            sentence=self._passage(sighting.sentence),
            rule=sighting.rule,
            contexts=sighting.contexts,
            ignored_because=sighting.ignored_because,
            heard=sighting.passage,
        )

    def _passage(self, passage: Passage) -> Passage:
        start, end = self._turns[passage.turn - 1].moved(passage.start, passage.end)
        return Passage(turn=passage.turn, start=start, end=end)


def _renamed(text: str, pseudonyms: Mapping[str, str]) -> str:
    """A text with the pseudonyms of those whose whole names stand in it."""
    forms = {form: pseudonym for name, pseudonym in pseudonyms.items() for form in (name, shortened(name))}
    longest_first = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    if not longest_first:
        return text
    return re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", lambda found: forms[found[0]], text)


def _pseudonyms(call: Call, known: Mapping[str, str]) -> dict[str, str]:
    """`Seller 1`, `Buyer 2` by speaker name, or what a name is known as."""
    numbers: Counter[Side] = Counter()
    pseudonyms: dict[str, str] = {}
    for name in dict.fromkeys([*(s.name for s in call.speakers), *(t.speaker for t in call.turns)]):
        if name in known:
            pseudonyms[name] = known[name]
            continue
        side = call.sides.get(name, Side.UNKNOWN)
        numbers[side] += 1
        pseudonyms[name] = f"{_CALLED[side]} {numbers[side]}"
    return pseudonyms
