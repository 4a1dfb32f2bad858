"""Mistakes that show only where a playbook is looked at as a whole: twice the same, in circles, something missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from callreview.errors import Mistake, did_you_mean
from callreview.rubric.folders import File
from callreview.rubric.names import BUILT_IN_LISTS, Defined, defined
from callreview.rubric.phrases import PhraseSyntaxError, list_refs, parse
from callreview.rubric.schema import ID, NAMES_ARE, PROMPTS, RubricFile

ANOTHER_NAME = "choose another name"
REMOVE_ONE = "remove one of the two"


def check_whole(files: Sequence[File]) -> Iterator[Mistake]:
    """All such mistakes."""
    lists, contexts, combinations = (defined(files, kind) or [] for kind in ("lists", "contexts", "combinations"))
    yield from _signal_names(files, combinations)
    yield from _built_in(lists)
    for group in (lists, contexts, combinations):
        yield from _twice(group)
    for key in ("prompts", "violations", "indicators"):
        yield from _listed_twice(files, key)
    yield from _circular(lists)
    yield from _too_early(combinations)
    yield from _missing_prompts([file for file in files if file.kind == "rubric"])


def _signal_names(files: Iterable[File], combinations: Iterable[Defined]) -> Iterator[Mistake]:
    signals = {file.name: file for file in files if file.kind == "signal"}
    for file in signals.values():
        if not re.fullmatch(ID, file.name):
            yield Mistake(
                place=file.source.place(), message=f"the file's name {file.name!r} is no name", hint=NAMES_ARE
            )
    for one in combinations:
        if one.name in signals:
            message = f"{one.name!r} is a signal already: {signals[one.name].source.name}"
            yield Mistake(place=one.place, message=message, hint=ANOTHER_NAME)


def _built_in(lists: Iterable[Defined]) -> Iterator[Mistake]:
    for one in lists:
        if one.name in BUILT_IN_LISTS:
            yield Mistake(place=one.place, message=f"<{one.name}> is built in", hint=ANOTHER_NAME)


def _twice(group: Iterable[Defined]) -> Iterator[Mistake]:
    """The same name in two files of one folder; in the folder of a playbook, it replaces that of the one above."""
    seen: dict[tuple[object, str], Defined] = {}
    for one in group:
        first = seen.setdefault((one.file.folder, one.name), one)
        if first is not one:
            message = f"{one.name!r} stands in {first.file.source.name} as well"
            yield Mistake(place=one.place, message=message, hint=REMOVE_ONE)


def _listed_twice(files: Iterable[File], key: str) -> Iterator[Mistake]:
    """Two prompts, violations or indicators of one file with the same id."""
    for file in files:
        items = file.source.value((key,))
        ids = [item.get("id") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        for i, name in enumerate(ids):
            if isinstance(name, str) and name in ids[:i]:
                place = file.source.place((key, i, "id"))
                yield Mistake(place=place, message=f"{name!r} stands here twice", hint=REMOVE_ONE)


def _circular(lists: Iterable[Defined]) -> Iterator[Mistake]:
    named = {one.name: _named_by(one) for one in lists}
    for one in lists:
        reached: set[str] = set()
        waiting = set(named[one.name])
        while waiting:
            reached.add(current := waiting.pop())
            waiting |= named.get(current, set()) - reached
        if one.name in reached:
            yield Mistake(
                place=one.place, message=f"<{one.name}> leads back to itself", hint="a list cannot hold itself"
            )


def _named_by(one: Defined) -> set[str]:
    """The lists that the entries of a list name."""
    entries = one.file.source.value(one.path)
    found: set[str] = set()
    for entry in entries if isinstance(entries, list) else ():
        try:
            found |= {ref.name for ref in list_refs(parse(entry))} if isinstance(entry, str) else set()
        except PhraseSyntaxError:
            continue
    return found


def _too_early(combinations: Sequence[Defined]) -> Iterator[Mistake]:
    """Combinations are put together in their order, so none can take part in itself or in one above it."""
    order = {one.name: i for i, one in enumerate(combinations)}
    for i, one in enumerate(combinations):
        for key in ("all_of", "none_of"):
            parts = one.file.source.value((*one.path, key))
            for n, part in enumerate(parts if isinstance(parts, list) else ()):
                names = [name.strip() for name in part.split("|")] if isinstance(part, str) else []
                if late := [name for name in names if order.get(name, -1) >= i]:
                    place = one.file.source.place((*one.path, key, n))
                    message = f"{late[0]!r} is put together later, so it is never heard here"
                    yield Mistake(place=place, message=message, hint="a combination can use those above it")


def _missing_prompts(books: Sequence[File]) -> Iterator[Mistake]:
    """Reviews hold all eight prompts, so a playbook has them all, of its own or inherited."""
    groups = [book.source.value(("prompts",)) or [] for book in books]
    if books[0].source.value(("extends",)) or not all(map(_can_be_told, books)):
        return
    ids = [str(item.get("id")) for item in chain(*groups) if isinstance(item, dict)]
    there = {name if name in PROMPTS else did_you_mean(name, PROMPTS) for name in ids}
    if missing := [name for name in PROMPTS if name not in there]:
        told = f"prompts {', '.join(missing)} are" if len(missing) > 1 else f"prompt {missing[0]} is"
        hint = "a playbook has all eight prompts; with 'extends: upselling' it inherits those that it does not replace"
        yield Mistake(place=books[-1].source.place(("prompts",), key=True), message=f"the {told} missing", hint=hint)


def _can_be_told(book: File) -> bool:
    """Whether it is known which prompts a rubric.yaml has; a misspelt key may hold them."""
    data = book.source.data
    return (
        isinstance(data, dict)
        and data.keys() <= RubricFile.model_fields.keys()
        and isinstance(data.get("prompts", []), list)
    )
