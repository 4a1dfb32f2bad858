"""The shape of the rubric files, validated by pydantic; `callreview schema rubric` publishes it for editors."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Dialogue: TypeAlias = Text | list[Text]
Because: TypeAlias = Literal["speaker", "look-alike", "no phrase"] | Id


class Shape(BaseModel):
    """Base of all file shapes: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Ignored(Shape):
    """An example that must not be heard, with the reason: who spoke, a look-alike, a context, or no phrase at all."""

    text: Dialogue = Field(description="one turn, or several, each led by 'seller:' or 'buyer:'")
    because: Because


class SignalFile(Shape):
    """`signals/<id>.yaml`: one thing that can be heard in one sentence."""

    title: Text = Field(description="what it finds, in a few words")
    why: Text = Field(description="why it matters")
    source: Text = Field(default="the team's own experience", description="where the idea comes from")
    side: Literal["seller", "buyer", "either"] = Field(description="whose words count")
    cancelled_by: list[Id] = Field(default=[], description="contexts that make it unsaid")
    phrases: list[Text] = Field(default=[], description="phrases of the phrase language; any one will do")
    tokens: list[list[dict[str, Any]]] = Field(default=[], description="raw spaCy token patterns, the way out")
    but_not: list[Text] = Field(default=[], description="look-alikes: phrases that cancel an overlapping find")
    finds: list[Dialogue] = Field(description="examples that must be heard")
    ignores: list[Ignored] = Field(default=[], description="examples that must not be heard, and why not")
    known_misses: list[Dialogue] = Field(default=[], description="should be heard and is not; fails once it is")
    known_false_alarms: list[Dialogue] = Field(
        default=[], description="is heard and should not be; fails once it is not"
    )


class ContextShape(Shape):
    """One context: words around a find that change what it says."""

    title: Text
    cues: list[Text]
    direction: Literal["forward", "backward", "both"] = "forward"
    reach: int = Field(default=8, ge=1, le=60, description="how many words the cue reaches")
    ends: list[Text] = Field(default=[], description="words that end the reach")
    look_alikes: list[Text] = Field(default=[], description="phrases that look like a cue and are none")
    closing: list[Text] = Field(default=[], description="punctuation that gives the context to the whole sentence")


class ContextsFile(Shape):
    """`contexts.yaml`: what negates, reports, conditions, asks."""

    contexts: dict[Id, ContextShape]


class ListsFile(Shape):
    """`lists.yaml`: named lists; an entry is a phrase."""

    lists: dict[Id, list[Text]]


class CombinationShape(Shape):
    """Signals over time, heard as one."""

    title: Text
    why: Text
    all_of: list[Text] = Field(min_length=2, description="signals that must all be heard; 'a|b' is one of them")
    none_of: list[Id] = Field(default=[], description="signals that must not be heard near by")
    within_turns: int = Field(default=1, ge=1, le=20, description="how many turns it may span; 1 is one turn")
    same: Literal["speaker", "side", "call"] = "side"
    in_order: bool = False
    finds: list[Dialogue] = []
    ignores: list[Ignored] = []


class CombinationsFile(Shape):
    """`combinations.yaml`."""

    combinations: dict[Id, CombinationShape]


class Condition(Shape):
    """When a level is reached, over the facts that the prompt's reading found."""

    all: list[Id] = []
    any: list[Id] = []
    none: list[Id] = []
    at_least: int = Field(default=0, ge=0, description="how many of `of` must hold")
    of: list[Id] = []


class LevelShape(Shape):
    """One rung of a ladder."""

    level: int = Field(ge=0, le=3)
    means: Text = Field(description="what this level says, in one sentence")
    when: Condition | None = None
    missing: Text | None = Field(default=None, description="what a call below this level lacks")
    coach: Text | None = Field(default=None, description="what to say next time to reach this level")


class PromptShape(Shape):
    """One of the manager's questions."""

    id: Id
    number: int
    question: Text
    why: Text
    source: Text
    reading: Id = Field(description="the named reading that finds the facts")
    listens_to: list[Id] = Field(default=[], description="the signals and combinations that the reading weighs")
    take: Literal["best", "worst"] = "best"
    not_applicable: Literal["never", "nothing heard", "no upsell and nothing heard"] = "never"
    weight: int = Field(default=1, ge=1)
    ladder: list[LevelShape] = Field(min_length=2)


class ViolationShape(Shape):
    """Something a seller must not do."""

    id: Id
    title: Text
    severity: Literal["blocker", "major", "minor"]
    signals: list[Id] = Field(default=[], description="signals that are this violation as they stand")
    reading: Id | None = Field(default=None, description="the named reading that finds it, where signals cannot")
    listens_to: list[Id] = Field(default=[], description="the signals that the reading weighs")
    why: Text
    source: Text
    instead: Text = Field(description="what to say instead")


class RubricFile(Shape):
    """`rubric.yaml`: the playbook's questions, ladders and violations."""

    id: Id
    version: Text
    title: Text
    extends: Id | None = None
    autonomy: list[Id] = []
    consent: list[Id] = []
    autonomy_reading: Id | None = Field(default=None, description="the named reading that weighs the autonomy signals")
    consent_reading: Id | None = Field(default=None, description="the named reading that weighs the consent signals")
    recitation: list[Id] = Field(
        default=[], description="signals for the playbook's own words; piled up, they earn nothing"
    )
    moments: dict[Id, list[Id]] = {}
    prompts: list[PromptShape] = []
    violations: list[ViolationShape] = []


FILES: dict[str, type[Shape]] = {
    "rubric": RubricFile,
    "signal": SignalFile,
    "contexts": ContextsFile,
    "lists": ListsFile,
    "combinations": CombinationsFile,
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of rubric file; KeyError for an unknown kind."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **FILES[name].model_json_schema()}
