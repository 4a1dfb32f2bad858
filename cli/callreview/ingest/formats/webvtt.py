"""WebVTT: Zoom, Teams, Meet recorders and most captioning tools.

Read tolerantly: unpadded times (Teams), comma for point, missing blank lines, metadata in the header,
NOTE, STYLE and REGION blocks, voice tags without an end or several in one cue, roll-up repeats,
JSON cues of the Teams Graph interface.

Two libraries were tried on odd and real files. webvtt-py 0.6 reads only the first voice of a cue,
leaves `&amp;` in the text, loses what follows a `<` in speech, drops cues with a comma in their
times, and says nothing of what it dropped nor on which line a cue stands. pysubs2 1.8 reads no
unpadded times at all (a Teams file is empty to it), stops with ValueError at a NUL in a time, takes
a bad timing line and its text into the cue before, and drops voice names. So this module has its own reader.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

from callreview.ingest import cues
from callreview.ingest.source import Source
from callreview.ingest.text import clean
from callreview.ingest.transcript import Tells, Transcript, Utterance

NAME = "webvtt"
TITLE = "WebVTT captions"
ENDINGS = (".vtt",)
TELLS = Tells(sides=False, times="start and end", overlaps=True)

_VOICE = re.compile(r"<v(?:\.[\w.-]{1,60})?[ \t]([^<>\n]{1,200})>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<\d[\d:.]{0,20}>|</>")
_ASIDE = ("NOTE", "STYLE", "REGION")
_JSON_LIMIT = 200_000


def sniff(source: Source) -> float:
    """1 with the `WEBVTT` header; 0.6 for its cues without one."""
    start = source.text[: cues.SNIFFED].lstrip("\ufeff \t\n")
    if re.match(r"WEBVTT(?![A-Za-z0-9])", start):
        return 1.0
    times = [line for line in start.split("\n") if cues.timing(line)]
    pointed = sum("." in line for line in times)
    return 0.6 if times and pointed == len(times) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a WebVTT file; times are seconds, `line` is a cue's timing line."""
    blocks = _without_asides(source.text)
    return (cues.read(blocks, _utterances, keep_loose=False, unnamed="probably who spoke before"),)


def _without_asides(text: str) -> Iterator[cues.Block]:
    """The blocks that hold cues: without the header's own lines, comments, styles and regions."""
    for position, block in enumerate(cues.blocks(text)):
        lines = block.lines
        first_cue = next((at for at, line in enumerate(lines) if cues.ARROW in line), None)
        if not _is_aside(position, lines):
            yield block
        elif first_cue is not None:
            yield cues.Block(line=block.line + first_cue, lines=lines[first_cue:])


def _is_aside(position: int, lines: tuple[str, ...]) -> bool:
    """Whether a block starts with the header, a comment, a style or a region."""
    if position == 0 and lines[0].lstrip("\ufeff").startswith("WEBVTT"):
        return True
    return lines[0].split(maxsplit=1)[0] in _ASIDE or (position == 1 and _continues_header(lines))


def _continues_header(lines: tuple[str, ...]) -> bool:
    """Whether a block right after the header is metadata (`Kind: captions`, `##`)."""
    return all(re.match(r"[A-Za-z-]{1,40}: |#", line) for line in lines)


def _utterances(cue: cues.Cue) -> list[Utterance]:
    whole = "\n".join(cue.lines)
    if whole.startswith("{") and (told := _from_json(whole, cue)) is not None:
        return told
    parts = _VOICE.split(whole)
    spoken = [*zip(map(_name, parts[1::2]), parts[2::2], strict=True)]
    if not spoken or _plain(parts[0]):
        spoken.insert(0, ("", parts[0]))
    return [
        Utterance(text=_plain(raw), speaker=speaker or None, start=cue.start, end=cue.end, line=cue.line)
        for speaker, raw in spoken
    ]


def _plain(raw: str) -> str:
    """Text without tags and with characters for entities.

    >>> _plain("<b>Q&amp;A</b> at 5 < 6 <00:17.500>now")
    'Q&A at 5 < 6 now'
    """
    return clean(html.unescape(_TAG.sub("", raw)))


def _name(raw: str) -> str:
    return clean(html.unescape(raw))


def _from_json(text: str, cue: cues.Cue) -> list[Utterance] | None:
    """The speech of a Teams Graph metadata cue; None where it is no such cue."""
    if len(text) > _JSON_LIMIT:
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("spokenText"), str):
        return None
    name = told.get("speakerName")
    speaker = clean(name) if isinstance(name, str) and clean(name) else None
    spoken = clean(told["spokenText"])
    return [Utterance(text=spoken, speaker=speaker, start=cue.start, end=cue.end, line=cue.line)]
