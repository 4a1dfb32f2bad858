"""Transcripts that land in a folder, for as long as the command runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from callreview.commands import console
from callreview.errors import UsageError

# A file is read once it has been left alone for so many seconds: a recorder may still be writing it.
STILL_S = 0.6
LOOK_EVERY_MS = 200

# Size and time of change in nanoseconds.
Stamp: TypeAlias = tuple[int, int]


def landed(folder: Path) -> Iterator[Path]:
    """Each transcript that is written into the folder or below it from now on; an interrupt ends it.

    Raises UsageError where there is no such folder, or nothing to watch it with.
    """
    try:
        from watchfiles import Change, watch
    except ImportError:
        raise UsageError("watchfiles is not installed", hint="pip install 'callreview[watch]'") from None
    from callreview.ingest.finding import ends_like_a_transcript

    if not folder.is_dir():
        raise UsageError(f"--watch: no folder {str(folder)!r}", hint="name the folder where transcripts land")
    waiting = _Waiting()
    ticks = watch(folder, rust_timeout=LOOK_EVERY_MS, yield_on_timeout=True, raise_interrupt=False)
    console.tell(f"watching {folder}: Ctrl-C ends it")
    for changes in ticks:
        for change, name in changes:
            path = Path(name)
            if change is not Change.deleted and ends_like_a_transcript(path):
                waiting.changed(path)
        yield from waiting.still()


class _Waiting:
    """Files that have changed, each with what it was and when that was first seen."""

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[Stamp, float]] = {}

    def changed(self, path: Path) -> None:
        """Wait for this file, anew where it was waited for."""
        if stamp := _stamp(path):
            self._seen[path] = stamp, time.monotonic()

    def still(self) -> list[Path]:
        """The files that have stayed as they were long enough; they are waited for no more."""
        now = time.monotonic()
        found: list[Path] = []
        for path, (stamp, since) in list(self._seen.items()):
            if _stamp(path) != stamp:
                self._seen.pop(path)
                self.changed(path)
            elif now - since >= STILL_S:
                self._seen.pop(path)
                found.append(path)
        return sorted(found)


def _stamp(path: Path) -> Stamp | None:
    try:
        at = path.stat()
    except OSError:
        return None
    return at.st_size, at.st_mtime_ns
