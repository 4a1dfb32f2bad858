"""Playbooks with any number of phrases: some of the shipped one's, or all and new ones that are built like them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from callreview.detection.words import FUNCTION_WORDS
from callreview.rubric import Rubric
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import Choice, Maybe, Node, Sequence, Word

Ruled = tuple[str, Phrase]


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
    content = [word for _, phrase in shipped for word in _content_words(phrase.tree)]
    while len(chosen) < count:
        for name, phrase in shipped[: count - len(chosen)]:
            chosen.append((name, replace(phrase, tree=_swapped(phrase.tree, content, chance))))
    return chosen


def _content_words(node: Node) -> Iterator[str]:
    match node:
        case Word(text) if text not in FUNCTION_WORDS:
            yield text
        case Choice(nodes) | Sequence(nodes):
            for child in nodes:
                yield from _content_words(child)
        case Maybe(child):
            yield from _content_words(child)


def _swapped(tree: Sequence, content: list[str], chance: random.Random) -> Sequence:
    """A phrase of the same build whose words of content are other phrases' words, as frequent as there."""

    def swapped(node: Node) -> Node:
        match node:
            case Word(text, inflected) if text not in FUNCTION_WORDS:
                return Word(chance.choice(content), inflected)
            case Choice(options):
                return Choice(tuple(_sequences(map(swapped, options))))
            case Sequence(nodes):
                return Sequence(tuple(map(swapped, nodes)))
            case Maybe(child):
                return Maybe(swapped(child))
            case _:
                return node

    return next(_sequences([swapped(tree)]))


def _sequences(nodes: Iterable[Node]) -> Iterator[Sequence]:
    for node in nodes:
        assert isinstance(node, Sequence)
        yield node
