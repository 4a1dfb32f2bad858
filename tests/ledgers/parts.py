"""The exchanges that calls are put together from, and the words of a trade that fill them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_SLOT = re.compile(r"<(\w+)>")
_PHRASES = ("things", "one", "chore", "team", "place", "places", "system", "gap", "effort")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}
_FAR = ("the end of March", "the end of April", "the end of February", "the end of June")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who says what; `kind` where it is evidence: the prompt's id, the violation's kind, or `autonomy`."""

    who: str
    text: str
    kind: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An exchange, and the level of its prompt that it is worth."""

    lines: tuple[Line, ...]
    level: int | None = None

    def filled(self, told: Mapping[str, str]) -> tuple[Line, ...]:
        """The lines in the words of one call."""
        return tuple(replace(line, text=_SLOT.sub(lambda slot: told[slot[1]], line.text)) for line in self.lines)


@cache
def parts(name: str) -> tuple[Part, ...]:
    """The exchanges of `parts/NAME.yaml`."""
    return tuple(
        Part(lines=_lines(made["says"], made.get("kind", name), made.get("at", 1)), level=made.get("level"))
        for made in _yaml(f"parts/{name}.yaml")
    )


@cache
def talk(name: str, *keys: str) -> tuple[Part, ...]:
    """Exchanges of `parts/NAME.yaml` that are worth nothing, below some keys."""
    found = _yaml(f"parts/{name}.yaml")
    for key in keys:
        found = found[key]
    return tuple(Part(lines=_lines(said)) for said in found)


@cache
def accounts() -> tuple[Mapping[str, Any], ...]:
    """All accounts, each with the words of its trade."""
    return tuple({**trade, "account": name} for trade in _yaml("trades.yaml") for name in trade["accounts"])


def words(trade: Mapping[str, Any], day: date, names: Mapping[str, str], chance: random.Random) -> dict[str, str]:
    """What stands for the <words> in the exchanges of one call; `names` are the people in it by their part."""
    count, price = chance.randrange(24, 90), chance.randrange(12, 40) * 10
    small, large, top = trade["product"]
    phrases = {key: trade[key] for key in _PHRASES}
    return {
        **phrases,
        **{key.title(): phrase[0].upper() + phrase[1:] for key, phrase in phrases.items()},
        **names,
        **{f"{part}_first": name.split()[0] for part, name in names.items()},
        "small": small,
        "large": large,
        "top": top,
        "n": in_words(count),
        "goal": in_words(count // 2 - chance.randrange(2, 5)),
        "hours": in_words(chance.randrange(5, 19)),
        "few": in_words(chance.randrange(6, 14)),
        "cost": f"{chance.randrange(8, 60) * 100:,}",
        "ps": str(price),
        "pl": str(price + chance.randrange(8, 20) * 10),
        "pt": str(price * 2 + 200),
        "soon": _spoken(day + timedelta(days=chance.randrange(7, 12))),
        "later": _spoken(day + timedelta(days=chance.randrange(14, 19))),
        "far": chance.choice(_FAR),
    }


def in_words(number: int) -> str:
    """A number below a hundred as it is spoken.

    >>> in_words(7), in_words(42), in_words(90)
    ('seven', 'forty-two', 'ninety')
    """
    if number < len(_SMALL):
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def _spoken(day: date) -> str:
    """A day as it is spoken, on a working day: 'Tuesday the sixth'."""
    day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
    tens, ones = divmod(day.day, 10)
    if day.day in _ORDINALS:
        ordinal = _ORDINALS[day.day]
    elif tens < 2:
        ordinal = f"{_SMALL[day.day]}th"
    elif ones == 0:
        ordinal = f"{_TENS[tens - 2][:-1]}ieth"
    else:
        ordinal = f"{_TENS[tens - 2]}-{_ORDINALS.get(ones, f'{_SMALL[ones]}th')}"
    return f"{day:%A} the {ordinal}"


def _lines(said: Iterable[Mapping[str, str]], kind: str | None = None, at: int = 1) -> tuple[Line, ...]:
    """Lines as they are written; the `at`th one (1-based) is of the kind."""
    spoken = [line for lines in said for line in lines.items()]
    return tuple(
        Line(who=who, text=text, kind=kind if number == at else None)
        for number, (who, text) in enumerate(spoken, start=1)
    )


@cache
def _yaml(path: str) -> Any:
    return yaml.safe_load((HERE / path).read_text(encoding="utf-8"))
