"""Makes a quarter of sales calls as transcripts, with the truth about each call beside them.

    python -m tests.ledgers.generator FOLDER [--weeks 12] [--seed 7]

A call is put together from exchanges in `parts/`, each of which declares what it is worth: the level of one prompt, a
violation, words that leave the choice. `truths.json` tells it of every call, and the program must find the same. The
same seed makes the same files. Reps have habits, and two of them are coached on the same prompt: with one it takes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.ledgers.cast import BUYERS, COACHINGS, ENGINEERS, MANAGERS, REPS, Rep, habit
from tests.ledgers.parts import Line, Part, accounts, parts, talk, words

SEED = 7
WEEKS = 12
PROMPTS = ("outcome", "risk", "options", "proof", "stop_rule", "owners", "delay", "pushback")
# What is asked of a call in which nothing is offered.
ALWAYS = ("outcome", "owners")
LAST_MONDAY = date(2026, 11, 16)
# How many calls of a hundred stand where.
MOMENTS = {"discovery": 20, "demo": 20, "proposal": 30, "negotiation": 15, "renewal": 15}
# How many exchanges a call has that belong to its moment.
MOMENT_TALK = {"discovery": 5, "demo": 5, "proposal": 4, "negotiation": 3, "renewal": 2}
# What is said for an offer, in its order.
SPOKEN = ("options", "risk", "proof", "stop_rule")
# How many calls of a hundred with an offer hold a signal to delay, or a pushback, or neither; words that leave the choice.
RESISTANCE = {"delay": 35, "pushback": 50, None: 15}
AUTONOMY = 50
# Kinds of evidence that are neither a prompt nor a violation.
NO_VIOLATIONS = ("autonomy", "offer")
PASSING = 12
LEAST_TURNS = 26
WORDS_A_SECOND = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of a call. Levels are None for n/a; violations are (kind, turn), turns are 1-based.

    `evidence` tells where the exchange begins that decides a prompt; a level of 0 may have none.
    """

    file: str
    week: str
    date: str
    rep: str
    team: str
    manager: str
    account: str
    buyer: str
    moment: str
    upsell: bool
    levels: Mapping[str, int | None]
    evidence: Mapping[str, int]
    violations: tuple[tuple[str, int], ...]
    autonomy: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What somebody says until another one speaks, in seconds from the call's start, and the kinds that it holds."""

    who: str
    name: str
    text: str
    start: float
    end: float
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCall:
    """One call, and the truth about it."""

    turns: tuple[Turn, ...]
    truth: Truth

    @property
    def text(self) -> str:
        """The call as its file holds it: WebVTT captions or timed text."""
        if self.truth.file.endswith(".vtt"):
            cues = [f"{_clock(t.start)}.000 --> {_clock(t.end)}.000\n{t.name}: {t.text}\n" for t in self.turns]
            return "\n".join(["WEBVTT\n", *cues])
        return "".join(f"[{_clock(t.start)}] {t.name}: {t.text}\n" for t in self.turns)


def quarter(*, seed: int = SEED, weeks: int = WEEKS) -> Iterator[MadeCall]:
    """The calls of so many weeks, in the order of time; the last week is always the same."""
    for week in range(1, weeks + 1):
        monday = LAST_MONDAY - timedelta(weeks=weeks - week)
        made = []
        for rep in REPS:
            chance = random.Random(f"{seed} {week} {rep.name}")
            made += [_call(rep, week, day, trade, chance) for day, trade in _diary(rep, monday, chance)]
        yield from sorted(made, key=lambda call: call.truth.file)


def write(calls: Sequence[MadeCall], folder: Path) -> None:
    """The transcripts, the roster that tells who sells in which team, and `truths.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    for call in calls:
        (folder / call.truth.file).write_text(call.text, encoding="utf-8")
    (folder / "callreview.toml").write_text(roster(), encoding="utf-8")
    truths = {"calls": [asdict(call.truth) for call in calls], "coachings": [asdict(c) for c in COACHINGS]}
    (folder / "truths.json").write_text(json.dumps(truths, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def roster() -> str:
    """The roster of the calls' folder."""
    lines = [f"sellers = {json.dumps(ENGINEERS)}", 'file_name = "{date}_{account}_{title}"']
    for team, manager in MANAGERS.items():
        members = [rep.name for rep in REPS if rep.team == team]
        lines += ["", f"[teams.{team}]", f"members = {json.dumps(members)}", f'manager = "{manager}"']
    return "\n".join(lines) + "\n"


def _diary(rep: Rep, monday: date, chance: random.Random) -> list[tuple[date, Mapping[str, Any]]]:
    """The rep's calls of a week: a day and one of the rep's accounts, which is called once a day at most."""
    mine = accounts()[REPS.index(rep) :: len(REPS)]
    return chance.sample(
        [(monday + timedelta(days=day), trade) for day in range(5) for trade in mine], rep.calls_a_week
    )


