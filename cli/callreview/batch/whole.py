"""Files that are there whole or not at all, for those who read them while they are written."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from callreview.errors import CallreviewError


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of a file; CallreviewError where it cannot be, and the file is as it was."""
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _cannot(path, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
        _keep_name(path.absolute().parent)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise _cannot(path, error) from None


def _mode(path: Path) -> int:
    """The rights of the file that is replaced; of a new one, that others may read it."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o644


def _keep_name(folder: Path) -> None:
    """Have the system write the folder down too, where it can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(path: Path, error: OSError) -> CallreviewError:
    return CallreviewError(
        f"cannot write {path}: {error.strerror}", hint="it needs a folder that may be written to, with room in it"
    )
