"""A YAML file with the address of everything in it.

Types are never guessed: every scalar is read as text (`no` is a word), and the schema decides what becomes a
number. Duplicate keys are refused. Lines and columns are 1-based.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from callreview.errors import Mistake, Place

Path_: TypeAlias = tuple[str | int, ...]

try:
    _Loader: type[Any] = yaml.CBaseLoader
except AttributeError:  # PyYAML without libyaml
    _Loader = yaml.BaseLoader


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file; `marks` gives the 1-based (line, column) of each value and, by `keys`, of each key."""

    name: str
    lines: tuple[str, ...]
    data: Any
    marks: Mapping[Path_, tuple[int, int]]
    keys: Mapping[Path_, tuple[int, int]]
    mistakes: tuple[Mistake, ...] = field(default=())

    def place(self, path: Path_ = (), *, offset: int = 0, key: bool = False) -> Place:
        """The place of a value (or its key), or of the nearest thing around it that has one."""
        table = self.keys if key and path in self.keys else self.marks
        while path and path not in table:
            path = path[:-1]
            table = self.marks
        line, column = table.get(path, (1, 1))
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        return Place(path=self.name, line=line, column=self._column(text, column) + offset, source=text)

    @staticmethod
    def _column(text: str, column: int) -> int:
        """Step over an opening quote, so that offsets count from the first character of the value."""
        return column + 1 if text[column - 1 : column] in {'"', "'"} else column


def read(path: Path, name: str) -> Source:
    """Read one YAML file; syntax mistakes and duplicate keys are in `mistakes`, never raised."""
    text = path.read_text(encoding="utf-8-sig")
    return read_text(text, name)


def read_text(text: str, name: str) -> Source:
    """Like `read`, from text."""
    lines = tuple(text.splitlines())
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return Source(name, lines, None, {}, {}, (_syntax_mistake(error, name, lines),))
    reader = _Reader(name, lines)
    data = reader.value(node, ()) if node is not None else None
    return Source(name, lines, data, reader.marks, reader.keys, tuple(reader.mistakes))


def _syntax_mistake(error: yaml.MarkedYAMLError, name: str, lines: tuple[str, ...]) -> Mistake:
    mark = error.problem_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    source = lines[line - 1] if line <= len(lines) else ""
    place = Place(path=name, line=line, column=column, source=source)
    return Mistake(
        place=place,
        message=f"not YAML: {error.problem or error.context}",
        hint="indent with spaces, and put text that holds ': ' or starts with a mark into quotes",
    )


class _Reader:
    """Walks the node tree, collecting data and marks."""

    def __init__(self, name: str, lines: tuple[str, ...]) -> None:
        self.name, self.lines = name, lines
        self.marks: dict[Path_, tuple[int, int]] = {}
        self.keys: dict[Path_, tuple[int, int]] = {}
        self.mistakes: list[Mistake] = []

    def value(self, node: yaml.Node, path: Path_) -> Any:
        self.marks[path] = _mark(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, i)) for i, child in enumerate(node.value)]
        return node.value

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            if key in data:
                self._duplicate(key, key_node)
                continue
            self.keys[(*path, key)] = _mark(key_node)
            data[key] = self.value(child, (*path, key))
        return data

    def _duplicate(self, key: str, node: yaml.Node) -> None:
        line, column = _mark(node)
        place = Place(path=self.name, line=line, column=column, source=self.lines[line - 1])
        self.mistakes.append(Mistake(place=place, message=f"{key!r} stands here twice", hint="remove one of the two"))


def _mark(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1
