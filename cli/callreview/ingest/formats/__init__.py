"""The transcript formats: one module each, found by listing this folder.

A format module has

    NAME       what `--read-as` takes
    TITLE      what people call it
    ENDINGS    file endings by which a folder is searched (a named file may have any ending)
    TELLS      what it can tell of sides, times and overlaps, for `callreview formats`
    sniff      source -> confidence from 0 to 1, by content alone; never raises
    read       source -> one Transcript a call; raises InputError (without the file's name) where it cannot be read

Confidence: 1.0 the content names its format, 0.9 its structure is unmistakable, 0.6 it fits, below
0.5 it does not.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Protocol, cast

from callreview.errors import AmbiguousFormat, InputError, Place, UnknownFormat, UsageError, did_you_mean
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

ENOUGH = 0.5
"""The confidence from which on a format is a candidate."""

_AS_GOOD = 0.05


class Format(Protocol):
    """The shape of a format module."""

    NAME: str
    TITLE: str
    ENDINGS: tuple[str, ...]
    TELLS: Tells

    def sniff(self, source: Source) -> float:
        """How sure the module is that it can read this file, 0 to 1."""

    def read(self, source: Source) -> tuple[Transcript, ...]:
        """The transcripts that the file holds, one a call."""


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in the order of their names.

    >>> sorted({"plain", "srt", "webvtt"} & set(formats()))
    ['plain', 'srt', 'webvtt']
    """
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    shaped = [cast(Format, module) for module in modules if hasattr(module, "NAME")]
    return {module.NAME: module for module in sorted(shaped, key=lambda m: m.NAME)}


def endings() -> frozenset[str]:
    """The file endings that some format uses, in lower case."""
    return frozenset(ending for module in formats().values() for ending in module.ENDINGS)


def named(name: str) -> Format:
    """The format with this name; UsageError where there is none."""
    known = formats()
    if name.casefold() in known:
        return known[name.casefold()]
    close = did_you_mean(name, known)
    raise UsageError(
        f"unknown format {name!r}",
        hint=f"did you mean {close!r}?" if close else f"known formats: {', '.join(known)}",
    )


def recognise(source: Source, *, path: str) -> Format:
    """The one format that recognises the content.

    Raises InputError where JSON is damaged, UnknownFormat where no format fits, AmbiguousFormat where several do
    equally well.
    """
    sure = {name: module.sniff(source) for name, module in formats().items()}
    best = max(sure.values(), default=0.0)
    candidates = [name for name, confidence in sure.items() if confidence >= max(ENOUGH, best - _AS_GOOD)]
    if not candidates:
        raise _unrecognised(source, path)
    if len(candidates) > 1:
        titles = " and ".join(f"{name} ({formats()[name].TITLE})" for name in candidates)
        raise AmbiguousFormat(
            f"the content fits more than one format: {titles}",
            place=Place(path=path),
            hint="say which one: " + " or ".join(f"--read-as {name}" for name in candidates),
        )
    return formats()[candidates[0]]


def _unrecognised(source: Source, path: str) -> InputError:
    if mistake := source.json_mistake():
        where = mistake.place
        mistake.place = Place(path=path, line=where.line, column=where.column) if where else Place(path=path)
        return mistake
    return UnknownFormat(
        f"no transcript format is recognised{_resemblance(source)}",
        place=Place(path=path),
        hint="'callreview formats' lists what is read; force a format with --read-as NAME",
    )


def _resemblance(source: Source) -> str:
    start = source.text.lstrip("\ufeff \n\t")[:200].casefold()
    if start.startswith("{\\rtf"):
        return " (it looks like RTF)"
    if source.looks_like_json:
        return " (it is JSON, but of no export that is known)"
    return " (it looks like HTML or XML)" if start.startswith("<") else ""
