"""What a file holds, and what a review of it hangs on besides: its sidecar, its roster, and what the options say."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from callreview.ingest import ReadOptions
from callreview.ingest.about import sidecar_of
from callreview.ingest.roster import find_roster

_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """Size in bytes, and when the file was changed last, in nanoseconds since 1970."""

    size: int
    mtime_ns: int


def stat_of(path: Path) -> Stat:
    """The size and time of a file; OSError where it is gone or out of reach, or no file, as a pipe."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device")
    return Stat(size=found.st_size, mtime_ns=found.st_mtime_ns)


def is_still(path: Path, was: Stat) -> bool:
    """Whether a file is there and was not written to since."""
    try:
        return stat_of(path) == was
    except OSError:
        return False


def content_hash(data: bytes, surroundings: str) -> str:
    """What tells whether a file must be read again: a hash of its bytes, and one of all that stands around it."""
    return f"{_digest(data)}-{surroundings}"


def same_surroundings(known: str, surroundings: str) -> bool:
    """Whether a content hash was made among the same surroundings.

    >>> same_surroundings(content_hash(b"Rep: Hello.", "5f"), "5f")
    True
    """
    return known.partition("-")[2] == surroundings


class Surroundings:
    """What stands around files, read once a folder: a sidecar or roster that changes makes its calls changed."""

    def __init__(self, reading: ReadOptions) -> None:
        self._options = repr((reading.format, reading.sellers, reading.buyers, reading.call_column)).encode()
        self._roster = cache(lambda folder: _held(reading.roster or find_roster(folder)))

    def of(self, path: Path) -> str:
        """A digest of the options, the roster and the sidecar of a transcript."""
        return _digest(self._options, self._roster(path.parent), _held(sidecar_of(path)))


def _held(path: Path | None) -> bytes:
    """What a file holds, or why it cannot be told; nothing where there is none."""
    try:
        return path.read_bytes() if path else b""
    except FileNotFoundError:
        return b""
    except OSError as error:
        return os.strerror(error.errno or 0).encode()


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()[:_DIGITS]
