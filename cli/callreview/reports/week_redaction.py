"""A ledger's reviews with nothing in them that tells who somebody is; a rep is the same one in all calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from callreview.assessment.review import Review
from callreview.reports.redaction import Redaction
from callreview.store.recalling import quoted_turns, recalled
from callreview.store.records import ReviewRecord
from callreview.store.taking import record_of

NOTE = "redacted: names, e-mail addresses, phone and card numbers that were found are masked"


class WeekRedaction:
    """The masks of many calls. Reps are numbered in the order of their names, all others call by call."""

    def __init__(self, records: Iterable[ReviewRecord]) -> None:
        names = sorted({record.call.rep.name for record in records if record.call.rep})
        self._reps = {name: f"Rep {number}" for number, name in enumerate(names, start=1)}

    def rep(self, name: str) -> str:
        """What a rep is called."""
        return self._reps[name]

    def record(self, record: ReviewRecord) -> ReviewRecord:
        """The record, masked; that it is stands once on the report, not in the notes of each call."""
        masked = record_of(self.review(recalled(record, quoted_turns(record))))
        return replace(masked, notes=masked.notes[:-1], reviewed_at=record.reviewed_at)

    def review(self, review: Review) -> Review:
        """The review, masked."""
        return Redaction(review.call, self._reps).review(review)
