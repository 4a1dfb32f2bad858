"""Looking into JSON that nobody promised: whatever is missing or of another kind is nothing, never an exception."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TypeAlias

from callreview.ingest.text import clean
from callreview.ingest.times import clock

Record: TypeAlias = Mapping[str, object]


def get(value: object, *keys: str) -> object:
    """The value under keys, one below the other; None where one is missing.

    >>> get({"data": {"title": "Renewal"}}, "data", "title"), get({"data": None}, "data", "title")
    ('Renewal', None)
    """
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value


def record(value: object, *keys: str) -> Record:
    """The object under keys; an empty one where there is none."""
    found = get(value, *keys)
    return found if isinstance(found, Mapping) else {}


def records(value: object, *keys: str) -> list[Record]:
    """The objects of the list under keys; what is no object is left out.

    >>> records({"turns": [{"a": 1}, None, 3]}, "turns")
    [{'a': 1}]
    """
    found = get(value, *keys)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def words(value: object, *keys: str) -> str:
    """The cleaned text under keys, "" where there is none; numbers are written out.

    >>> words({"name": " Dana  W "}, "name"), words({"id": 7}, "id"), words({"name": None}, "name")
    ('Dana W', '7', '')
    """
    found = get(value, *keys)
    if isinstance(found, str):
        return clean(found)
    return str(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else ""


def number(value: object, *keys: str) -> float | None:
    """The finite number under keys, also written as text; None for anything else.

    >>> number({"start": "1.5"}, "start"), number({"start": 2}, "start"), number({"start": "soon"}, "start")
    (1.5, 2.0, None)
    """
    found = get(value, *keys)
    if isinstance(found, bool) or not isinstance(found, (int, float, str)):
        return None
    try:
        result = float(found)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


def seconds(value: object, *keys: str) -> float | None:
    """Seconds from a number of seconds or a written time under keys.

    >>> seconds({"at": "00:05:32"}, "at"), seconds({"at": "5.5"}, "at"), seconds({"at": None}, "at")
    (332.0, 5.5, None)
    """
    found = number(value, *keys)
    return clock(words(value, *keys)) if found is None else found


def milliseconds(value: object, *keys: str) -> float | None:
    """Seconds from a number of milliseconds under keys.

    >>> milliseconds({"start": 1250}, "start")
    1.25
    """
    found = number(value, *keys)
    return None if found is None else round(found / 1000, 3)
