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
from callreview.rubric.model import Rubric

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


def find_reading(name: str) -> Reading:
    """The reading with this name; KeyError where there is none (see `check_readings`)."""
    _load_all()
    return _REGISTER[name]


def check_readings(rubric: Rubric) -> None:
    """Raise RubricError, with every unknown name, where a playbook names a reading that does not exist."""
    _load_all()
    named = [p.reading for p in rubric.prompts] + [v.reading for v in rubric.violations if v.reading]
    named += [name for name in (rubric.autonomy_reading, rubric.consent_reading) if name]
    mistakes = [_unknown(rubric, name) for name in named if name not in _REGISTER]
    if mistakes:
        raise RubricError(mistakes)


def _unknown(rubric: Rubric, name: str) -> Mistake:
    close = did_you_mean(name, _REGISTER)
    hint = f"did you mean {close!r}?" if close else f"known readings: {', '.join(sorted(_REGISTER))}"
    place = rubric.places.get(f"reading {name}") or Place(path=f"{rubric.id}/rubric.yaml")
    return Mistake(place=place, message=f"unknown reading {name!r}", hint=hint)
