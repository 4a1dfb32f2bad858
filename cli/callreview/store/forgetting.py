"""A person taken out of what the ledger holds: their words, what names them, and their name.

A speaker is known by name alone: all who bear exactly this name, whatever its case, are taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from callreview.masking import Masker
from callreview.store.keys import forgotten_hash
from callreview.store.records import AnswerRecord, CallRecord, QuoteRecord, ReviewRecord, SpeakerRecord

MARK = "[forgotten]"
_MOST_WORDS = 4
"""Words of a name that is looked for in what is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How much was erased."""

    calls: int = 0
    quotes: int = 0
    texts: int = 0


class Person:
    """Somebody to forget.

    In calls in which they speak, each word of the name is theirs; elsewhere, only the whole name of two words or
    more is, since many people are called Sam.
    """

    def __init__(self, name: str) -> None:
        self._words = words_of(name)
        self._masker = Masker([name])
        between = r"[\W_]+".join(map(re.escape, self._words)) if len(self._words) > 1 else r"(?!)"
        self._whole = re.compile(rf"(?<![^\W_]){between}(?![^\W_])", re.IGNORECASE)

    def speaks_in(self, call: CallRecord) -> bool:
        """Whether they are among the speakers."""
        return any(self.bears(speaker.name) for speaker in call.speakers)

    def bears(self, name: str) -> bool:
        """Whether this is their name."""
        return words_of(name) == self._words

    def named_in(self, text: str, *, speaks: bool) -> bool:
        """Whether a text of a call names them."""
        return bool(self._whole.search(text)) or (speaks and any(self._masker.names(text)))

    def without(self, review: ReviewRecord) -> ReviewRecord:
        """The review without them; levels and points stay as they were."""
        return _Eraser(self, speaks=self.speaks_in(review.call)).review(review)

    def masked(self, text: str, *, speaks: bool) -> str:
        """A text with a mark in place of the name."""
        if speaks:
            for span in reversed(self._masker.mask(text).spans):
                if any(self._masker.names(text[span.start : span.end])):
                    text = text[: span.start] + MARK + text[span.end :]
        return self._whole.sub(MARK, text)


class _Eraser:
    def __init__(self, person: Person, *, speaks: bool) -> None:
        self._person, self._speaks = person, speaks

    def review(self, review: ReviewRecord) -> ReviewRecord:
        return replace(
            review,
            call=self._call(review.call),
            answers=tuple(map(self._answer, review.answers)),
            violations=tuple(v for v in review.violations if self._stays(v.quote)),
            autonomy=self._quotes(review.autonomy),
            consent=self._quotes(review.consent),
            notes=tuple(map(self._text, review.notes)),
        )

    def _call(self, call: CallRecord) -> CallRecord:
        return replace(
            call,
            title=self._text(call.title),
            account=self._maybe(call.account),
            path=None if call.path and self._names(call.path) else call.path,
            speakers=tuple(map(self._speaker, call.speakers)),
        )

    def _speaker(self, speaker: SpeakerRecord) -> SpeakerRecord:
        name = MARK if self._person.bears(speaker.name) else speaker.name
        return replace(speaker, name=name, team=self._maybe(speaker.team), manager=self._maybe(speaker.manager))

    def _answer(self, answer: AnswerRecord) -> AnswerRecord:
        return replace(
            answer,
            why=self._text(answer.why),
            missing=self._maybe(answer.missing),
            coach=self._maybe(answer.coach),
            evidence=self._quotes(answer.evidence),
        )

    def _quotes(self, quotes: Sequence[QuoteRecord]) -> tuple[QuoteRecord, ...]:
        return tuple(quote for quote in quotes if self._stays(quote))

    def _stays(self, quote: QuoteRecord) -> bool:
        return not (self._person.bears(quote.speaker) or self._names(quote.quote))

    def _names(self, text: str) -> bool:
        return self._person.named_in(text, speaks=self._speaks)

    def _text(self, text: str) -> str:
        return self._person.masked(text, speaks=self._speaks)

    def _maybe(self, text: str | None) -> str | None:
        return None if text is None else self._text(text)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, whatever stands between them.

    >>> words_of("Dana  Whitfield") == words_of("dana-whitfield")
    True
    """
    folded = name.casefold()
    return tuple(re.findall(r"[^\W_]+", folded)) or (folded.strip(),)


def speaker_hash(name: str) -> str:
    """What stays of a person who was forgotten."""
    return forgotten_hash("speaker", " ".join(words_of(name)))


def names_in(text: str, *, least: int = 2) -> Iterator[str]:
    """Each `least` to four words in a row: any of them may be the name of somebody who was forgotten."""
    words = words_of(text)
    for size in range(least, _MOST_WORDS + 1):
        yield from (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def texts_of(review: ReviewRecord) -> Iterator[str]:
    """All texts in which a review may name somebody."""
    call = review.call
    yield from filter(None, [call.title, call.account, call.path, *review.notes])
    yield from filter(None, [name for s in call.speakers for name in (s.team, s.manager)])
    yield from filter(None, [text for a in review.answers for text in (a.why, a.missing, a.coach)])
    yield from (quote.quote for quote in review.quotes)
