"""The roster: who sells and who buys, written down once for many calls.

    sellers = ["Dana Whitfield", "sam@northwind.example", "northwind.example"]   # names, addresses, domains
    buyers = ["Trestle Homes"]                                                    # or companies

As TOML, or as YAML with the same two keys. Without `--roster` the nearest `callreview.toml` in the
transcript's folder or above is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from callreview.errors import Place, UsageError, did_you_mean
from callreview.ingest.finding import did_you_mean_file

FILE_NAME = "callreview.toml"
_KEYS = ("sellers", "buyers")
_LIMIT = 1_000_000
_EXAMPLE = 'a roster is a TOML file that says sellers = ["Dana Whitfield", "your-domain.com"], or the same as YAML'


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Entries as written."""

    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()


def find_roster(start: Path) -> Path | None:
    """The nearest `callreview.toml`, from the folder `start` upwards."""
    folder = start.absolute()
    return next((at / FILE_NAME for at in (folder, *folder.parents) if (at / FILE_NAME).is_file()), None)


def read_roster(path: Path) -> Roster:
    """The roster in a TOML or YAML file; UsageError with its place where it is none."""
    text = _text(path)
    told = _yaml(text, path) if path.suffix.lower() in (".yaml", ".yml") else _toml(text, path)
    if not isinstance(told, dict):
        raise UsageError("a roster holds the keys 'sellers' and 'buyers'", place=Place(path=str(path)), hint=_EXAMPLE)
    _refuse_typos(told, text, path)
    return Roster(sellers=_entries(told, "sellers", path), buyers=_entries(told, "buyers", path))


def _text(path: Path) -> str:
    place = Place(path=str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(_LIMIT + 1)
    except FileNotFoundError:
        hint = did_you_mean_file(path) or _EXAMPLE
        raise UsageError("there is no such roster file", place=place, hint=hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise UsageError(f"the roster cannot be read: {reason}", place=place, hint=_EXAMPLE) from None
    if len(data) > _LIMIT:
        raise UsageError("the roster is too large (at most 1 MB)", place=place, hint=_EXAMPLE)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("the roster is not UTF-8", place=place, hint="save it as UTF-8 text") from None


def _toml(text: str, path: Path) -> object:
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = re.search(r"at line (\d+), column (\d+)", str(error))
        place = Place(path=str(path), line=int(line[1]) if line else None, column=int(line[2]) if line else None)
        raise UsageError(
            f"the roster is no TOML: {str(error).partition(' (at')[0]}",
            place=place,
            hint='write sellers = ["Dana Whitfield"]',
        ) from None


def _yaml(text: str, path: Path) -> object:
    import yaml

    try:  # the base loader makes strings only
        return yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path=str(path), line=mark.line + 1 if mark else None, column=mark.column + 1 if mark else None)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise UsageError(
            f"the roster is no YAML: {problem}", place=place, hint="write sellers: [Dana Whitfield]"
        ) from None


def _refuse_typos(told: dict[str, object], text: str, path: Path) -> None:
    """Keys of other tools are left alone; a key that is nearly ours is a mistake."""
    for key in map(str, told):
        close = did_you_mean(key, _KEYS)
        if key not in _KEYS and close:
            line = next((n for n, line in enumerate(text.split("\n"), 1) if line.strip().startswith(key)), None)
            raise UsageError(
                f"unknown key {key!r} in the roster",
                place=Place(path=str(path), line=line),
                hint=f"did you mean {close!r}?",
            )


def _entries(told: dict[str, object], key: str, path: Path) -> tuple[str, ...]:
    value = told.get(key, [])
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise UsageError(
            f"{key!r} in the roster is no list of names",
            place=Place(path=str(path)),
            hint="names, e-mail addresses, domains or companies, each in quotes",
        )
    return tuple(entry for entry in entries if entry.strip())
