"""Where commands print: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from callreview.errors import CallreviewError

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 80


def speak_utf8() -> None:
    """Write UTF-8 whatever the terminal's encoding, so that quotes stay exact and nothing fails to print."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def out() -> Console:
    """The console for results: as wide as the terminal, 80 columns when piped, never guessing markup in text."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPED_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def err() -> Console:
    """The console for progress and messages."""
    from rich.console import Console

    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def complain(error: CallreviewError) -> None:
    """Print an error as it is, unwrapped, so that its caret stays in place."""
    print(f"error: {error}", file=sys.stderr)
