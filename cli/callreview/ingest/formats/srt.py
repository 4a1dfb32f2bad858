"""SubRip (SRT): numbered captions; a name, if any, stands only before the first caption of a turn.

The libraries were tried here as well. webvtt-py 0.6 refuses captions without numbers, and both it
and pysubs2 1.8 skip a caption with a bad time without saying so; pysubs2 reads nothing where line
ends are bare carriage returns, and takes text in braces for style codes and drops it. The walk
through blocks and timing lines is the same as for WebVTT, so both share it.
"""

from __future__ import annotations

import re

from callreview.ingest import cues
from callreview.ingest.source import Source
from callreview.ingest.text import clean
from callreview.ingest.transcript import Tells, Transcript, Utterance

NAME = "srt"
TITLE = "SubRip captions"
ENDINGS = (".srt",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_TAG = re.compile(r"</?(?:[biusBIUS]|font[^<>\n]{0,100}|FONT[^<>\n]{0,100})>|\{\\an\d\}")


def sniff(source: Source) -> float:
    """0.9 for a numbered caption with comma times, 0.6 for what is less sure, 0 with a WebVTT header."""
    start = source.text[: cues.SNIFFED].lstrip("\ufeff \t\n")
    if start.startswith("WEBVTT"):
        return 0.0
    lines = start.split("\n")
    timed = [at for at, line in enumerate(lines) if cues.timing(line)]
    if not timed:
        return 0.0
    numbered = sum(1 for at in timed if at and lines[at - 1].strip().isdecimal())
    commas = sum(1 for at in timed if "," in lines[at])
    if commas * 2 > len(timed):
        return 0.9
    return 0.7 if numbered * 2 > len(timed) else 0.6


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of an SRT file; times are seconds, `line` is a caption's timing line."""
    return (cues.read(cues.blocks(source.text), _said, keep_loose=True, unnamed="who spoke before"),)


def _said(cue: cues.Cue) -> list[Utterance]:
    text = clean(_TAG.sub("", "\n".join(cue.lines)))
    return [Utterance(text=text, start=cue.start, end=cue.end, line=cue.line)]
