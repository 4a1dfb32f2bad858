"""Where commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from callreview.errors import CallreviewError, Defect, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

PIPED_WIDTH = 80
DEBUG = "CALLREVIEW_DEBUG"
_CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f-\x9f]")


def prepare() -> None:
    """Make both streams write UTF-8 whatever the terminal's encoding, so that quotes stay exact.

    Raises UsageError where there is no standard output.
    """
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open to the end
    if sys.stdout is None:
        raise UsageError("standard output is closed", hint="results go there: leave it open, or lead it into a file")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def rendered(result: RenderableType, *, soft_wrap: bool = False) -> str:
    """A result as text: as wide as the terminal, 80 columns where it is piped, without spaces at line ends."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    width = None if terminal or "COLUMNS" in os.environ else PIPED_WIDTH
    page = io.StringIO()
    console = Console(
        file=page, force_terminal=terminal or None, width=width, markup=False, highlight=False, emoji=False
    )
    console.print(result, soft_wrap=soft_wrap)
    return re.sub(r" +$", "", page.getvalue(), flags=re.MULTILINE)


def show(result: RenderableType) -> None:
    """Print a result."""
    write(rendered(result))


def write(text: str) -> None:
    """Print text as it is: UTF-8 and plain line ends, so that the same review is the same bytes everywhere.

    Raises CallreviewError where it cannot be written, BrokenPipeError where nobody reads on.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go()
        raise CallreviewError(
            f"the result cannot be written: {error.strerror}", hint="see where standard output leads"
        ) from None


def save(file: Path, text: str) -> None:
    """Write a text into a file of its own; raises UsageError where that cannot be."""
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}", hint="name a file in a folder that exists") from None


def let_go() -> None:
    """Print into nothing from now on, so that what is still held back does not fail at the very end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def tell(text: str) -> None:
    """Print a message on standard error, unwrapped, so that a caret stays in place; control characters are marked."""
    with suppress(OSError):  # where nobody can be told, the exit status still tells
        print(_CONTROL.sub("\ufffd", text), file=sys.stderr)


def complain(error: CallreviewError) -> None:
    """Tell an error; the traceback of a fault of our own only on request."""
    tell(f"error: {error}")
    if isinstance(error, Defect) and os.environ.get(DEBUG):
        traceback.print_exception(error.__cause__)


class Progress:
    """What is being done, how much of it and how long, where standard error is a terminal; nothing elsewhere."""

    def __init__(self, total: int, *, shown: bool = True) -> None:
        from rich import progress
        from rich.console import Console

        console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        columns: list[progress.ProgressColumn | str] = [progress.SpinnerColumn(), "{task.description}"]
        columns += [progress.BarColumn(bar_width=20), progress.MofNCompleteColumn()] if total > 1 else []
        self._display = progress.Progress(
            *columns,
            progress.TimeElapsedColumn(),
            console=console,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
            disable=not (shown and console.is_terminal),
        )
        self._task = self._display.add_task("reading the playbook", total=total)

    def __enter__(self) -> Progress:
        self._display.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._display.stop()

    def on(self, what: str) -> None:
        """Say what is being done."""
        from rich.markup import escape

        self._display.update(self._task, description=escape(what))

    def done(self) -> None:
        """Count one more as done."""
        self._display.advance(self._task)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the display away while something else is printed."""
        self._display.stop()
        try:
            yield
        finally:
            self._display.start()
