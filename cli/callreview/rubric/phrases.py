"""The phrase language: what a manager writes, as a tree.

    (we|you) can? ~revert ...6 no penalty

========  ==============================================================================
`word`    this word, however it is spelt when spoken ("we'll", "we will")
`~word`   any form of it (revert, reverts, reverted, reverting)
`~(a|b)`  any form of the first word of each
`(a|b)`   one of these; each may be several words
`x?`      may be missing
`...N`    up to N words between, never past the end of the sentence
`<list>`  a named list, or a built-in one such as `<number>` or `<date>`
`^` `$`   the start, the end of a sentence; no word can stand before the one or after the other
========  ==============================================================================

A phrase never looks past its sentence. Columns in `PhraseSyntaxError` are 0-based offsets in the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn, TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """One written word; `inflected` asks for all its forms."""

    text: str
    inflected: bool = False


@dataclass(frozen=True, slots=True)
class ListRef:
    """A named list; `offset` is its place in the phrase, for error messages."""

    name: str
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The start or the end of a sentence; `offset` is its place in the phrase, for error messages."""

    at_start: bool
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    options: tuple[Sequence, ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    """Something that may be missing."""

    node: Node


@dataclass(frozen=True, slots=True)
class Sequence:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Word | ListRef | Gap | Edge | Choice | Maybe | Sequence

MAX_GAP = 25
MAX_DEPTH = 8

_LEXER = re.compile(
    r"(?P<space>\s+)|(?P<gap>\.\.\.(?P<most>\d*))|<(?P<list>[a-z][a-z0-9_]*)>|(?P<mark>[()|?^$~])"
    r"|(?P<word>[\w'’%&$£€.,:/+-]*[\w%£€])"
)


class PhraseSyntaxError(ValueError):
    """A phrase that cannot be read; `offset` is the 0-based place of the mistake in it."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    value: str
    offset: int


@cache
def parse(text: str) -> Sequence:
    """Read a phrase into its tree; raises PhraseSyntaxError.

    >>> parse("~revert ...2 <money>?")
    Sequence(nodes=(Word(text='revert', inflected=True), Gap(most=2), Maybe(node=ListRef(name='money', offset=13))))
    """
    return _Parser(text).parse()


def _lex(text: str) -> list[_Token]:
    tokens, at = [], 0
    while at < len(text):
        match = _LEXER.match(text, at)
        if not match:
            hint = "a list is written <name>, in lower case" if text[at] in "<>" else "quote plain words only"
            raise PhraseSyntaxError(f"cannot read {text[at]!r} in a phrase", at, hint)
        kind = match.lastgroup if match.lastgroup != "most" else "gap"
        if match["gap"]:
            tokens.append(_Token("gap", match["most"], at))
        elif match["list"]:
            tokens.append(_Token("list", match["list"], at))
        elif kind != "space":
            tokens.append(_Token(str(kind), match[0], at))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent over the tokens of one phrase."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _lex(text)
        self.at = 0
        self.depth = 0

    def parse(self) -> Sequence:
        sequence = self._sequence()
        if self.at < len(self.tokens):
            self._fail("a ')' or '|' without its '('", "close what you open, or remove it")
        if not can_anchor(sequence):
            raise PhraseSyntaxError("this phrase could match nothing at all", 0, "let one word stand without '?'")
        for edge in _misplaced(sequence, before=False, after=False):
            what = (
                "start of a sentence, and words stand before"
                if edge.at_start
                else "end of a sentence, and words follow"
            )
            mark = "^" if edge.at_start else "$"
            raise PhraseSyntaxError(f"{mark!r} is the {what}", edge.offset, "it can never match here; remove it")
        return sequence

    def _peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _is(self, mark: str) -> bool:
        token = self._peek()
        return token is not None and token.kind == "mark" and token.value == mark

    def _fail(self, message: str, hint: str | None = None) -> NoReturn:
        token = self._peek()
        raise PhraseSyntaxError(message, token.offset if token else len(self.text), hint)

    def _sequence(self) -> Sequence:
        nodes: list[Node] = []
        while self._peek() and not self._is(")") and not self._is("|"):
            nodes.append(self._item())
        if not nodes:
            self._fail("something is missing here", "write a word, a group or a list")
        return Sequence(tuple(nodes))

    def _item(self) -> Node:
        node = self._atom()
        if self._is("?"):
            self.at += 1
            return Maybe(node)
        return node

    def _atom(self) -> Node:
        token = self._peek()
        assert token is not None
        if token.kind == "mark" and token.value == "(":
            return self._group()
        if token.kind == "mark" and token.value == "~":
            return self._inflected()
        if token.kind == "mark" and token.value in "^$":
            self.at += 1
            return Edge(token.value == "^", token.offset)
        if token.kind == "gap":
            return self._gap(token)
        if token.kind not in ("list", "word"):
            self._fail(f"{token.value!r} has nothing before it", "put a word or a group before it")
        self.at += 1
        return ListRef(token.value, token.offset) if token.kind == "list" else Word(token.value)

    def _inflected(self) -> Node:
        self.at += 1
        if self._is("("):
            return Choice(tuple(map(_inflect_first, self._group().options)))
        token = self._peek()
        if token is None or token.kind != "word":
            self._fail("'~' needs a word right after it", "~revert stands for revert, reverts, reverted, reverting")
        self.at += 1
        return Word(token.value, inflected=True)

    def _gap(self, token: _Token) -> Gap:
        if not token.value:
            self._fail("how many words may stand between?", "write ...6 for up to six words")
        if len(token.value) > len(str(MAX_GAP)) or not 1 <= int(token.value) <= MAX_GAP:
            self._fail(f"a gap spans 1 to {MAX_GAP} words", "use a combination for things further apart")
        self.at += 1
        return Gap(int(token.value))

    def _group(self) -> Choice:
        opened = self.at
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._fail("groups in groups, deeper than anyone can read", "make a list of the inner ones")
        self.at += 1
        options = [self._sequence()]
        while self._is("|"):
            self.at += 1
            options.append(self._sequence())
        if not self._is(")"):
            self.at = opened
            self._fail("this '(' is never closed", "add a ')'")
        self.at += 1
        self.depth -= 1
        return Choice(tuple(options))


def _inflect_first(option: Sequence) -> Sequence:
    """The option with its first word in any form."""
    first, *rest = option.nodes
    return Sequence((Word(first.text, inflected=True), *rest)) if isinstance(first, Word) else option


def can_anchor(node: Node) -> bool:
    """True where a node always takes at least one word of its own (gaps and edges do not)."""
    match node:
        case Word() | ListRef():
            return True
        case Choice(options):
            return all(map(can_anchor, options))
        case Sequence(nodes):
            return any(map(can_anchor, nodes))
        case _:
            return False


def _misplaced(node: Node, *, before: bool, after: bool) -> Iterator[Edge]:
    """Edges that can never match, since words must stand `before` or `after` the node."""
    match node:
        case Edge(at_start) if before if at_start else after:
            yield node
        case Choice(nodes):
            for option in nodes:
                yield from _misplaced(option, before=before, after=after)
        case Maybe(child):
            yield from _misplaced(child, before=before, after=after)
        case Sequence(nodes):
            taking = [i for i, child in enumerate(nodes) if can_anchor(child)] or [len(nodes)]
            for i, child in enumerate(nodes):
                yield from _misplaced(child, before=before or taking[0] < i, after=after or i < taking[-1] < len(nodes))


def list_refs(node: Node) -> list[ListRef]:
    """All lists that a node names, in order."""
    match node:
        case ListRef():
            return [node]
        case Choice(options):
            return [ref for option in options for ref in list_refs(option)]
        case Sequence(nodes):
            return [ref for child in nodes for ref in list_refs(child)]
        case Maybe(child):
            return list_refs(child)
        case _:
            return []
