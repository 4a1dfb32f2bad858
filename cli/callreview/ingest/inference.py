"""Who sells, judged by words alone, where nothing else tells.

Only phrases count that hardly anybody says but the selling side ("calling from", "we can offer
you", "your account with us"), or the buying side ("your pricing", "what would it cost us"). A side is
inferred where one speaker says several of them in several turns and the others say none or next to
none; in doubt the answer is None. Who speaks first, or most, is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from callreview.conversation import Side, Turn

_MIN_PHRASES = 3
_MIN_TURNS = 2
_MARGIN = 4
_LONGEST = 20_000
"""Characters of one turn that are searched."""

_SELLS = [
    r"\b(?:calling|ringing|phoning) (?:you )?(?:today )?from\b",
    r"\b(?:reason|purpose) (?:for|of) my call\b",
    r"\bwe (?:can|could) (?:offer|do|give) you\b",
    r"\bi (?:can|could) (?:offer|do) you\b",
    r"\bour (?:pricing|price list|list price|plans|(?:premium|pro|enterprise) (?:plan|tier|package))\b",
    r"\byour (?:account|plan|contract|subscription|package|service) with us\b",
    r"\byour (?:account manager|account executive|customer success manager)\b",
    r"\byoure (?:currently )?on (?:our|the) (?:\w+ )?(?:plan|tier|package|licen[cs]e)\b",
    r"\bmove you (?:up|over|on) ?to\b",
    r"\bupgrade you\b",
    r"\bsign you up\b",
    r"\b(?:customers|clients|teams|companies|practices|firms) like you(?:rs)?\b",
    r"\b(?:most|some|other|several) of our (?:other )?(?:customers|clients)\b",
    r"\b(?:ill|i will|we will|well|i can) send (?:you )?(?:over )?(?:the|a|an) (?:\w+ )?"
    r"(?:quote|quotation|proposal|order form|contract)\b",
    r"\b(?:thanks|thank you) for being (?:a|our) (?:\w+ )?customer\b",
    r"\bwed? (?:would )?(?:waive|throw in)\b",
    r"\b(?:ill|i will|i can|let me|i could) (?:send|show) you\b",
    r"\b(?:if )?you(?:d| would)? (?:stay|stayed) (?:on|with|at|where)\b",
    r"\byou(?:d| would)? (?:only )?pay\b",
    r"\bwhat (?:id|i would|wed|we would) (?:propose|suggest|recommend)\b",
]
_BUYS = [
    r"\bwhat (?:does|would|will|do|did) (?:it|that|this|you|the \w+) (?:cost|charge|run)\b",
    r"\bhow much (?:is|does|would|do you|are you|will)\b",
    r"\byour (?:pricing|prices|price|quote|quotation|proposal|offer|platform|product|support team|competitors?)\b",
    r"\bwere (?:already )?paying (?:you|for)\b",
    r"\bwe (?:already |only |just )?pay\b",
    r"\bi dont want\b",
    r"\b(?:are|is) you(?:r \w+)? (?:trying to )?sell(?:ing)?\b",
    r"\bwho (?:did you say|is this|are you)\b",
    r"\b(?:its|thats) (?:not )?in (?:my|our|the) budget\b|\b(?:my|our) budget\b",
    r"\bsend me (?:the|a|an|your) (?:\w+ )?(?:quote|quotation|proposal|contract|details|pricing)\b",
]
_SELLING = re.compile("|".join(f"({phrase})" for phrase in _SELLS))
_BUYING = re.compile("|".join(f"({phrase})" for phrase in _BUYS))
_APOSTROPHE = re.compile("['’`]")


@dataclass(slots=True)
class _Heard:
    """What one speaker said: which selling phrases, in which turns, and how many buying phrases."""

    selling: set[int] = field(default_factory=set)
    turns: set[int] = field(default_factory=set)
    buying: int = 0

    @property
    def score(self) -> int:
        return len(self.selling) - self.buying


def infer(turns: Iterable[Turn], speakers: Iterable[str]) -> Mapping[str, Side] | None:
    """Side by speaker on strong evidence, else None. Of three or more speakers some may stay unknown."""
    heard = {speaker: _Heard() for speaker in speakers}
    for turn in turns:
        if turn.speaker in heard:
            _listen(heard[turn.speaker], turn)
    sellers = [name for name, ears in heard.items() if _sells(ears)]
    if len(sellers) != 1 or len(heard) < 2:
        return None
    seller = sellers[0]
    others = {name: ears for name, ears in heard.items() if name != seller}
    if heard[seller].score < _MARGIN * max(1, *(len(ears.selling) for ears in others.values())) - 1:
        return None
    buyers = [name for name, ears in others.items() if len(others) == 1 or (ears.buying and not ears.selling)]
    return {seller: Side.SELLER, **dict.fromkeys(buyers, Side.BUYER)} if buyers else None


def _sells(heard: _Heard) -> bool:
    return len(heard.selling) >= _MIN_PHRASES and len(heard.turns) >= _MIN_TURNS and heard.buying <= 1


def _listen(heard: _Heard, turn: Turn) -> None:
    words = _APOSTROPHE.sub("", turn.text[:_LONGEST]).casefold()
    for found in _SELLING.finditer(words):
        heard.selling.add(found.lastindex or 0)
        heard.turns.add(turn.number)
    heard.buying += sum(1 for _ in _BUYING.finditer(words))
