"""Phrases written out as spaCy Matcher patterns, for those who would use the Matcher as it comes.

Single words of a choice become one `IN`, a choice of several words becomes alternatives, `x?` an optional token,
`...N` up to N tokens of any kind, a list its entries. A built-in list becomes one token that looks like it, the edge
of a sentence is left out, and of one phrase's alternatives no more than `MOST` are kept: all three are in the
Matcher's favour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, product
from typing import Any

from callreview.detection.words import normal
from callreview.rubric import Rubric
from callreview.rubric.forms import forms
from callreview.rubric.model import Phrase
from callreview.rubric.phrases import Choice, Edge, Gap, ListRef, Maybe, Node, Sequence, Word

from .playbooks import shipped_phrases

MOST = 8
Tokens = list[dict[str, Any]]


def expanded(rubric: Rubric) -> list[Tokens]:
    """All Matcher patterns of all phrases of a rubric."""
    expander = _Expander(rubric.lists)
    return [tokens for _, phrase in shipped_phrases(rubric) for tokens in expander.patterns(phrase)]


class _Expander:
    def __init__(self, lists: Mapping[str, tuple[Phrase, ...]]) -> None:
        self._lists = lists

    def patterns(self, phrase: Phrase) -> Iterator[Tokens]:
        return (tokens for tokens in islice(self._ways(phrase.tree), MOST) if tokens)

    def _ways(self, node: Node) -> Iterator[Tokens]:
        """The ways to say a node, each as tokens; what is bounded here is what a phrase is bounded to."""
        match node:
            case Word():
                yield _said(node)
            case Gap(most):
                yield [{"OP": f"{{,{most}}}"}]
            case Edge():
                yield []
            case Choice(options):
                yield from self._one_of(options)
            case ListRef(name) if name in self._lists:
                yield from self._one_of(phrase.tree for phrase in self._lists[name])
            case ListRef(name):
                yield [{"IS_TITLE": True} if name == "name" else {"LIKE_NUM": True}]
            case Maybe(child):
                yield from _optional(self._ways(child))
            case Sequence(nodes):
                parts = [list(islice(self._ways(child), MOST)) for child in nodes]
                yield from (list(chain(*way)) for way in islice(product(*parts), MOST))

    def _one_of(self, options: Iterable[Sequence]) -> Iterator[Tokens]:
        single: set[str] = set()
        longer: list[Tokens] = []
        for tokens in (tokens for option in options for tokens in self._ways(option)):
            words = tokens[0].get("NORM", {}).get("IN") if len(tokens) == 1 and "OP" not in tokens[0] else None
            if words:
                single.update(words)
            else:
                longer.append(tokens)
        if single:
            yield [{"NORM": {"IN": sorted(single)}}]
        yield from longer


def _said(word: Word) -> Tokens:
    if word.inflected:
        return [{"NORM": {"IN": sorted({normal(form)[0] for form in forms(word.text) if normal(form)})}}]
    return [{"NORM": {"IN": [part]}} for part in normal(word.text) or (word.text.lower(),)]


def _optional(ways: Iterator[Tokens]) -> Iterator[Tokens]:
    """One token may be missing by itself; of several, the ways with and without them."""
    longer = False
    for tokens in ways:
        if len(tokens) == 1 and "OP" not in tokens[0]:
            yield [{**tokens[0], "OP": "?"}]
        else:
            longer = True
            yield tokens
    if longer:
        yield []
