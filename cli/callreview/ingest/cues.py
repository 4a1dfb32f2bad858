"""Timed captions, as WebVTT and SRT share them: blocks, timing lines, roll-up repeats, speakers by prefix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callreview.ingest import names, rows
from callreview.ingest.text import clean, counted
from callreview.ingest.times import CLOCK, seconds
from callreview.ingest.transcript import Transcript, Unnamed, Utterance

ARROW = "-->"
SNIFFED = 20_000
"""Characters from the start of a file that a sniffer looks at."""

_TIMING = re.compile(rf"^\s{{0,20}}{CLOCK}[ \t]{{0,20}}-->[ \t]{{0,20}}{CLOCK}(?=\s|\ufffd(?!\d)|$)", re.ASCII)
_BRACKETED = re.compile(r"\(([^()\n]{1,60})\) (\S.*)", re.S)
_ZOOM_SHARE = 0.8
_FLASH_S = 0.1
_NEVER_IN_NAMES = re.compile(r"[\"{}<>=]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines between blank lines; `line` is the 1-based number of the first."""

    line: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One caption: its lines as written, its times in seconds, the 1-based line of its timing."""

    lines: tuple[str, ...]
    start: float
    end: float
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a walk through the blocks gives: cues in file order, and what could not be used."""

    cues: tuple[Cue, ...]
    bad_timings: int = 0
    stray_lines: int = 0
    cut_off: bool = False

    def notes(self) -> list[str]:
        """What was skipped, in words."""
        told = []
        if self.bad_timings:
            told.append(f"{counted(self.bad_timings, 'cue')} with a time that cannot be read: skipped")
        if self.stray_lines:
            told.append(f"{counted(self.stray_lines, 'line')} outside of cues: skipped")
        if self.cut_off:
            told.append("the last cue has a time but no text: the file may be cut off")
        return told


def timing(line: str) -> tuple[float, float] | None:
    """Start and end of a timing line, in seconds; None where it is none or a bad one.

    >>> timing("0:0:3.0 --> 0:0:5.550"), timing("00:01,500 --> 00:02,000 align:left"), timing("00:00:1d.890 --> 1")
    ((3.0, 5.55), (1.5, 2.0), None)
    """
    found = _TIMING.match(line[:200])
    if not found:
        return None
    parts = found.groups()
    start, end = seconds(*parts[:4]), seconds(*parts[4:])
    return None if start is None or end is None else (start, end)


def blocks(text: str) -> Iterator[Block]:
    """The runs of lines that are not blank."""
    held: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            if not held:
                first = number
            held.append(line)
        elif held:
            yield Block(line=first, lines=tuple(held))
            held = []
    if held:
        yield Block(line=first, lines=tuple(held))


def read(
    source: Iterable[Block], said: Callable[[Cue], Sequence[Utterance]], *, keep_loose: bool, unnamed: Unnamed
) -> Transcript:
    """The transcript of captions; `said` gives what one cue says, see `walk` and `Transcript` for the rest."""
    found = walk(source, keep_loose=keep_loose)
    shown, repeats = without_repeats(found.cues)
    spoken = [utterance for cue in shown for utterance in said(cue)]
    utterances, wordless = rows.with_words(by_prefix(spoken))
    notes = [*found.notes(), *wordless]
    if repeats:
        notes.append(f"{counted(repeats, 'caption line')} shown twice: read once")
    return Transcript(
        utterances=utterances,
        pieces=True,
        unnamed=unnamed,
        can_overlap=any(utterance.speaker for utterance in spoken) or overlaps(utterances),
        notes=tuple(notes),
    )


def walk(source: Iterable[Block], *, keep_loose: bool) -> Found:
    """All cues of the blocks.

    A cue's text runs to the next blank line or timing line. Text after a blank line that has no time
    of its own belongs to the cue before where `keep_loose` is True (SRT with blank lines inside of a
    caption), and is counted as stray otherwise. The text under a bad timing line is skipped.
    """
    walker = _Walker(keep_loose)
    for block in source:
        walker.take(block)
    return walker.found()


class _Walker:
    """Gathers cues block by block."""

    def __init__(self, keep_loose: bool) -> None:
        self.keep_loose = keep_loose
        self.times: list[tuple[float, float, int]] = []
        self.texts: list[list[str]] = []
        self.bad = self.stray = 0
        self.after_bad = False

    def take(self, block: Block) -> None:
        arrows = [at for at, line in enumerate(block.lines) if ARROW in line]
        before = max(0, arrows[0] - 1) if arrows else len(block.lines)
        self._loose(block.lines[:before])
        for at, until in pairwise([*arrows, len(block.lines)]):
            text = _without_next_id(block.lines[at + 1 : until], followed=until < len(block.lines))
            self._cue(block.lines[at], text, block.line + at)

    def _loose(self, lines: Sequence[str]) -> None:
        if self.keep_loose and self.texts and not self.after_bad:
            self.texts[-1].extend(lines)
        else:
            self.stray += len(lines)

    def _cue(self, timing_line: str, lines: Sequence[str], number: int) -> None:
        times = timing(timing_line)
        self.after_bad = times is None
        if times is None:
            self.bad += 1
        else:
            self.times.append((*times, number))
            self.texts.append(list(lines))

    def found(self) -> Found:
        cues = tuple(
            Cue(lines=tuple(lines), start=start, end=end, line=number)
            for (start, end, number), lines in zip(self.times, self.texts, strict=True)
            if lines
        )
        cut_off = bool(self.texts) and not self.texts[-1]
        return Found(cues=cues, bad_timings=self.bad, stray_lines=self.stray, cut_off=cut_off)


