"""Readings: what a few words of condition cannot say, in Python, used by name in the playbook.

A reading takes a `Hearing` and gives `Finding`s. Each prompt has one, in the module of the same name; the readings of
violations that need more than a phrase are in `violations.py`. `@reading` puts one into the register.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing
from callreview.errors import Mistake, Place, RubricError, did_you_mean

Reading: TypeAlias = Callable[[Hearing], Iterable[Finding]]

_REGISTER: dict[str, Reading] = {}


def reading(function: Reading) -> Reading:
    """Register a reading under its function's name."""
    _REGISTER[function.__name__] = function
    return function


@cache
def _load_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def names() -> list[str]:
    """The names of all readings."""
    _load_all()
    return sorted(_REGISTER)


def find_reading(name: str, rubric: str = "rubric.yaml") -> Reading:
    """The reading with this name; RubricError with a suggestion where there is none."""
    _load_all()
    if name in _REGISTER:
        return _REGISTER[name]
    close = did_you_mean(name, _REGISTER)
    hint = f"did you mean {close!r}?" if close else f"known readings: {', '.join(sorted(_REGISTER))}"
    raise RubricError([Mistake(place=Place(path=rubric), message=f"unknown reading {name!r}", hint=hint)])
