"""The shape of the rubric files, validated by pydantic; `callreview schema` publishes it for editors.

YAML's scalars come as text (see `source`), so the few numbers and switches are read from text here. What a text stands
for beyond its shape (a phrase, the name of a signal) is said where the field is declared: `StandsFor`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypedDict

ID = r"^[a-z][a-z0-9_]*$"
NAMES_ARE = "a name has lower-case letters, digits and _ only, and begins with a letter"

Kind: TypeAlias = Literal["phrase", "signal", "signals", "context", "reason", "reading", "fact", "line", "moment"]


@dataclass(frozen=True, slots=True)
class StandsFor:
    """Marks a text that is more than words: a phrase, or the name of something that must exist."""

    kind: Kind


def _from_text(pattern: str, message: str, convert: Any) -> BeforeValidator:
    """Reads a text that is written so; what is no text any more passes, for callers in Python."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        if not re.fullmatch(pattern, value, re.ASCII):
            raise PydanticCustomError("spelling", "must be {what}", {"what": message})
        return convert(value)

    return BeforeValidator(read)


def _text_or(more: type, told: str) -> Discriminator:
    """Tells a text from a value of another type, and says what may stand there where it is neither."""

    def tag(value: object) -> str | None:
        return "text" if isinstance(value, str) else "more" if isinstance(value, more) else None

    return Discriminator(tag, custom_error_type="kind", custom_error_message=told)


# An editor takes `- 24` for a number; here it is a word.
Text: TypeAlias = Annotated[
    str,
    StringConstraints(min_length=1, strip_whitespace=True),
    WithJsonSchema({"type": ["string", "number", "boolean"], "pattern": r"\S"}),
]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=ID)]
Whole: TypeAlias = Annotated[int, _from_text(r"-?\d{1,9}", "a whole number", int)]
Switch: TypeAlias = Annotated[bool, _from_text("true|false", "true or false", lambda text: text == "true")]

PhraseText: TypeAlias = Annotated[Text, StandsFor("phrase")]
SignalName: TypeAlias = Annotated[Text, StandsFor("signal")]
SignalNames: TypeAlias = Annotated[Text, StandsFor("signals")]
ContextName: TypeAlias = Annotated[Text, StandsFor("context")]
Reason: TypeAlias = Annotated[Text, StandsFor("reason")]
ReadingName: TypeAlias = Annotated[Text, StandsFor("reading")]
Fact: TypeAlias = Annotated[Text, StandsFor("fact")]
LineText: TypeAlias = Annotated[Text, StandsFor("line")]
MomentName: TypeAlias = Annotated[Id, StandsFor("moment")]

Dialogue: TypeAlias = Annotated[
    Annotated[Text, Tag("text")] | Annotated[list[Text], Field(min_length=1), Tag("more")],
    _text_or(list, "text, or a list of turns"),
]

PromptId: TypeAlias = Literal["outcome", "risk", "options", "proof", "stop_rule", "owners", "delay", "pushback"]
PROMPTS: tuple[str, ...] = get_args(PromptId)
"""The eight prompts that every playbook has, in their order."""


class Shape(BaseModel):
    """Base of all file shapes: unknown keys are refused, and one of the keys in `one_of` must be there."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    one_of: ClassVar[tuple[str, ...]] = ()


# --- raw token patterns: what spaCy's Matcher can tell of a word without a trained model ----------------------------


def _regex(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise PydanticCustomError("regex", "is no regular expression: {why}", {"why": str(error)}) from None
    return pattern


class TextTest(TypedDict, total=False):
    """A word compared with others."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    IN: list[Text]
    NOT_IN: list[Text]
    REGEX: Annotated[Text, AfterValidator(_regex)]
    FUZZY: Text


NumberTest = TypedDict(
    "NumberTest", {"==": Whole, "!=": Whole, ">=": Whole, "<=": Whole, ">": Whole, "<": Whole}, total=False
)
NumberTest.__pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[attr-defined]

