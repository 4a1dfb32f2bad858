"""Small files that people write, as TOML or YAML: read whole, with the place of what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from callreview.errors import Place, UsageError, did_you_mean
from callreview.ingest.finding import did_you_mean_file

_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of such files: its name and its main keys as errors say them, and what helps who wrote it wrongly."""

    name: str
    keys: str
    example: str
    toml_example: str
    yaml_example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in a file."""

    kind: Kind
    path: Path
    text: str
    told: Mapping[str, object]

    def wrong(self, message: str, *keys: str, hint: str) -> UsageError:
        """The error for what stands under keys, one below the other."""
        return UsageError(message, place=Place(path=str(self.path), line=_line_of(self.text, keys)), hint=hint)

    def refuse_typos(self, known: Collection[str], *, foreign: bool, within: tuple[str, ...] = ()) -> None:
        """Refuse keys that are not known; with `foreign`, keys of other tools are left alone, only near misses not."""
        for key in map(str, self.table(*within)):
            close = did_you_mean(key, known)
            if key not in known and (close or not foreign):
                hint = f"did you mean {close!r}?" if close else f"known keys: {', '.join(known)}"
                raise self.wrong(f"unknown key {key!r} in the {self.kind.name}", *within, key, hint=hint)

    def table(self, *keys: str) -> Mapping[str, object]:
        """The table under keys; an empty one where nothing stands there."""
        found: object = self.told
        for key in keys:
            found = found.get(key, {}) if isinstance(found, Mapping) else None
        if not isinstance(found, Mapping):
            name = ".".join(keys)
            raise self.wrong(f"{name!r} in the {self.kind.name} is no table", *keys, hint="write key = value below it")
        return found

    def entries(self, *keys: str) -> tuple[str, ...]:
        """The names in the list under keys; one name alone may stand without a list."""
        value = self.table(*keys[:-1]).get(keys[-1], [])
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
            raise self.wrong(
                f"{keys[-1]!r} in the {self.kind.name} is no list of names",
                *keys,
                hint="names, e-mail addresses, domains or companies, each in quotes",
            )
        return tuple(entry for entry in entries if entry.strip())

    def word(self, *keys: str) -> str | None:
        """The text under keys; None where nothing stands there."""
        value = self.table(*keys[:-1]).get(keys[-1])
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"{keys[-1]!r} in the {self.kind.name} is no text", *keys, hint="write it in quotes")
        return value or None


def read(path: Path, kind: Kind) -> Written:
    """What stands in a TOML or YAML file; UsageError with its place where it is neither."""
    text = _text(path, kind)
    told = _yaml(text, path, kind) if path.suffix.lower() in (".yaml", ".yml") else _toml(text, path, kind)
    if not isinstance(told, dict):
        message = f"a {kind.name} holds the keys {kind.keys}"
        raise UsageError(message, place=Place(path=str(path)), hint=kind.example)
    return Written(kind=kind, path=path, text=text, told=told)


def _text(path: Path, kind: Kind) -> str:
    place = Place(path=str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        hint = did_you_mean_file(path) or kind.example
        raise UsageError(f"there is no such {kind.name} file", place=place, hint=hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise UsageError(f"the {kind.name} cannot be read: {reason}", place=place, hint=kind.example) from None
    if len(data) > _LIMIT:
        raise UsageError(f"the {kind.name} is too large (at most 1 MB)", place=place, hint=kind.example)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"the {kind.name} is not UTF-8", place=place, hint="save it as UTF-8 text") from None


def _toml(text: str, path: Path, kind: Kind) -> object:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(path=str(path), line=int(line[1]) if line else None, column=int(line[2]) if line else None)
        message = f"the {kind.name} is no TOML: {str(error).partition(' (at')[0]}"
        raise UsageError(message, place=place, hint=f"write {kind.toml_example}") from None


def _yaml(text: str, path: Path, kind: Kind) -> object:
    import yaml

    try:  # the base loader makes strings only
        return yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path=str(path), line=mark.line + 1 if mark else None, column=mark.column + 1 if mark else None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        message = f"the {kind.name} is no YAML: {problem}"
        raise UsageError(message, place=place, hint=f"write {kind.yaml_example}") from None


def _line_of(text: str, keys: tuple[str, ...]) -> int | None:
    """The line of the last key, looked for below those before it; of the last one found where it stands inside a line.

    >>> _line_of("a = 1\\n[teams.North]\\nmembrs = []", ("teams", "North", "membrs"))
    3
    """
    lines = text.split("\n")
    found = None
    for key in keys:
        start = re.compile(rf"""\s*\[?(?:[\w"'-]+\.)*["']?{re.escape(key)}["']?\s*[\].=:]""")
        found = next((at for at in range(found or 0, len(lines)) if start.match(lines[at])), found)
    return None if found is None else found + 1
