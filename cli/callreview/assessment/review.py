"""The review of one call: the one thing that reports and the store take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from callreview.conversation import Call
from callreview.detection.hearing import Sighting

Severity: TypeAlias = Literal["blocker", "major", "minor"]
Status: TypeAlias = Literal["blocked", "needs work", "sound", "strong", "unscorable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a reading found in one place of the call: facts for the ladder, and the evidence for them, best first.

    For a violation, the first piece of evidence is the offending turn.
    """

    facts: frozenset[str]
    evidence: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one of the manager's questions; `level` is None where the question does not apply.

    `carried_by` is what gave the level, best first; `evidence` goes on with what would have given another one.
    `lines` are the playbook's coaching lines for the next level.
    """

    prompt: str
    number: int
    question: str
    level: int | None
    max_level: int
    why: str
    carried_by: tuple[Sighting, ...]
    evidence: tuple[Sighting, ...]
    missing: str | None
    coach: str | None
    weight: int = 1
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Something the seller must not do, where it was said, and what to say instead."""

    kind: str
    title: str
    severity: Severity
    sighting: Sighting
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """How the talk was shared. Shares are of words; None where the transcript cannot tell.

    `words_by_speaker` counts what stands between spaces, for everybody in the call.
    """

    seller_talk_share: float | None
    longest_monologue_s: float | None
    questions_by_seller: int
    questions_by_buyer: int
    words_by_speaker: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points over all questions that apply; a blocker violation blocks whatever the points."""

    points: int
    of: int
    percent: float | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """All that is concluded about one call; `indicators` are the playbook's counts by id, in its order."""

    call: Call
    moment: str
    upsell: bool
    kinds_of_offer: tuple[str, ...]
    answers: tuple[Answer, ...]
    violations: tuple[Violation, ...]
    autonomy: tuple[Sighting, ...]
    consent: tuple[Sighting, ...]
    ignored: tuple[Sighting, ...]
    metrics: Metrics
    score: Score
    notes: tuple[str, ...]
    rubric_id: str
    rubric_version: str
    rubric_digest: str
    program_version: str
    pipeline: str = "blank:en"
    indicators: Mapping[str, int] = field(default_factory=dict)

    def answer(self, prompt: str) -> Answer:
        """The answer to the prompt with this id; KeyError where there is none."""
        for answer in self.answers:
            if answer.prompt == prompt:
                return answer
        raise KeyError(prompt)
