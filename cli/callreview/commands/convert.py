"""`callreview convert`: calls of any format as the program's own JSON, one file a call."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.commands.run import Run
from callreview.errors import InputError, UsageError

if TYPE_CHECKING:
    from callreview.conversation import Call

_LONGEST = 60

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FOLDER", help="Where to write; without it, beside each transcript."),
]


def convert(
    files: options.Files,
    to: To = None,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
) -> None:
    """Write calls as NAME.callreview.json, with their sides, and print the names of the files.

    Reads every format that 'callreview formats' lists; what is written reads back without loss.

    Exit status: 0 all written; 2 wrong usage; 3 some files could not be read, and the others were written;
    4 callreview itself failed.
    """
    from callreview.ingest import find_transcripts

    missing: list[InputError] = []
    paths = find_transcripts(files, otherwise=missing.append)
    with console.Progress(len(paths)) as progress:
        run = Run(options.read_options(seller, buyer, roster, read_as, call_column), progress)
        for error in missing:
            run.skip(error)
        writer = _Writer(to)
        for calls in run.files(paths):
            write = partial(writer.write, alone=len(calls) == 1)
            for call in calls:
                for target in run.made_of(call, write):
                    with progress.aside():
                        console.write(f"{target}\n")
    run.close("written", quiet=False)
    if run.status:
        raise typer.Exit(run.status)


class _Writer:
    """Writes calls into a folder, or beside their transcripts where it is None, and no two of them into one file."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._written: set[Path] = set()

    def write(self, call: Call, *, alone: bool) -> Path:
        """Write a call, which may be `alone` in its file, and give the path; a call that was read there stays."""
        from callreview.ingest.formats.callreview_json import write

        target = self._target(call, alone=alone)
        self._written.add(target)
        if call.path is not None and target.absolute() == call.path.absolute():
            return target
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(write(call), encoding="utf-8")
        except OSError as error:
            raise UsageError(
                f"cannot write {target}: {error.strerror}", hint="name a folder that may be written: --to FOLDER"
            ) from None
        return target

    def _target(self, call: Call, *, alone: bool) -> Path:
        from callreview.ingest.finding import CONVERTED, PART

        folder = self._folder or (call.path.parent if call.path else Path())
        stem = call.path.name.removesuffix(CONVERTED) if call.path else "standard-input"
        stem = Path(stem).stem if call.path and stem == call.path.name else stem
        name = stem if alone else f"{stem}{PART}{_in_file_names(call.title)}"
        names = (f"{name}{PART}{n}" if n > 1 else name for n in range(1, len(self._written) + 2))
        return next(path for name in names if (path := folder / f"{name}{CONVERTED}") not in self._written)


def _in_file_names(title: str) -> str:
    """A title as file names can hold it.

    >>> _in_file_names("Renewal: Q3/Q4 (Trestle)")
    'Renewal-Q3-Q4-Trestle'
    """
    return re.sub(r"[^\w.]+", "-", title).strip("-.")[:_LONGEST] or "call"
