"""What pydantic finds wrong with a file, as mistakes with an address, in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

from pydantic import ValidationError

from callreview.errors import Mistake, did_you_mean
from callreview.rubric.schema import NAMES_ARE, Shape
from callreview.rubric.source import Path_, Source
from callreview.rubric.walk import Spot, spots

ShapeT = TypeVar("ShapeT", bound=Shape)
# What pydantic tells of one error: its `type`, where (`loc`), the `input` and, by type, more in `ctx`.
Detail: TypeAlias = Mapping[str, Any]

MOST_KEYS_TOLD = 14
_KEYS = "write lines such as 'title: …'"
_ENTRIES = "begin each entry with '- '"
_WORDS: Mapping[str, tuple[str, str | None]] = {
    "model_type": ("{subject} must hold keys with values, not {given}", _KEYS),
    "dict_type": ("{subject} must hold keys with values, not {given}", _KEYS),
    "list_type": ("{subject} must be a list, not {given}", _ENTRIES),
    "tuple_type": ("{subject} must be a list, not {given}", _ENTRIES),
    "string_type": (
        "{subject} must be text, not {given}",
        "put text that holds ': ' or begins with [ or { into quotes",
    ),
    "string_too_short": ("{subject} is empty", "write something, or leave it out"),
    "too_short": ("{subject} is too short: {min_length} or more entries are needed", _ENTRIES),
    "greater_than_equal": ("{subject} must be at least {ge}", None),
    "less_than_equal": ("{subject} must be at most {le}", None),
    "string_pattern_mismatch": ("{written!r} is no name", NAMES_ARE),
    # The rubric schema's own errors.
    "kind": ("{subject} must be {msg}, not {given}", None),
    "spelling": ("{subject} {msg}", None),
    "regex": ("{subject} {msg}", None),
    "condition": ("{subject} {msg}", None),
    "level": ("{subject} {msg}", None),
    "order": ("{subject} {msg}", None),
    "rungs": ("{subject} {msg}", None),
}


def shaped(source: Source, shape: type[ShapeT]) -> tuple[ShapeT | None, list[Mistake]]:
    """The file in its shape, or None and all that is wrong with it."""
    if not source.is_readable:
        return None, list(source.mistakes)
    mappings = {spot.path: spot for spot in spots(shape, source.data) if isinstance(spot.data, dict)}
    details: list[Detail] = [*_lacking(mappings)]
    model = None
    try:
        model = shape.model_validate(source.data)
    except ValidationError as error:
        details += error.errors()
    mistakes = [*source.mistakes, *_mistakes(source, details, mappings)]
    return (None if mistakes else model), mistakes


def _lacking(mappings: Mapping[Path_, Spot]) -> Iterator[Detail]:
    """Mappings that lack all of the keys of which one must be there, told as pydantic tells a missing key."""
    for path, spot in mappings.items():
        one_of = getattr(spot.meant, "one_of", ())
        if one_of and not any(key in spot.data for key in one_of):
            yield {"type": "missing", "loc": (*path, one_of[0]), "or": one_of[1:]}


def _mistakes(source: Source, details: Iterable[Detail], mappings: Mapping[Path_, Spot]) -> Iterator[Mistake]:
    """Each detail as a mistake; a missing key that only was misspelt is told once."""
    unknown = [_path(source, detail["loc"]) for detail in details if detail["type"] == "extra_forbidden"]
    meant = {path: _meant(str(path[-1]), mappings[path[:-1]]) for path in unknown}
    for path, close in meant.items():
        hint = f"did you mean {close!r}?" if close else _known(mappings[path[:-1]])
        yield Mistake(place=source.place(path, key=True), message=f"unknown key {path[-1]!r}", hint=hint)
    misspelt = {(*path[:-1], close) for path, close in meant.items() if close}
    for detail in details:
        if detail["type"] == "missing":
            yield from _missing(source, detail, misspelt)
        elif detail["type"] != "extra_forbidden":
            yield _wrong(source, detail)


def _known(mapping: Spot) -> str:
    if len(mapping.keys) > MOST_KEYS_TOLD:
        return "remove it; 'callreview schema' tells the known keys"
    return f"known keys: {', '.join(mapping.keys)}"


def _meant(key: str, mapping: Spot) -> str | None:
    return did_you_mean(key, [known for known in mapping.keys if known not in mapping.data])


def _missing(source: Source, detail: Detail, misspelt: Collection[Path_]) -> Iterator[Mistake]:
    path = _path(source, detail["loc"][:-1])
    keys = (detail["loc"][-1], *detail.get("or", ()))
    if not any((*path, key) in misspelt for key in keys):
        told = " or ".join(map(repr, keys))
        yield Mistake(place=source.place(path), message=f"{told} is missing", hint=f"add '{keys[0]}: …'")


def _wrong(source: Source, detail: Detail) -> Mistake:
    path = _path(source, detail["loc"])
    message, hint = _in_words(detail, _subject(path))
    return Mistake(place=source.place(path, key=detail["loc"][-1:] == ("[key]",)), message=message, hint=hint)


def _path(source: Source, loc: Path_) -> Path_:
    """A pydantic path without its own marks for keys and alternatives."""
    path: Path_ = ()
    for step in loc:
        if source.value((*path, step)) is not None:
            path = (*path, step)
    return path


def _subject(path: Path_) -> str:
    if not path:
        return "the file"
    key = next((repr(step) for step in reversed(path) if isinstance(step, str)), "the file")
    return f"an entry of {key}" if isinstance(path[-1], int) else key


def _in_words(detail: Detail, subject: str) -> tuple[str, str | None]:
    """What is wrong and a hint; a custom error of another file's shape stands in its own words."""
    given = detail["input"]
    if given is None:
        return f"{subject} is empty", _KEYS
    if detail["type"] == "literal_error":
        return _not_allowed(given, str(detail["ctx"]["expected"]), subject)
    words, hint = _WORDS.get(detail["type"], ("{msg}", None))
    told = {"subject": subject, "written": given, "given": _kind(given), "msg": detail["msg"]}
    return words.format(**detail.get("ctx", {}) | told), hint


def _not_allowed(given: object, expected: str, subject: str) -> tuple[str, str]:
    allowed = [value.strip("'") for value in expected.replace(" or ", ", ").split(", ")]
    if not isinstance(given, str):
        return f"{subject} must be text, not {_kind(given)}", f"one of: {', '.join(allowed)}"
    close = did_you_mean(given, allowed)
    return (
        f"{given!r} is no value of {subject}",
        f"did you mean {close!r}?" if close else f"one of: {', '.join(allowed)}",
    )


def _kind(given: object) -> str:
    if isinstance(given, dict):
        return "keys with values"
    return "a list" if isinstance(given, list) else "text" if given != "" else "nothing"
