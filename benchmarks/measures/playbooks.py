"""Playbooks with any number of phrases: some of the shipped one's, or all and new ones that are built like them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import replace

from callreview.detection.words import FUNCTION_WORDS
from callreview.rubric import Rubric
from callreview.rubric.model import Phrase

Ruled = tuple[str, Phrase]

# A word of a phrase, or the name of a list.
_PARTS = re.compile(r"<[^>]*>|[A-Za-z][\w'’-]*")


def shipped_phrases(rubric: Rubric) -> list[Ruled]:
    """Every phrase of every signal, each with the signal's name."""
    return [(name, phrase) for name, signal in rubric.signals.items() for phrase in signal.phrases]


def with_phrases(rubric: Rubric, count: int) -> Rubric:
    """The rubric with so many phrases; a larger one holds all those of a smaller one."""
    chosen: dict[str, list[Phrase]] = defaultdict(list)
    for name, phrase in _first(rubric, count):
        chosen[name].append(phrase)
    signals = {name: replace(signal, phrases=tuple(chosen[name])) for name, signal in rubric.signals.items()}
    return replace(rubric, signals=signals)


def _first(rubric: Rubric, count: int) -> list[Ruled]:
    chance = random.Random(5)
    shipped = shipped_phrases(rubric)
    chance.shuffle(shipped)
    chosen = shipped[:count]
    content = [word for _, phrase in shipped for word in _PARTS.findall(phrase.text) if _is_content(word)]
    while len(chosen) < count:
        for name, phrase in shipped[: count - len(chosen)]:
            chosen.append((name, _swapped(phrase, content, chance, len(chosen))))
    return chosen


def _is_content(part: str) -> bool:
    return part[0] != "<" and part not in FUNCTION_WORDS


def _swapped(phrase: Phrase, content: list[str], chance: random.Random, number: int) -> Phrase:
    """A phrase of the same build whose words of content are other phrases' words, as frequent as there."""

    def other(part: re.Match[str]) -> str:
        return chance.choice(content) if _is_content(part[0]) else part[0]

    return replace(phrase, text=_PARTS.sub(other, phrase.text), path=(*phrase.path, "swapped", number))
