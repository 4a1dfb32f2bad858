"""What a format sees of a file: its text, the JSON in it, and the files beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from callreview.errors import InputError, Place

COLUMNS = ("call", "speaker", "side", "email", "text", "start", "end", "date", "title", "account")
"""What the columns of a table may hold."""

_NEIGHBOURS = 2_000
_NEIGHBOUR_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Source:
    """A decoded file; `path` is None for standard input.

    `columns` says which column of a table holds what, by the names in `COLUMNS`, where people have told it.
    """

    text: str
    path: Path | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether the text begins as a JSON object or list of objects does."""
        return self.text.lstrip("\ufeff \t\n").startswith(('{"', "{ ", "{\n", "{\r", "{}", "[{", "[ ", "[\n", "[]"))

    @cached_property
    def json(self) -> object:
        """The JSON value of the text; None where it is no JSON, also where it is cut off or nested too deeply."""
        if not self.looks_like_json:
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None

    def json_mistake(self) -> InputError | None:
        """What is wrong with text that begins as JSON does; without the file's name."""
        if not self.looks_like_json:
            return None
        hint = "export it again; a file that is still being written is not ready either"
        try:
            json.loads(self.text)
        except json.JSONDecodeError as error:
            ends = error.pos >= len(self.text.rstrip()) - 1 or "Unterminated" in error.msg
            message = "the JSON is cut off" if ends else f"this is no valid JSON: {error.msg}"
            return InputError(message, place=Place(path="", line=error.lineno, column=error.colno), hint=hint)
        except RecursionError:
            return InputError("the JSON is nested too deeply to be a transcript", hint=hint)
        except ValueError as error:
            return InputError(f"this is no valid JSON: {error}", hint=hint)
        return None

    def beside(self) -> Iterator[Source]:
        """The other JSON files of the same folder, by name; too many, too large and unreadable ones are left out."""
        if self.path is not None:
            yield from (other for other in json_files(self.path.parent) if other.path != self.path)


def json_files(folder: Path) -> Iterator[Source]:
    """The JSON files of a folder, by name; too many, too large and unreadable ones are left out."""
    for file in sorted(folder.glob("*.json"))[:_NEIGHBOURS]:
        try:
            if file.stat().st_size <= _NEIGHBOUR_BYTES:
                yield Source(text=file.read_text(encoding="utf-8-sig"), path=file)
        except (OSError, ValueError):
            continue
