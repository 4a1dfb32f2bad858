"""Who sells and who buys in the made-up quarter, and how well the reps do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# How often each level is reached, from 0 to 3, in percent.
HABITS: Mapping[str, tuple[int, ...]] = {
    "weak": (45, 35, 15, 5),
    "fair": (20, 30, 35, 15),
    "strong": (5, 15, 35, 45),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """Who sells: by habit, with another one for single prompts; `pressure` is how many calls of a hundred hold some."""

    name: str
    team: str
    habit: str
    prompts: Mapping[str, str] = field(default_factory=dict)
    pressure: int = 6
    calls_a_week: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """A rep was coached on a prompt from a week on (1-based): it took, or it changed nothing."""

    rep: str
    prompt: str
    week: int
    took: bool


MANAGERS = {"North": "Alex Webb", "South": "Ines Caldeira"}
REPS = (
    Rep(name="Dana Whitfield", team="North", habit="fair", prompts={"stop_rule": "weak"}),
    Rep(name="Marek Dolan", team="North", habit="fair", prompts={"stop_rule": "weak"}),
    Rep(name="Yusuf Karimi", team="North", habit="strong", pressure=2),
    Rep(name="Greta Olsen", team="North", habit="weak", pressure=30),
    Rep(name="Nell Sorley", team="South", habit="strong", prompts={"owners": "weak"}, pressure=2),
    Rep(name="Tom Abara", team="South", habit="fair"),
    Rep(name="Lucia Ferro", team="South", habit="fair", prompts={"pushback": "strong"}),
    Rep(name="Owen Pryce", team="South", habit="weak", calls_a_week=2),
)
COACHINGS = (
    Coaching(rep="Dana Whitfield", prompt="stop_rule", week=9, took=True),
    Coaching(rep="Marek Dolan", prompt="stop_rule", week=9, took=False),
)
ENGINEERS = ("Ben Hartley", "Sana Mirza")
BUYERS = (
    "Luis Ferreira",
    "Priya Nair",
    "Joan Petrie",
    "Callum Reid",
    "Hanna Vogel",
    "Amir Saleh",
    "Ruth Adeyemi",
    "Paul Lindqvist",
    "Mary Kelleher",
    "Victor Osei",
    "Elena Rossi",
    "Simon Thackeray",
    "Noor Rahman",
    "Ida Bakke",
    "Frank Mercer",
    "Tessa Groom",
)


def habit(rep: Rep, prompt: str, week: int) -> tuple[int, ...]:
    """How often a rep reaches each level of a prompt in a week."""
    took = any(c.took and c.rep == rep.name and c.prompt == prompt and week >= c.week for c in COACHINGS)
    return HABITS["strong" if took else rep.prompts.get(prompt, rep.habit)]