def _call(rep: Rep, week: int, day: date, trade: Mapping[str, Any], chance: random.Random) -> MadeCall:
    moment = _drawn(MOMENTS, chance)
    levels = _levels(rep, week, moment, chance)
    names = _names(rep, trade["account"], chance)
    said = _assembled(moment, levels, chance, pressed=moment != "discovery" and chance.randrange(100) < rep.pressure)
    told = words(trade, day, names, chance)
    turns = tuple(_turns((line for part in said for line in part.filled(told)), names, chance))
    counted = [(kind, number) for number, turn in enumerate(turns, start=1) for kind in turn.kinds]
    year, week_number, _ = day.isocalendar()
    truth = Truth(
        file=f"{day}_{trade['account']}_{moment.title()}.{chance.choice(('txt', 'vtt'))}",
        week=f"{year}-W{week_number:02}",
        date=str(day),
        rep=rep.name,
        team=rep.team,
        manager=MANAGERS[rep.team],
        account=trade["account"],
        buyer=names["buyer"],
        moment=moment,
        upsell=moment != "discovery",
        levels={prompt: levels.get(prompt) for prompt in PROMPTS},
        evidence={kind: turn for kind, turn in counted if kind in PROMPTS},
        violations=tuple((kind, turn) for kind, turn in counted if kind not in (*PROMPTS, *NO_VIOLATIONS)),
        autonomy=tuple(turn for kind, turn in counted if kind == "autonomy"),
    )
    return MadeCall(turns=turns, truth=truth)


def _levels(rep: Rep, week: int, moment: str, chance: random.Random) -> dict[str, int]:
    """The levels that the call reaches; prompts that do not apply are left out."""
    heard = ALWAYS if moment == "discovery" else (*ALWAYS, *SPOKEN, _drawn(RESISTANCE, chance))
    return {prompt: _drawn(dict(enumerate(habit(rep, prompt, week))), chance) for prompt in heard if prompt}


def _names(rep: Rep, account: str, chance: random.Random) -> dict[str, str]:
    """Who takes part; an account has always the same two people."""
    buyer, colleague = random.Random(account).sample(BUYERS, 2)
    return {"seller": rep.name, "engineer": chance.choice(ENGINEERS), "buyer": buyer, "colleague": colleague}


def _assembled(moment: str, levels: Mapping[str, int], chance: random.Random, *, pressed: bool) -> list[Part]:
    """The exchanges of a call in their order: the need, the offer and what speaks for it, at last what speaks against.

    The stage's talk and talk in passing are strewn in between; after a pushback they would be its handling.
    """
    passing = list(chance.sample(talk("small_talk", "passing"), PASSING))
    start = [chance.choice(talk("small_talk", "greeting")), passing.pop()]
    start += [chance.choice(opening)] if (opening := talk("moments", moment, "opening")) else []
    start.append(_part("outcome", levels["outcome"], chance))
    middle = _spoken_for(levels, chance, pressed=pressed)
    end = [_part("owners", levels["owners"], chance)] if levels["owners"] else []
    end += [_part(prompt, levels[prompt], chance) for prompt in RESISTANCE if prompt in levels]
    end.append(chance.choice(talk("small_talk", "farewell")))
    for part in chance.sample(talk("moments", moment, "talk"), MOMENT_TALK[moment]):
        middle.insert(chance.randrange(len(middle) + 1), part)
    while sum(len(part.lines) for part in (*start, *middle, *end)) < LEAST_TURNS:
        middle.insert(chance.randrange(len(middle) + 1), passing.pop())
    return [*start, *middle, *end]


def _spoken_for(levels: Mapping[str, int], chance: random.Random, *, pressed: bool) -> list[Part]:
    """The offer and what is said for it; a level that is not reached is not said. Some press, some leave the choice."""
    said = [chance.choice(parts("offer"))] if levels.get("options") == 0 else []
    said += [_part(prompt, levels[prompt], chance) for prompt in SPOKEN if levels.get(prompt)]
    said += [chance.choice(parts("violations"))] if pressed else []
    said += [chance.choice(parts("autonomy"))] if "options" in levels and chance.randrange(100) < AUTONOMY else []
    return said


def _part(prompt: str, level: int, chance: random.Random) -> Part:
    return chance.choice([part for part in parts(prompt) if part.level == level])


def _turns(lines: Iterable[Line], names: Mapping[str, str], chance: random.Random) -> Iterator[Turn]:
    """The turns of what is said: each goes on until another one speaks."""
    at = 4
    for who, together in groupby(lines, key=lambda line: line.who):
        said = tuple(together)
        text = " ".join(line.text for line in said)
        end = at + math.ceil(len(text.split()) / WORDS_A_SECOND)
        kinds = tuple(line.kind for line in said if line.kind)
        yield Turn(who=who, name=names[who], text=text, start=at, end=end, kinds=kinds)
        at = end + chance.randrange(3)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _drawn(shares: Mapping[Any, int], chance: random.Random) -> Any:
    return chance.choices(list(shares), list(shares.values()))[0]


def main() -> None:
    """Write a quarter into a folder."""
    parser = argparse.ArgumentParser(description="Make calls with known truths.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    write(tuple(quarter(seed=given.seed, weeks=given.weeks)), given.folder)


if __name__ == "__main__":
    main()
