"""A rubric's phrases as a table of small rows, each pattern once: plain data that can be kept on disk.

A row says what a pattern is and of which earlier rows it is made:

    ["word", "revert", "reverted", …]     one of these words
    ["order", 3, 17, 4]                   rows one after the other
    ["choice", 3, 9]                      any one of some rows
    ["maybe", 3]                          a row, or nothing
    ["gap", 6]                            up to so many words of any kind
    ["edge", 0]                           the end of the sentence; 1 is its start
    ["built_in", "money"]                 a built-in list
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, TypeVar

from callreview.detection.patterns import AtEdge, Between, BuiltIn, Compiled, InOrder, OneOf, OneWord, Optional, Pattern
from callreview.detection.words import normal
from callreview.rubric.forms import forms
from callreview.rubric.model import Phrase, Rubric
from callreview.rubric.names import BUILT_IN_LISTS
from callreview.rubric.phrases import Choice, Edge, Gap, ListRef, Maybe, Node, Word
from callreview.rubric.phrases import Sequence as InSequence

Row: TypeAlias = Sequence[str | int]
Callee = TypeVar("Callee")


@dataclass(frozen=True, slots=True)
class Program:
    """The table of a rubric, and for each of its phrases the row that stands for it and its rule, `file:line`.

    `called` are the rows of phrases and of options that each word calls for (see `calls`).
    """

    rows: Sequence[Row]
    phrases: Sequence[tuple[int, str]]
    called: Mapping[str, Sequence[int]]

    def compiled(self) -> tuple[list[Compiled], dict[str, list[Pattern]]]:
        """Each phrase ready to be searched for, and the patterns that each word calls for.

        ValueError for what is no table.
        """
        try:
            made = patterns(self.rows)
            phrases = [Compiled(made[row], rule) for row, rule in self.phrases]
            return phrases, {word: [made[row] for row in rows] for word, rows in self.called.items()}
        except (AttributeError, IndexError, TypeError) as error:
            raise ValueError("not the table of a rubric") from error


def program(rubric: Rubric) -> Program:
    """The table of a rubric."""
    writer = Writer(rubric.lists, BUILT_IN_LISTS)
    phrases = [(writer.write(phrase), phrase.rule) for phrase in phrases_of(rubric)]
    made = patterns(writer.rows)
    options = {int(option) for kind, *options in writer.rows if kind == "choice" for option in options}
    asked_for = sorted(options.union(row for row, _ in phrases))
    return Program(writer.rows, phrases, calls((row, made[row].needed()) for row in asked_for))


def calls(needs: Iterable[tuple[Callee, frozenset[str] | None]]) -> dict[str, list[Callee]]:
    """By word, what it calls for: all that needs one of some words, this one among them; "" calls for all others."""
    called: dict[str, list[Callee]] = {}
    for callee, words in needs:
        for word in [""] if words is None else sorted(words):
            called.setdefault(word, []).append(callee)
    return called


def phrases_of(rubric: Rubric) -> Iterator[Phrase]:
    """The phrases of a rubric, in the order of its program."""
    for signal in rubric.signals.values():
        yield from (*signal.phrases, *signal.but_not)
    for context in rubric.contexts.values():
        yield from (*context.cues, *context.ends, *context.look_alikes)


class Writer:
    """Writes phrases into a table, against the named lists of a rubric; these must exist and not be circular."""

    def __init__(self, lists: Mapping[str, tuple[Phrase, ...]], built_in: frozenset[str]) -> None:
        self.rows: list[Row] = []
        self._numbers: dict[tuple[str | int, ...], int] = {}
        self._sources = lists
        self._built_in = built_in
        self._lists: dict[str, int] = {}

    def write(self, phrase: Phrase) -> int:
        """The row that stands for a phrase."""
        return self._write(phrase.tree)

    def _write(self, node: Node) -> int:
        match node:
            case Word():
                return self._in_order([self._row("word", *sorted(group)) for group in _word_groups(node)])
            case ListRef(name) if name in self._built_in:
                return self._row("built_in", name)
            case ListRef(name):
                if name not in self._lists:
                    self._lists[name] = self._one_of([self._write(phrase.tree) for phrase in self._sources[name]])
                return self._lists[name]
            case Gap(most):
                return self._row("gap", most)
            case Edge(at_start):
                return self._row("edge", int(at_start))
            case Choice(options):
                return self._one_of([self._write(option) for option in options])
            case Maybe(child):
                return self._row("maybe", self._write(child))
            case InSequence(nodes):
                return self._in_order([self._write(child) for child in nodes])

    def _in_order(self, parts: Sequence[int]) -> int:
        return parts[0] if len(parts) == 1 else self._row("order", *parts)

    def _one_of(self, options: Sequence[int]) -> int:
        """A choice; its single words become one row, so that long lists of words stay one look-up."""
        words: set[str | int] = set()
        others = []
        for option in dict.fromkeys(options):
            kind, *content = self.rows[option]
            if kind == "word":
                words.update(content)
            else:
                others.append(option)
        single = [self._row("word", *sorted(map(str, words)))] if words else []
        both = [*single, *others]
        return both[0] if len(both) == 1 else self._row("choice", *both)

    def _row(self, *row: str | int) -> int:
        if row not in self._numbers:
            self._numbers[row] = len(self.rows)
            self.rows.append(row)
        return self._numbers[row]


def patterns(rows: Iterable[Row]) -> list[Pattern]:
    """The patterns of a table, row by row."""
    made: list[Pattern] = []
    for kind, *content in rows:
        made.append(_pattern(str(kind), content, made))
    return made


def _pattern(kind: str, content: Sequence[str | int], made: Sequence[Pattern]) -> Pattern:
    if kind == "word":
        return OneWord(frozenset(map(str, content)))
    if kind == "built_in":
        return BuiltIn(str(content[0]))
    numbers = [int(number) for number in content]
    match kind:
        case "order":
            return InOrder(tuple(made[number] for number in numbers))
        case "choice":
            return OneOf(tuple(made[number] for number in numbers))
        case "maybe":
            return Optional(made[numbers[0]])
        case "gap":
            return Between(numbers[0])
        case _:
            return AtEdge(at_start=bool(numbers[0]))


@cache
def _word_groups(word: Word) -> list[frozenset[str]]:
    """A written word as spoken words: "don't" is two; `~go` is one with many forms."""
    if word.inflected:
        return [frozenset(normal(form)[0] for form in forms(word.text) if normal(form))]
    return [frozenset((part,)) for part in normal(word.text)] or [frozenset((word.text.lower(),))]
