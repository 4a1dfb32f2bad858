"""Compiled playbooks kept on disk, so that the next run need not compile them again.

They lie in the user's cache folder, one file a playbook, and may be deleted at any time. `CALLREVIEW_CACHE` names
another folder, or is `off`. A file is plain JSON: nothing in it is ever run. It is used only where it and its folder
belong to this user and nobody else may write to them, where its checksum holds, and where it was made of the very same
rules by the very same program and libraries; in any other case it is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from callreview import __version__

SETTING = "CALLREVIEW_CACHE"
# Playbooks that are kept at the same time; the ones not used for longest go.
MOST_KEPT = 12
# What makes a compiled playbook, beside its rules: folders of this program, and what they read and compile with.
_MAKERS = ("assessment", "detection", "rubric")
_LIBRARIES = ("pydantic", "PyYAML", "spacy")


def is_kept(digest: str) -> bool:
    """Whether there is something for the playbook with this digest."""
    path = _path(digest)
    return path is not None and _is_ours(path.parent) and _is_ours(path)


def kept(digest: str) -> Mapping[str, Any] | None:
    """What was kept for the playbook with this digest, or None."""
    path = _path(digest)
    if path is None or not is_kept(digest):
        return None
    try:
        checksum, _, content = path.read_bytes().partition(b"\n")
        if checksum.decode() != _sum(content):
            return None
        data = json.loads(content)
        os.utime(path)
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def keep(digest: str, data: Mapping[str, Any]) -> None:
    """Keep this for the playbook with this digest, whole or not at all; where nothing can be kept, nothing is lost."""
    path = _path(digest)
    if path is None:
        return
    content = json.dumps(data, separators=(",", ":")).encode()
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent):
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_sum(content).encode() + b"\n" + content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
        _forget_the_oldest(path.parent)


def _path(digest: str) -> Path | None:
    setting = os.environ.get(SETTING, "")
    if setting.lower() == "off":
        return None
    return (Path(setting) if setting else _folder()) / f"{_sum(f'{digest} {_maker()}'.encode())}.json"


def _folder() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("callreview", appauthor=False)


@cache
def _maker() -> str:
    """This program and what it compiles with: versions, and its own text."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256(" ".join((__version__, *map(version, _LIBRARIES))).encode())
    for path in sorted(path for folder in _MAKERS for path in (package / folder).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _is_ours(path: Path) -> bool:
    """Whether a file or folder is this user's own, and nobody else may write to it."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):  # Windows: the user's own folders are closed to others
        return not stat.S_ISLNK(status.st_mode)
    is_open = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return status.st_uid == os.getuid() and not is_open and not stat.S_ISLNK(status.st_mode)


def _forget_the_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[MOST_KEPT:]:
        path.unlink(missing_ok=True)
