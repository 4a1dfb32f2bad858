"""Which files are meant: files, folders and patterns become a list of files."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from callreview.errors import InputError, NothingFound, Place, did_you_mean
from callreview.ingest.formats import endings

STANDARD_INPUT = "-"
PART = "--"
"""What parts the name of a file from that of one call in it, in the name of a converted call."""
CONVERTED = ".callreview.json"
"""How the names end of calls that `callreview convert` wrote."""
_NO_CALLS = frozenset(["readme", "license", "licence", "changelog", "contributing", "notice"])


def _refuse(error: InputError) -> None:
    raise error


def find_transcripts(paths: Iterable[Path | str], *, otherwise: Callable[[InputError], object] = _refuse) -> list[Path]:
    """The transcripts that the arguments name, in their order, each once; `-` stays `Path("-")`.

    A folder gives all files in it and below that end like a transcript, sorted. A pattern (`calls/*.vtt`,
    `**/acme*`) gives what it matches, sorted. A named file is taken whatever its ending. What is missing,
    may not be read or holds no transcript is told to `otherwise`, which raises it unless it is given.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _expand(str(path)):
            if isinstance(file, InputError):
                otherwise(file)
            else:
                found.setdefault(file if str(file) == STANDARD_INPUT else file.absolute(), file)
    return list(found.values())


def not_readable(path: Path, error: OSError | ValueError) -> InputError:
    """The error for a path that the system does not open, with what is likely meant or wrong."""
    if isinstance(error, FileNotFoundError):
        return _missing(path)
    place = Place(path=str(path))
    if isinstance(error, IsADirectoryError):
        return InputError("this is a folder, not a transcript", place=place, hint="name one file in the folder")
    if isinstance(error, PermissionError):
        return InputError("it may not be read", place=place, hint="ask its owner for the right to read it")
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return InputError("this link leads back to itself", place=place, hint="name the transcript, not a link to it")
    reason = getattr(error, "strerror", None) or "its name is not valid"
    return InputError(f"the file cannot be read: {reason}", place=place, hint="check its name and where it lies")


def _missing(path: Path) -> InputError:
    place, folder = Place(path=str(path)), path.parent
    if path.is_symlink():
        return InputError(
            f"this link leads to {str(path.readlink())!r}, where no file is",
            place=place,
            hint="name the transcript itself",
        )
    if not folder.is_dir():
        return InputError("no such file", place=place, hint=f"there is no folder {str(folder)!r} either")
    hint = did_you_mean_file(path) or "name a transcript, a folder of them or a pattern"
    return InputError("no such file or folder", place=place, hint=hint)


def did_you_mean_file(path: Path) -> str | None:
    """A question about the file beside it that has nearly the same name; None where there is none."""
    try:
        close = did_you_mean(path.name, sorted(entry.name for entry in path.parent.iterdir()))
    except OSError:
        return None
    return f"did you mean {str(path.parent / close)!r}?" if close else None


def _expand(path: str) -> Sequence[Path | InputError]:
    """The files that one argument names, and what is wrong with it."""
    if path == STANDARD_INPUT:
        return [Path(path)]
    at = Path(path)
    try:
        at.stat()
    except (OSError, ValueError) as error:
        return _matching(path) if glob.has_magic(path) else [not_readable(at, error)]
    return _in_folder(at) if at.is_dir() else [at]


def _matching(pattern: str) -> Sequence[Path | InputError]:
    matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - it may be absolute
    return [file for match in matches for file in (_walk(match) if match.is_dir() else [match])] or [
        NothingFound(
            "no file matches this pattern",
            place=Place(path=pattern),
            hint="* stands for any part of a name, ** for any folders below; or name the folder itself",
        )
    ]


def _in_folder(folder: Path) -> Sequence[Path | InputError]:
    return _walk(folder) or [
        NothingFound(
            "no transcript in this folder",
            place=Place(path=str(folder)),
            hint=f"looked for {', '.join(sorted(endings()))}; a file with another ending can be named itself",
        )
    ]


def _walk(folder: Path) -> list[Path | InputError]:
    """Files that end like a transcript, and the folders that may not be read.

    Hidden files, the usual documents of a project and converted calls beside their transcripts are left out.
    """
    files: list[Path] = []
    closed: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = (name for name in folders if not name.startswith("."))
        files += (file for name in names if ends_like_a_transcript(file := Path(at, name)))
    return [*sorted(_without_converted(files)), *(not_readable(Path(error.filename), error) for error in closed)]


def _without_converted(files: Sequence[Path | InputError]) -> list[Path]:
    """Files, without those that were made of another one of them: else a call would count twice."""
    paths = [file for file in files if isinstance(file, Path)]
    originals = {file.with_suffix("") for file in paths if not file.name.endswith(CONVERTED)}

    def is_copy(file: Path) -> bool:
        stem = file.name.removesuffix(CONVERTED)
        return stem != file.name and not originals.isdisjoint(
            [file.with_name(stem), file.with_name(stem.partition(PART)[0])]
        )

    return [file for file in paths if not is_copy(file)]


def ends_like_a_transcript(file: Path) -> bool:
    """Whether a file in a folder is taken for a transcript, by its name."""
    hidden = file.name.startswith((".", "~$")) or file.stem.lower() in _NO_CALLS
    return file.suffix.lower() in endings() and not hidden and not _is_special(file)


def _is_special(file: Path) -> bool:
    """Whether reading could wait for ever: a pipe, a device."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False
