"""Readings: what a few words of condition cannot say, in Python, used by name in the playbook.

A reading takes a `Hearing` and gives `Finding`s. Each prompt has one, in the module of the same name; the readings of
violations that need more than a phrase are in `violations.py` and `offers.py`. `@reading` puts one into the register,
with the facts that its findings may hold, so that a playbook's ladders can be checked against them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeAlias

from callreview.assessment.review import Finding
from callreview.detection.hearing import Hearing
from callreview.rubric.names import Readings

Reading: TypeAlias = Callable[[Hearing], Iterable[Finding]]
Found: TypeAlias = Callable[[Hearing], tuple[Finding, ...]]

_REGISTER: dict[str, Found] = {}
_FACTS: dict[str, frozenset[str]] = {}


def reading(*facts: str) -> Callable[[Reading], Reading]:
    """Register a reading under its function's name; `facts` are those that its findings may hold."""

    def register(function: Reading) -> Reading:
        _REGISTER[function.__name__] = lambda hearing: tuple(function(hearing))
        _FACTS[function.__name__] = frozenset(facts)
        return function

    return register


@cache
def _load_all() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def findings(name: str, hearing: Hearing) -> tuple[Finding, ...]:
    """What the reading with this name finds; KeyError where there is none, which loading a playbook has made sure of.

    A hearing is read but once by each.
    """
    _load_all()
    return hearing.once(_REGISTER[name])


def known_readings() -> Readings:
    """All readings by name, with the facts that each can give."""
    _load_all()
    return _FACTS
