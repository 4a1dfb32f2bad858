"""Where the files that ship with the program are: rubrics and sample transcripts.

In a wheel they lie beside the code in `_shipped/`; in a checkout they are the top-level folders.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """The shipped folder with this name (`rubrics` or `transcripts`)."""
    installed = _HERE / "_shipped" / folder
    return installed if installed.is_dir() else _HERE.parents[1] / folder


def rubrics() -> Path:
    """The folder that holds the shipped playbooks."""
    return shipped("rubrics")


def transcripts() -> Path:
    """The folder that holds the sample calls."""
    return shipped("transcripts")
