"""Which files are meant: files, folders and patterns become a sorted list."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from callreview.errors import InputError, Place, did_you_mean
from callreview.ingest.formats import endings

STANDARD_INPUT = "-"
_NO_CALLS = frozenset(["readme", "license", "licence", "changelog", "contributing", "notice"])


def find_transcripts(paths: Iterable[Path | str]) -> list[Path]:
    """The transcripts that the arguments name, sorted, each once; `-` stays `Path("-")`.

    A folder gives all files in it and below that end like a transcript. A pattern (`calls/*.vtt`,
    `**/acme*`) gives what it matches. A named file is taken whatever its ending. Raises InputError
    for what is missing or holds no transcript.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _expand(str(path)):
            found.setdefault(file if str(file) == STANDARD_INPUT else file.absolute(), file)
    return sorted(found.values())


def missing(path: Path) -> InputError:
    """The error for a file that is not there, with the closest name beside it."""
    folder = path.parent
    if not folder.is_dir():
        return InputError(
            "no such file", place=Place(path=str(path)), hint=f"there is no folder {str(folder)!r} either"
        )
    close = did_you_mean(path.name, _names_in(folder))
    hint = f"did you mean {str(folder / close)!r}?" if close else None
    return InputError("no such file or folder", place=Place(path=str(path)), hint=hint)


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except OSError:
        return []


def _expand(path: str) -> list[Path]:
    if path == STANDARD_INPUT:
        return [Path(path)]
    at = Path(path)
    if at.is_dir():
        return _in_folder(at)
    if at.exists():
        return [at]
    if glob.has_magic(path):
        return _matching(path)
    raise missing(at)


def _matching(pattern: str) -> list[Path]:
    matches = [Path(match) for match in glob.glob(pattern, recursive=True)]  # noqa: PTH207 - it may be absolute
    files = [file for match in matches for file in ([match] if match.is_file() else _walk(match))]
    if not files:
        raise InputError("no file matches this pattern", place=Place(path=pattern))
    return files


def _in_folder(folder: Path) -> list[Path]:
    files = list(_walk(folder))
    if not files:
        raise InputError(
            "no transcript in this folder",
            place=Place(path=str(folder)),
            hint=f"looked for {', '.join(sorted(endings()))}; a file with another ending can be named itself",
        )
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """Files that end like a transcript; hidden ones and the usual documents of a project are left out."""
    known = endings()
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            file = Path(at, name)
            if file.suffix.lower() in known and not name.startswith(".") and file.stem.lower() not in _NO_CALLS:
                yield file
