"""Zoom: the chat that is saved beside a recording. Nobody speaks in it, so it is recognised and refused.

Its lines are a time of the day, a name and a message, with tabs between them; in older ones the name stands
as `From Name to Everyone`.
"""

from __future__ import annotations

import re

from callreview.errors import NoCall
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Transcript

NAME = "zoom_chat"
TITLE = "Zoom chat (no speech: refused)"
ENDINGS = ()
TELLS = Tells(sides=False, times="none", overlaps=False)

_SNIFFED = 20_000
_LINE = re.compile(
    r"\d{1,2}:\d\d:\d\d(?:\t[^\t\n]{1,120}?:\t|\s+From\s[^\n]{1,160}?\s:\s|\s+From\s[^\n]{1,160}?:$)", re.M
)
_TIMED = re.compile(r"\d{1,2}:\d\d:\d\d\s")


def sniff(source: Source) -> float:
    """1.0 where most lines with a time are messages of a chat."""
    lines = source.text[:_SNIFFED].lstrip("\ufeff").split("\n")
    timed = [line for line in lines if _TIMED.match(line)]
    messages = sum(1 for line in timed if _LINE.match(line))
    return 1.0 if messages * 2 > len(timed) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """Never a transcript: NoCall."""
    raise NoCall(
        "this is a Zoom chat: what people wrote, not what they said",
        hint="review the recording's transcript instead: Zoom offers it as 'Audio transcript' (.vtt)",
    )
