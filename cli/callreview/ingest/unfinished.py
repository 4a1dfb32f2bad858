"""Exports of jobs that are not done: they hold no speech, or not all of it, and are no calls to review."""

from __future__ import annotations

from callreview.errors import InputError
from callreview.ingest.text import shortened


def refuse_unfinished(status: str, *, why: str = "") -> None:
    """Raise InputError unless a job's status is empty or says that it is completed; `why` it failed, where told.

    >>> refuse_unfinished("COMPLETED"), refuse_unfinished("")
    (None, None)
    """
    if status.casefold() in ("", "completed"):
        return
    told = f" ({shortened(why, 120)})" if why else ""
    raise InputError(
        f"the transcription is not completed: its status is {shortened(status)!r}{told}",
        hint="export the transcript again when its status is completed",
    )
