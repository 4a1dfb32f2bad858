"""Calls that ruin the process that reviews them, each in its own way; also in the processes of a pool.

A job with `Ruin()` for its reading options ruins the processes that are given it, and not this one.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time

from callreview.assessment.review import Review
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call
from callreview.ingest import ReadOptions

_review = Reviewer.review


class Ruin(ReadOptions):
    """Options that say nothing, and prepare the ruin where they are unpickled."""

    def __reduce__(self) -> tuple[object, ...]:
        return _prepare, ()


def _prepare() -> ReadOptions:
    Reviewer.review = _ruined  # type: ignore[method-assign]
    return ReadOptions()


def _ruined(self: Reviewer, call: Call) -> Review:
    deed = call.title.partition("-")[0]
    if deed == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "segfault":
        ctypes.string_at(0)
    elif deed == "exit":
        os._exit(7)
    elif deed == "hang":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM])
        time.sleep(3600)
    elif deed == "eat":
        raise AssertionError(len(bytearray(4 * 1024**3)))
    elif deed == "fault":
        raise KeyError("turn 7")
    return _review(self, call)
