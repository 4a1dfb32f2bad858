"""Calls of any length, made of the project's own labelled calls, always the same ones.

Those are short and full of what the rules hear, so they cost more a word than the hour of small talk that a real call
holds.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from pathlib import Path

from callreview.analysis.labels import read_folder
from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.ingest import ReadOptions, read_call

from .clock import ROOT

GOLD = ROOT / "tests" / "gold" / "tune"
CALL_WORDS = 9_000
SELLER, BUYER = "Dana Whitfield", "Tom Okafor"
SECONDS_A_TURN = 7
# The longest turns of recognisers that cut speech at each pause.
SHORT_TURN_WORDS = 15


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a made call."""

    speaker: str
    text: str

    @property
    def words(self) -> int:
        """What stands between spaces."""
        return len(self.text.split())


@cache
def gold() -> tuple[tuple[Said, ...], ...]:
    """The labelled calls in an order that is mixed but always the same, with two speakers' names."""
    calls = []
    for labelled in read_folder(GOLD):
        call = read_call(labelled.transcript, options=ReadOptions(sellers=labelled.sellers, buyers=labelled.buyers))
        names = {turn.number: SELLER if call.side(turn.number) is Side.SELLER else BUYER for turn in call.turns}
        calls.append(tuple(Said(names[turn.number], turn.text) for turn in call.turns))
    random.Random(5).shuffle(calls)
    return tuple(calls)


def of_words(words: int = CALL_WORDS) -> Iterator[tuple[Said, ...]]:
    """Calls of so many words that share no turn, until all that was labelled is used up."""
    taken: list[Said] = []
    for said in (said for call in gold() for said in call):
        taken.append(said)
        if sum(s.words for s in taken) >= words:
            yield tuple(taken)
            taken = []


def of_turns(turns: int) -> tuple[Said, ...]:
    """A call of so many short turns."""
    short = [said for call in gold() for said in call if said.words <= SHORT_TURN_WORDS]
    return tuple(islice(cycle(short), turns))


def text_of(words: int) -> str:
    """So many words of all that was said, from the beginning again where they do not last."""
    said = [word for call in gold() for turn in call for word in turn.text.split()]
    return " ".join(islice(cycle(said), words))


def as_call(said: Iterable[Said]) -> Call:
    """A call as reading gives it."""
    speakers = ((SELLER, Side.SELLER), (BUYER, Side.BUYER))
    return Call(
        id="made",
        title="made",
        format="plain",
        turns=tuple(Turn(number=n, speaker=s.speaker, text=s.text) for n, s in enumerate(said, start=1)),
        speakers=tuple(Speaker(name=name, side=side, side_from=SideSource.OPTION) for name, side in speakers),
    )


def write(said: Sequence[Said], path: Path) -> Path:
    """A transcript in plain text, with a time before each turn."""
    lines = [f"[{_clock(n * SECONDS_A_TURN)}] {s.speaker}: {s.text}\n" for n, s in enumerate(said)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
