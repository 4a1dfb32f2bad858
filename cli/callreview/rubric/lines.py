"""Coaching lines: what to say next time, with slots for what was said in the call at hand.

`You said {outcome}. Which number would show it?` has one slot. `{small|the smaller plan}` has words for where nothing
fits: they then stand in square brackets, for the rep to fill in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

SLOTS = {
    "outcome": "the result that the buyer wants",
    "measured": "the result that the buyer wants, with its measure or date",
    "need": "a problem or a need that the buyer told",
    "number": "a figure of the buyer's own, with what it counts",
    "small": "the name of the smaller option",
    "large": "the name of the larger option",
    "concern": "what the buyer pushed back with",
    "hold_up": "what the buyer said that speaks for waiting",
    "approver": "what the buyer said of who else decides",
    "consequence": "what the seller said follows from the smaller option",
    "claim": "what the seller said to prove it",
    "exit": "the way out, as the seller said it",
    "step": "a step to be taken before the decision",
    "buyer": "the buyer who says most, by first name",
}
"""What a line can have a slot for; what fills it was said in the call."""

_SLOT = re.compile(r"\{([^{}|]*)(?:\|([^{}|]*))?\}|[{}]")


class LineSyntaxError(ValueError):
    """A line that cannot be read; `offset` is the 0-based character where."""

    def __init__(self, message: str, *, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for words of the call; `blank` is what stands there in brackets where none fit."""

    name: str
    blank: str | None
    offset: int


Line: TypeAlias = tuple[str | Slot, ...]


def parse_line(text: str) -> Line:
    """A line as words and slots; raises LineSyntaxError. Whether a slot's name is known is not checked.

    >>> parse_line("On {small|the small one} it goes on.")
    ('On ', Slot(name='small', blank='the small one', offset=3), ' it goes on.')
    """
    parts: list[str | Slot] = []
    at = 0
    for found in _SLOT.finditer(text):
        if found[1] is None:
            raise LineSyntaxError(f"a {found[0]!r} without its other half", offset=found.start())
        parts += [text[at : found.start()], Slot(found[1].strip(), found[2], found.start())]
        at = found.end()
    return tuple(part for part in (*parts, text[at:]) if part)