TokenText: TypeAlias = Annotated[
    Annotated[Text, Tag("text")] | Annotated[TextTest, Tag("more")], _text_or(dict, "a word, or a test of one")
]
TokenNumber: TypeAlias = Annotated[
    Annotated[Whole, Tag("text")] | Annotated[NumberTest, Tag("more")], _text_or(dict, "a number, or a test of one")
]


class TokenShape(TypedDict, total=False):
    """One token of a raw spaCy pattern."""

    __pydantic_config__ = ConfigDict(extra="forbid")  # type: ignore[misc]

    ORTH: TokenText
    TEXT: TokenText
    LOWER: TokenText
    NORM: TokenText
    SHAPE: TokenText
    LENGTH: TokenNumber
    IS_ALPHA: Switch
    IS_ASCII: Switch
    IS_DIGIT: Switch
    IS_LOWER: Switch
    IS_UPPER: Switch
    IS_TITLE: Switch
    IS_PUNCT: Switch
    IS_SPACE: Switch
    IS_BRACKET: Switch
    IS_QUOTE: Switch
    IS_LEFT_PUNCT: Switch
    IS_RIGHT_PUNCT: Switch
    IS_CURRENCY: Switch
    IS_STOP: Switch
    SPACY: Switch
    LIKE_NUM: Switch
    LIKE_URL: Switch
    LIKE_EMAIL: Switch
    OP: Literal["!", "?", "+", "*"]


# --- signals/<id>.yaml ----------------------------------------------------------------------------------------------


class Ignored(Shape):
    """An example that must not be heard, with the reason: who spoke, a look-alike, a context, or no phrase at all."""

    text: Dialogue = Field(description="one turn, or several, each led by 'seller:' or 'buyer:'")
    because: Reason = Field(description="speaker, look-alike, no phrase, or the name of a context")


class SignalFile(Shape):
    """`signals/<id>.yaml`: one thing that can be heard in one sentence."""

    one_of = ("phrases", "tokens")

    title: Text = Field(description="what it finds, in a few words")
    why: Text = Field(description="why it matters")
    source: Text = Field(default="the team's own experience", description="where the idea comes from")
    side: Literal["seller", "buyer", "either"] = Field(description="whose words count")
    cancelled_by: list[ContextName] = Field(default=[], description="contexts that make it unsaid")
    phrases: list[PhraseText] = Field(
        default=[], min_length=1, description="phrases of the phrase language; any one will do"
    )
    tokens: list[Annotated[list[TokenShape], Field(min_length=1)]] = Field(
        default=[], min_length=1, description="raw spaCy token patterns, the way out"
    )
    but_not: list[PhraseText] = Field(default=[], description="look-alikes: phrases that cancel an overlapping find")
    finds: list[Dialogue] = Field(description="examples that must be heard")
    ignores: list[Ignored] = Field(default=[], description="examples that must not be heard, and why not")
    known_misses: list[Dialogue] = Field(default=[], description="should be heard and is not; fails once it is")
    known_false_alarms: list[Dialogue] = Field(
        default=[], description="is heard and should not be; fails once it is not"
    )


# --- contexts.yaml, lists.yaml, combinations.yaml -------------------------------------------------------------------


class ContextShape(Shape):
    """One context: words around a find that change what it says."""

    title: Text
    cues: list[PhraseText]
    direction: Literal["forward", "backward", "both"] = "forward"
    reach: Whole = Field(default=8, ge=1, le=60, description="how many words the cue reaches")
    ends: list[PhraseText] = Field(default=[], description="words that end the reach")
    look_alikes: list[PhraseText] = Field(default=[], description="phrases that look like a cue and are none")
    closing: list[Text] = Field(default=[], description="punctuation that gives the context to the whole sentence")


class ContextsFile(Shape):
    """`contexts.yaml`: what negates, reports, conditions, asks."""

    contexts: dict[Id, ContextShape]


