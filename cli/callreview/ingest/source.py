"""What a format sees of a file: its text, the JSON in it, and the files beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeAlias

from callreview.errors import InputError, Place
from callreview.ingest.fields import Record

COLUMNS = ("call", "speaker", "side", "email", "text", "start", "end", "date", "title", "account")
"""What the columns of a table may hold."""

_NEIGHBOURS = 20_000
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

    def beside(self, look: Look) -> Mapping[str, Record]:
        """What `look` finds in the JSON files of the same folder, by the key that it gives.

        Too many, too large and unreadable files are left out. A folder of many calls is looked through only once
        until a file in it changes, so `look` is a function of a module, and what it returns is kept small.
        """
        if self.path is None:
            return {}
        folder = self.path.absolute().parent
        try:
            state = tuple((file.name, file.stat().st_mtime_ns) for file in os.scandir(folder) if ".json" in file.name)
        except OSError:
            return {}
        return _found_in(folder, tuple(sorted(state)), look)


Look: TypeAlias = Callable[[Source], Mapping[str, Record]]


@lru_cache(maxsize=8)
def _found_in(folder: Path, state: tuple[tuple[str, int], ...], look: Look) -> Mapping[str, Record]:
    """`state` is what changes with a file: it makes what was found before count no longer."""
    found: dict[str, Record] = {}
    for name, _ in state[:_NEIGHBOURS]:
        file = folder / name
        try:
            if file.suffix == ".json" and file.stat().st_size <= _NEIGHBOUR_BYTES:
                found |= look(Source(text=file.read_text(encoding="utf-8-sig"), path=file))
        except (OSError, ValueError):
            continue
    return found
