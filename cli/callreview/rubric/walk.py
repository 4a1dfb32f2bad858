"""A file's data beside its shape: what each part of it is meant to be, however much else is wrong with the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from typing_extensions import is_typeddict

from callreview.rubric.schema import Kind, StandsFor
from callreview.rubric.source import Path_


@dataclass(frozen=True, slots=True)
class Spot:
    """One part of a file, or a key that stands for more than a word: where, what it is meant to be, what is there."""

    path: Path_
    meant: Any
    stands_for: Kind | None
    data: Any
    is_key: bool = False

    @property
    def keys(self) -> Mapping[str, Any]:
        """The keys that may stand here, with what each is meant to be; empty where names are free or no keys stand."""
        return _keys(self.meant)


def spots(meant: Any, data: Any, path: Path_ = ()) -> Iterator[Spot]:
    """The part itself and all parts in it that the shape knows."""
    marks, meant = _unwrapped(_fitting(meant, data))
    yield Spot(path, meant, _kind(marks), data)
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _at_key(meant, key, value, path)
    elif isinstance(data, list) and get_origin(meant) in (list, tuple):
        for i, value in enumerate(data):
            yield from spots(get_args(meant)[0], value, (*path, i))


def _at_key(meant: Any, key: str, value: Any, path: Path_) -> Iterator[Spot]:
    if get_origin(meant) is dict:
        named, held = get_args(meant)
        marks, plain = _unwrapped(named)
        if kind := _kind(marks):
            yield Spot((*path, key), plain, kind, key, is_key=True)
        yield from spots(held, value, (*path, key))
    elif key in _keys(meant):
        yield from spots(_keys(meant)[key], value, (*path, key))


def _fitting(meant: Any, data: Any) -> Any:
    """Of alternatives, the one that the data can be; else what is meant as it is."""
    _, plain = _unwrapped(meant)
    if get_origin(plain) not in (Union, UnionType):
        return meant
    given = dict if isinstance(data, dict) else list if isinstance(data, list) else str
    return next((option for option in get_args(plain) if _holds(option) is given), meant)


@cache
def _holds(meant: Any) -> type:
    """Whether keys with values, a list or a text can stand here."""
    _, plain = _unwrapped(meant)
    if _keys(plain) or get_origin(plain) is dict:
        return dict
    return list if get_origin(plain) in (list, tuple) else str


def _unwrapped(meant: Any) -> tuple[tuple[object, ...], Any]:
    """What is annotated, apart from its marks."""
    return (meant.__metadata__, meant.__origin__) if get_origin(meant) is Annotated else ((), meant)


def _kind(marks: tuple[object, ...]) -> Kind | None:
    return next((mark.kind for mark in marks if isinstance(mark, StandsFor)), None)


@cache
def _keys(meant: Any) -> Mapping[str, Any]:
    if is_typeddict(meant) or (isinstance(meant, type) and issubclass(meant, BaseModel)):
        hints = get_type_hints(meant, include_extras=True)
        known = getattr(meant, "model_fields", hints)
        return MappingProxyType({key: hint for key, hint in hints.items() if key in known})
    return MappingProxyType({})