class ListsFile(Shape):
    """`lists.yaml`: named lists; an entry is a phrase."""

    lists: dict[Id, list[PhraseText]]


class CombinationShape(Shape):
    """Signals over time, heard as one."""

    title: Text
    why: Text
    all_of: list[SignalNames] = Field(min_length=2, description="signals that must all be heard; 'a|b' is one of them")
    none_of: list[SignalName] = Field(default=[], description="signals that must not be heard near by")
    within_turns: Whole = Field(default=1, ge=1, le=20, description="how many turns it may span; 1 is one turn")
    same: Literal["speaker", "side", "call"] = "side"
    in_order: Switch = False
    finds: list[Dialogue] = []
    ignores: list[Ignored] = []


class CombinationsFile(Shape):
    """`combinations.yaml`."""

    combinations: dict[Id, CombinationShape]


# --- rubric.yaml ----------------------------------------------------------------------------------------------------


class Condition(Shape):
    """When a level is reached, over the facts that the prompt's reading found."""

    model_config = ConfigDict(
        json_schema_extra={"minProperties": 1, "dependentRequired": {"at_least": ["of"], "of": ["at_least"]}}
    )

    all: list[Fact] = Field(default=[], min_length=1)
    any: list[Fact] = Field(default=[], min_length=1)
    none: list[Fact] = Field(default=[], min_length=1)
    at_least: Whole = Field(default=0, ge=1, description="how many of `of` must hold")
    of: list[Fact] = Field(default=[], min_length=1)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("condition", "names no fact")
        if bool(self.of) != bool(self.at_least):
            raise PydanticCustomError("condition", "needs both 'at_least' and 'of', or neither")
        if self.at_least > len(self.of):
            raise PydanticCustomError("condition", "asks for more facts than 'of' names")
        return self


class LackShape(Shape):
    """What a call lacks that is one fact short of a level, or has one that the level excludes."""

    missing: Text
    coach: Text
    lines: list[LineText] = Field(
        default=[], description="the same for this call: the first line of which all slots can be filled, else the last"
    )


class LevelShape(Shape):
    """One rung of a ladder."""

    model_config = ConfigDict(
        json_schema_extra={"if": {"properties": {"level": {"const": 0}}}, "else": {"required": ["when"]}}
    )

    level: Whole = Field(ge=0, le=3)
    means: Text = Field(description="what this level says, in one sentence")
    when: Condition | None = None
    missing: Text | None = Field(default=None, description="what a call below this level lacks")
    coach: Text | None = Field(default=None, description="what to say next time to reach this level")
    lines: list[LineText] = Field(
        default=[], description="the same for this call: the first line of which all slots can be filled, else the last"
    )
    lacks: dict[Fact, LackShape] = Field(default={}, description="by fact: the same where this fact alone is lacking")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.level > 0 and self.when is None:
            raise PydanticCustomError("level", "is never reached: it says no 'when'")
        return self


class PromptShape(Shape):
    """One of the manager's questions."""

    id: PromptId
    number: Whole
    question: Text
    why: Text
    source: Text
    reading: ReadingName = Field(description="the named reading that finds the facts")
    listens_to: list[SignalName] = Field(default=[], description="the signals and combinations that the reading weighs")
    marks: dict[Id, Text] = Field(default={}, description="what the reading tells by its place in the talk, in words")
    spot: list[SignalName] = Field(
        default=[], description="where it could have been said: what the seller said there, the best place first"
    )
    take: Literal["best", "worst"] = "best"
    not_applicable: Literal["never", "nothing heard", "no upsell and nothing heard"] = "never"
    weight: Whole = Field(default=1, ge=1)
    ladder: list[LevelShape] = Field(min_length=2)

    @field_validator("number")
    @classmethod
    def _in_order(cls, number: int, info: ValidationInfo) -> int:
        place = PROMPTS.index(info.data["id"]) + 1 if "id" in info.data else number
        if number != place:
            raise PydanticCustomError("order", "must be {place}: the order of the prompts is fixed", {"place": place})
        return number

    @field_validator("ladder")
    @classmethod
    def _rung_by_rung(cls, ladder: list[LevelShape]) -> list[LevelShape]:
        levels = [rung.level for rung in ladder]
        if levels != list(range(len(ladder))):
            told = ", ".join(map(str, levels))
            raise PydanticCustomError("rungs", "must have the levels 0, 1, 2 and so on, not {told}", {"told": told})
        return ladder


