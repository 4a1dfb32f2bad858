"""The shape of a review as JSON, field by field; `callreview schema review` publishes it.

A review is written as these plain dictionaries, whose types mypy checks where they are made; what is in them is always
there, with null for what is not known. Keys are printed in the order of the fields. Additions go to the end of their
object and keep the version; removals and changes of meaning raise it.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from callreview.conversation import Side, SideSource

SCHEMA: Final = "callreview.review/1"

TurnNumber: TypeAlias = Annotated[int, Field(ge=1, description="1-based, in the order of the call")]
Seconds: TypeAlias = Annotated[float | None, Field(description="seconds from the call's start; null where not told")]
Quote: TypeAlias = Annotated[str, Field(description="the whole sentence, exactly as in the turn but for masks")]
Match: TypeAlias = Annotated[
    tuple[int, int],
    Field(description="the characters, within the unmasked turn, of the words that fired: 0-based, half open"),
]
Rule: TypeAlias = Annotated[str, Field(description="file:line of the phrase, or the reading that found it")]


class SpeakerShape(TypedDict):
    """One participant; `side_from` says where the side was learnt."""

    name: str
    side: Side
    side_from: SideSource
    words: int


class CallShape(TypedDict):
    """The call; `id` is a hash of the talk, `date` is ISO 8601, `offers` are the kinds of offer heard."""

    id: str
    path: str | None
    title: str
    format: str
    date: str | None
    duration_s: float | None
    turns: int
    words: int
    moment: str
    upsell: bool
    account: str | None
    speakers: list[SpeakerShape]
    offers: list[str]


class RubricShape(TypedDict):
    """Which playbook judged."""

    id: str
    version: str
    digest: str


class ProgramShape(TypedDict):
    """Which program judged."""

    name: str
    version: str
    pipeline: str


class EvidenceShape(TypedDict):
    """One piece of evidence; within a prompt, what gave the level comes first, the best of it at the top."""

    signal: str
    turn: TurnNumber
    speaker: str
    side: Side
    start_s: Seconds
    quote: Quote
    match: Match
    rule: Rule


class PromptShape(TypedDict):
    """The answer to one of the manager's questions; `level` is null where it does not apply, and `why` says why."""

    id: str
    number: int
    question: str
    level: Annotated[int | None, Field(ge=0, le=3)]
    max_level: int
    why: str
    evidence: list[EvidenceShape]
    missing: str | None
    coach: str | None


class ViolationShape(TypedDict):
    """Something the seller must not do, in call order."""

    kind: str
    severity: Literal["blocker", "major", "minor"]
    turn: TurnNumber
    speaker: str
    start_s: Seconds
    quote: Quote
    rule: Rule
    instead: str
    match: Match


class QuoteShape(TypedDict):
    """A quote and its turn."""

    turn: TurnNumber
    quote: Quote


class IgnoredShape(TypedDict):
    """What was said and does not count."""

    signal: str
    turn: TurnNumber
    quote: Quote
    because: str


class MetricsShape(TypedDict):
    """How the talk was shared; shares are of words, between 0 and 1."""

    seller_talk_share: float | None
    longest_monologue_s: float | None
    questions_by_seller: int
    questions_by_buyer: int


class ScoreShape(TypedDict):
    """Points over all prompts that apply; `blocked` where a blocker violation stands, whatever the points."""

    points: int
    of: int
    percent: float | None
    status: Literal["blocked", "needs work", "sound", "strong", "unscorable"]


class ReviewShape(TypedDict):
    """One line of `callreview check --format jsonl`."""

    schema: Literal["callreview.review/1"]
    call: CallShape
    rubric: RubricShape
    program: ProgramShape
    prompts: Annotated[list[PromptShape], Field(min_length=1)]
    violations: list[ViolationShape]
    autonomy: list[QuoteShape]
    consent: list[QuoteShape]
    ignored: list[IgnoredShape]
    metrics: MetricsShape
    score: ScoreShape
    notes: list[str]
    indicators: Annotated[dict[str, int], Field(description="counts by id, as the playbook names them")]


def review_schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    schema = TypeAdapter(ReviewShape).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": SCHEMA}
