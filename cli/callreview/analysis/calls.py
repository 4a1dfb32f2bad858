"""Finding the call that a person means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath

from callreview.errors import UsageError, did_you_mean
from callreview.store.records import CallRecord

SHORTEST_ID = 6
SHOWN = 5


def find_call(meant: str, calls: Iterable[CallRecord]) -> CallRecord:
    """The call whose id begins so, or whose file or title is called so; UsageError where it is none or several.

    What is meant is tried in this order: the id, the file (its path or name, with or without the ending), the title,
    at last a part of the file's name between signs, as recorders put their own ids there.
    """
    known = list(calls)
    for means in _MEANINGS:
        found = [call for call in known if means(meant, call)]
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(f"{call.id} ({_file(call) or call.title})" for call in found[:SHOWN])
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise UsageError(f"{len(found)} calls are meant by {meant!r}", hint=f"name one by its id: {shown}{more}")
    close = did_you_mean(meant, [name for call in known for name in (call.title, PurePath(_file(call)).stem) if name])
    hint = f"did you mean {close!r}?" if close else "name the start of its id, its file or its title"
    raise UsageError(f"no call {meant!r} in the ledger", hint=hint)


def _by_id(meant: str, call: CallRecord) -> bool:
    return len(meant) >= SHORTEST_ID and call.id.startswith(meant.lower())


def _by_file(meant: str, call: CallRecord) -> bool:
    path = PurePath(call.path or "")
    return bool(call.path) and meant in (str(path), path.name, path.stem)


def _by_title(meant: str, call: CallRecord) -> bool:
    return call.title.casefold() == meant.casefold()


def _by_part(meant: str, call: CallRecord) -> bool:
    stem = PurePath(call.path or "").stem
    before, found, after = stem.partition(meant)
    return bool(found) and not (before[-1:].isalnum() or after[:1].isalnum())


def _file(call: CallRecord) -> str:
    return PurePath(call.path or "").name


_MEANINGS: tuple[Callable[[str, CallRecord], bool], ...] = (_by_id, _by_file, _by_title, _by_part)