class ViolationShape(Shape):
    """Something a seller must not do."""

    one_of = ("signals", "reading")

    id: Id
    title: Text
    severity: Literal["blocker", "major", "minor"]
    spoils: Literal["nothing", "sentence", "turn"] = Field(
        default="nothing", description="how much of what is said with it is no evidence, where the best place counts"
    )
    signals: list[SignalName] = Field(
        default=[], min_length=1, description="signals that are this violation as they stand"
    )
    reading: ReadingName | None = Field(
        default=None, description="the named reading that finds it, where signals cannot"
    )
    listens_to: list[SignalName] = Field(default=[], description="the signals that the reading weighs")
    why: Text
    source: Text
    instead: Text = Field(description="what to say instead")
    lines: list[LineText] = Field(
        default=[], description="the same for this call: the first line of which all slots can be filled, else the last"
    )


class IndicatorShape(Shape):
    """A count that coaching looks at before results do."""

    one_of = ("signals", "reading")

    id: Id
    title: Text
    why: Text
    source: Text
    counts: Literal["places", "kinds", "once"] = Field(
        default="places",
        description="places: each signal once a turn; kinds: how many of the signals were heard; once: 1 where any was",
    )
    signals: list[SignalName] = Field(default=[], min_length=1, description="signals that count as they stand")
    reading: ReadingName | None = Field(
        default=None, description="the named reading whose findings count, where signals cannot tell"
    )
    fact: Fact | None = Field(default=None, description="only findings with this fact count")
    listens_to: list[SignalName] = Field(default=[], description="the signals that the reading weighs")


class RubricFile(Shape):
    """`rubric.yaml`: the playbook's questions, ladders, violations and indicators."""

    id: Id
    version: Text
    title: Text
    extends: Text | None = Field(
        default=None, description="the folder of a playbook to start from: one beside this one, or a shipped one"
    )
    autonomy: list[SignalName] = []
    consent: list[SignalName] = []
    autonomy_reading: ReadingName | None = Field(
        default=None, description="the named reading that weighs the autonomy signals"
    )
    consent_reading: ReadingName | None = Field(
        default=None, description="the named reading that weighs the consent signals"
    )
    recitation: list[SignalName] = Field(
        default=[], description="signals for the playbook's own words; piled up, they earn nothing"
    )
    moments: dict[Id, list[SignalName]] = {}
    coaching: dict[MomentName, list[PromptId]] = Field(
        default={}, description="by moment: the prompts to coach, those that matter most there first"
    )
    prompts: list[PromptShape] = []
    violations: list[ViolationShape] = []
    indicators: list[IndicatorShape] = []


FILES: dict[str, type[Shape]] = {
    "rubric": RubricFile,
    "signal": SignalFile,
    "contexts": ContextsFile,
    "lists": ListsFile,
    "combinations": CombinationsFile,
}


class _JsonSchema(GenerateJsonSchema):
    """Says what the loader does: a key is left out or has a value, names are names, one of some keys must be there."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        written = super().default_schema(schema)
        return written if written.get("default") else self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        written = super().dict_schema(schema)
        return written | {"additionalProperties": False} if "patternProperties" in written else written

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        if one_of := schema["cls"].one_of:
            written["anyOf"] = [{"required": [key]} for key in one_of]
        return written


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one kind of rubric file; KeyError for an unknown kind."""
    schema = FILES[name].model_json_schema(schema_generator=_JsonSchema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