def _without_next_id(lines: Sequence[str], *, followed: bool) -> tuple[str, ...]:
    """The text of a cue whose last line is the number of the next one, where no blank line parts them."""
    if followed and lines and lines[-1].strip().isdecimal():
        lines = lines[:-1]
    return tuple(lines)


def without_repeats(cues: Sequence[Cue]) -> tuple[tuple[Cue, ...], int]:
    """The cues without the lines that roll-up captions show again, and how many lines were dropped.

    A cue that starts with the last lines of the one before loses these. A cue that is nothing but
    such lines is dropped only where the captions roll up elsewhere too, or where it flashes by:
    people do say the same thing twice.
    """
    lines = [tuple(line for line in map(str.strip, cue.lines) if line) for cue in cues]
    repeated = [0, *(_overlap(one, two) for one, two in pairwise(lines))][: len(cues)]
    rolls = any(0 < again < len(shown) for again, shown in zip(repeated, lines, strict=True))
    kept: list[Cue] = []
    for cue, again, shown in zip(cues, repeated, lines, strict=True):
        if again == len(shown) and not (rolls and len(" ".join(shown).split()) > 2) and cue.end - cue.start > _FLASH_S:
            again = 0
        if again < len(shown):
            kept.append(replace(cue, lines=shown[again:]))
    dropped = sum(map(len, lines)) - sum(len(cue.lines) for cue in kept)
    return tuple(kept), dropped


def _overlap(before: Sequence[str], after: Sequence[str]) -> int:
    """How many last lines of one cue are the first lines of the next.

    >>> _overlap(["a", "b"], ["b", "c"]), _overlap(["a"], ["b"])
    (1, 0)
    """
    longest = min(len(before), len(after), 4)
    return next((n for n in range(longest, 0, -1) if before[-n:] == after[:n]), 0)


def by_prefix(utterances: Sequence[Utterance]) -> list[Utterance]:
    """Utterances without speaker that start with `Name: ` get that speaker; only the first colon counts.

    Where four of five start with a name in brackets (`(Name) `), those are the speakers. Where four of five start with
    such a prefix (Zoom), every prefix of a name's length is one; elsewhere a prefix must look like a name, or recur.
    """
    nameless = sum(1 for u in utterances if u.speaker is None)
    heads = _heads(utterances, _bracketed)
    if not heads or len(heads) < nameless * _ZOOM_SHARE:
        heads = _heads(utterances, _prefix)
    everywhere = len(heads) >= nameless * _ZOOM_SHARE
    counts = names.count_heads([label for label, _ in heads.values()])
    accepted = names.accept(counts, lines=nameless, marked=False)
    named = list(utterances)
    for at, (label, rest) in heads.items():
        if label in accepted or (everywhere and not names.is_known_word(label)):
            named[at] = replace(utterances[at], speaker=label, text=clean(rest))
    return named


def _heads(
    utterances: Sequence[Utterance], head_of: Callable[[str], tuple[str, str] | None]
) -> dict[int, tuple[str, str]]:
    """Label and rest of the utterances without speaker that have them, by position."""
    return {at: head for at, u in enumerate(utterances) if u.speaker is None and (head := head_of(u.text))}


def _bracketed(text: str) -> tuple[str, str] | None:
    found = _BRACKETED.match(text)
    return (clean(found[1]), found[2]) if found and not _NEVER_IN_NAMES.search(found[1]) else None


def _prefix(text: str) -> tuple[str, str] | None:
    label, colon, rest = text[: names.MAX_LABEL + 2].partition(":")
    if not colon or not label or (rest and rest[0] != " "):
        return None
    label = clean(label)
    if not 0 < len(label.split()) <= names.MAX_WORDS + 3 or _NEVER_IN_NAMES.search(label):
        return None
    return label, text[text.index(":") + 1 :]


def overlaps(utterances: Sequence[Utterance]) -> bool:
    """Whether two different speakers are ever shown talking at once."""
    for one, two in pairwise(utterances):
        if one.speaker != two.speaker and one.end is not None and two.start is not None and two.start < one.end:
            return True
    return False
