"""A YAML file with the address of everything in it.

Types are never guessed: every scalar is read as text (`no` is a word), and the schema decides what becomes a number.
Duplicate keys, aliases, anchors and tags are refused: a rubric says everything where it stands, and a word that begins
with one of YAML's marks must not be lost. Lines and columns are 1-based.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml
from yaml.reader import Reader

from callreview.errors import Mistake, Place

Path_: TypeAlias = tuple[str | int, ...]
Mark: TypeAlias = tuple[int, int]

# No rubric file is nested as deep as this.
DEEPEST = 20

_Loader: type[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # PyYAML may come without libyaml


@dataclass(frozen=True, slots=True)
class Source:
    """The data of one file; `marks` gives the place of each value and `keys` that of each key.

    Where the file cannot be read at all, `data` is None and `mistakes` says why.
    """

    name: str
    raw: bytes = b""
    lines: tuple[str, ...] = ()
    data: Any = None
    marks: Mapping[Path_, Mark] = field(default_factory=dict)
    keys: Mapping[Path_, Mark] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()

    @property
    def is_readable(self) -> bool:
        """False where nothing can be said about the content."""
        return self.data is not None or not self.mistakes

    def value(self, path: Path_) -> Any:
        """What stands at a path, None where nothing does."""
        value = self.data
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            else:
                is_item = isinstance(value, list) and isinstance(step, int) and step < len(value)
                value = value[step] if is_item else None
        return value

    def place(self, path: Path_ = (), *, offset: int = 0, key: bool = False) -> Place:
        """The place of a value (or its key), or of the nearest thing around it that has one.

        `offset` counts characters of the value; it is left out where the file spells them otherwise.
        """
        table = self.keys if key and path in self.keys else self.marks
        while path and path not in table:
            path, table = path[:-1], self.marks
        place = _place(self.name, self.lines, table.get(path, (1, 1)))
        text, column = place.source or "", place.column or 1
        if table is self.marks and text[column - 1 : column] in {'"', "'"}:
            column += 1
        value = self.value(path) if offset else ""
        if isinstance(value, str) and text.startswith(value[:offset], column - 1):
            column += offset
        return Place(path=place.path, line=place.line, column=column, source=text)


def read(path: Path, name: str) -> Source:
    """Read one YAML file; what is wrong with it is in `mistakes`, never raised."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        mistake = Mistake(place=Place(path=name), message=f"cannot be read: {error.strerror}")
        return Source(name, mistakes=(mistake,))
    try:
        return read_text(raw.decode("utf-8-sig"), name, raw)
    except UnicodeDecodeError as error:
        place = Place(path=name, line=raw.count(b"\n", 0, error.start) + 1)
        mistake = Mistake(place=place, message="not text in UTF-8", hint="save the file as UTF-8")
        return Source(name, mistakes=(mistake,))


def read_text(text: str, name: str, raw: bytes = b"") -> Source:
    """Like `read`, from text."""
    builder = _Builder(text, name)
    try:
        data = builder.build()
    except _NotYaml:
        return Source(name, mistakes=tuple(builder.mistakes))
    return Source(name, raw, builder.lines, data, builder.marks, builder.keys, tuple(builder.mistakes))


class _NotYaml(Exception):
    """The text cannot be understood; the builder's mistakes tell why."""


class _Builder:
    """Builds the data from YAML's events, with the place of each part."""

    def __init__(self, text: str, name: str) -> None:
        self.text, self.name = text, name
        self.lines = tuple(text.splitlines())
        self.marks: dict[Path_, Mark] = {}
        self.keys: dict[Path_, Mark] = {}
        self.mistakes: list[Mistake] = []
        self.has_refused = False

    def build(self) -> Any:
        """The data of the one document; None where the text is empty. Raises _NotYaml."""
        if strange := Reader.NON_PRINTABLE.search(self.text):
            mark = (self.text.count("\n", 0, strange.start()) + 1, 1)
            self._stop(mark, f"the character U+{ord(strange[0]):04X} is no text", "remove it, or save the file as text")
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            self._stop_at(error)
        except yaml.YAMLError as error:
            self._stop((1, 1), f"not YAML: {error}", None)

    def _document(self) -> Any:
        self.events = yaml.parse(self.text, Loader=_Loader)
        next(self.events)
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        data = self._value(next(self.events), ())
        next(self.events)
        after = next(self.events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._stop(_mark(after), "a second document begins here", "remove the line '---', or make it a second file")
        if self.has_refused:
            raise _NotYaml
        return data

    def _value(self, event: yaml.Event, path: Path_) -> Any:
        self.marks[path] = _mark(event)
        self._refuse_marks(event)
        if len(path) > DEEPEST:
            self._stop(_mark(event), _TOO_DEEP, _CLOSE)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return event.value if isinstance(event, yaml.ScalarEvent) else None

    def _sequence(self, path: Path_) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            data.append(self._value(event, (*path, len(data))))
        return data

    def _mapping(self, path: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(_mark(event), "a key must be a word", "put text that begins with [ { or * into quotes")
            self._refuse_marks(event)
            key = str(event.value)
            if key in data:
                self._tell(_mark(event), f"{key!r} stands here twice", "remove one of the two")
                self._value(next(self.events), (*path, key, "again"))
                continue
            self.keys[(*path, key)] = _mark(event)
            data[key] = self._value(next(self.events), (*path, key))
        return data

    def _refuse_marks(self, event: yaml.Event) -> None:
        """Aliases, anchors and tags, which are mostly text that should have been quoted."""
        if isinstance(event, yaml.AliasEvent):
            told = f"'*{event.anchor}' is YAML's mark for a copy"
        elif anchor := getattr(event, "anchor", None):
            told = f"'&{anchor}' is YAML's mark for something to copy"
        elif tag := getattr(event, "tag", None):
            told = f"{tag!r} is YAML's mark for a type"
        else:
            return
        self.has_refused = True
        self._tell(_mark(event), told, _QUOTE)

    def _tell(self, mark: Mark, message: str, hint: str | None) -> None:
        self.mistakes.append(Mistake(place=_place(self.name, self.lines, mark), message=message, hint=hint))

    def _stop(self, mark: Mark, message: str, hint: str | None) -> NoReturn:
        self._tell(mark, message, hint)
        raise _NotYaml

    def _stop_at(self, error: yaml.MarkedYAMLError) -> NoReturn:
        mark = (error.problem_mark.line + 1, error.problem_mark.column + 1) if error.problem_mark else (1, 1)
        if "nesting depth" in (error.problem or ""):  # the parser's own limit, in its later releases
            self._stop(mark, _TOO_DEEP, _CLOSE)
        is_tab = (_place(self.name, self.lines, mark).source or "")[mark[1] - 1 : mark[1]] == "\t"
        hint = "indent with spaces, not with tabs" if is_tab else _SYNTAX
        self._stop(mark, f"not YAML: {error.problem or error.context}", hint)


_TOO_DEEP = "nested too deep"
_CLOSE = "close what you open: ( [ {"
_QUOTE = "write out what it stands for, or put text that begins with * & or ! into quotes"
_SYNTAX = "indent with spaces, and put text that holds ': ' or starts with a mark into quotes"


def _place(name: str, lines: tuple[str, ...], mark: Mark) -> Place:
    """A place in the file; a mark after its end is moved to the end of the last line."""
    line, column = mark
    if line > len(lines):
        line, column = max(len(lines), 1), len(lines[-1]) + 1 if lines else 1
    return Place(path=name, line=line, column=column, source=lines[line - 1] if lines else "")


def _mark(event: yaml.Event) -> Mark:
    mark = event.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1
