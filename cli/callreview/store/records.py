"""What the ledger holds, as frozen data: a review without the transcript's text, and what people add to it.

Quotes are whole sentences, exactly as in the turn; `sentence` and `match` are half-open character ranges of that
turn (0-based), turns are 1-based, times are seconds from the call's start. Moments are in UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from callreview.conversation import Side, SideSource


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRecord:
    """A participant; `team` and `manager` are what the roster said when the call was reviewed."""

    name: str
    side: Side
    side_from: SideSource
    words: int
    team: str | None = None
    manager: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRecord:
    """A call, known by the hash of its content."""

    id: str
    title: str
    format: str
    path: str | None
    date: date | None
    account: str | None
    duration_s: float | None
    turns: int
    words: int
    speakers: tuple[SpeakerRecord, ...]

    @property
    def rep(self) -> SpeakerRecord | None:
        """The seller who says most; of equals, the first by name."""
        sellers = [s for s in self.speakers if s.side is Side.SELLER]
        return min(sellers, key=lambda s: (-s.words, s.name), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRecord:
    """A quoted sentence and where it stands; `signal` and `rule` tell why."""

    signal: str
    turn: int
    speaker: str
    side: Side
    start_s: float | None
    quote: str
    sentence: tuple[int, int]
    match: tuple[int, int]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """The level of one prompt, None where it does not apply."""

    prompt: str
    number: int
    level: int | None
    max_level: int
    why: str
    missing: str | None
    coach: str | None
    evidence: tuple[QuoteRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationRecord:
    """Something the seller must not do, and what to say instead."""

    kind: str
    title: str
    severity: str
    quote: QuoteRecord
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecord:
    """One review. Of one call, rubric digest and program version there is only one in a ledger.

    `indicators` are counts that coaching looks at before results do, by name. `reviewed_at` is when the ledger
    took it, None before.
    """

    call: CallRecord
    rubric_id: str
    rubric_version: str
    rubric_digest: str
    program_version: str
    pipeline: str
    moment: str
    upsell: bool
    offers: tuple[str, ...]
    answers: tuple[AnswerRecord, ...]
    violations: tuple[ViolationRecord, ...]
    autonomy: tuple[QuoteRecord, ...]
    consent: tuple[QuoteRecord, ...]
    seller_talk_share: float | None
    longest_monologue_s: float | None
    questions_by_seller: int
    questions_by_buyer: int
    points: int
    of: int
    percent: float | None
    status: str
    notes: tuple[str, ...]
    indicators: Mapping[str, int] = field(default_factory=dict)
    reviewed_at: datetime | None = field(default=None, compare=False)

    @property
    def quotes(self) -> tuple[QuoteRecord, ...]:
        """All that is quoted: for answers, autonomy, consent and violations."""
        proofs = (quote for answer in self.answers for quote in answer.evidence)
        return (*proofs, *self.autonomy, *self.consent, *(v.quote for v in self.violations))

    def answer(self, prompt: str) -> AnswerRecord:
        """The answer to the prompt with this id; KeyError where there is none."""
        for answer in self.answers:
            if answer.prompt == prompt:
                return answer
        raise KeyError(prompt)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRecord:
    """What a person says of one prompt of one call (level None: n/a), or whether one `violation` `holds`."""

    call_id: str
    by: str
    at: datetime
    prompt: str | None = None
    level: int | None = None
    violation: str | None = None
    holds: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRecord:
    """What became of a deal after the call, such as `won`, `lost`, `renewed`, `refunded`."""

    call_id: str
    outcome: str
    on: date
    note: str = ""


class FileState(StrEnum):
    """What became of a file when it was last read: all, some or none of its calls were reviewed."""

    REVIEWED = "reviewed"
    PARTLY = "partly"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a file, or a call in it, was not reviewed: a `kind` for machines, such as `unreadable`, and the words."""

    kind: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A source file as it was when it was last read, and what became of it.

    `path` is None where it was forgotten. `rubric_digest` and `program_version` are those of the run that read it.
    """

    path: str | None
    size: int
    mtime_ns: int
    content_hash: str
    state: FileState
    failure: Failure | None
    rubric_digest: str
    program_version: str
    run_id: str
    call_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What came of reading one file: the reviews of its calls, in the order of the file, or why there are none.

    Both are given where only some calls could be reviewed. `texts` are the calls themselves by call id, as
    `callreview_json.write` writes them; they are kept only where they are given.
    """

    path: str
    size: int
    mtime_ns: int
    content_hash: str
    reviews: tuple[ReviewRecord, ...] = ()
    failure: Failure | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> FileState:
        """Reviewed, unless something failed."""
        if self.failure is None:
            return FileState.REVIEWED
        return FileState.PARTLY if self.reviews else FileState.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run over files. `ended_at` and `status` are None while it goes on, and for ever where it was killed."""

    id: str
    started_at: datetime
    rubric_id: str
    rubric_digest: str
    program_version: str
    ended_at: datetime | None = None
    status: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a batch of outcomes changed: reviews that are new, that were there, that are of forgotten calls."""

    added: int = 0
    unchanged: int = 0
    forgotten: int = 0
