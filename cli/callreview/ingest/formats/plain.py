"""Plain text as people paste and export it.

Three families of spelling are read:

    timed    [00:01:23] Name: text      00:01:23 Name (Company): text      Name (01:23): text
    inline   Name: text                 **Name:** text                     AE: text
    headed   Name  0:15                 [Name] 00:01:23                    Name
             text                       text                               00:01:23
                                                                           text

A header is also a line with a range of time above a line with a name, as Teams writes some documents.
Word documents (.docx) come here as their lines of text.

The family with most lines rules the file; a line of another family is what somebody says. A
time that stands alone (Google Meet writes one every few minutes) gives the lines below it a
coarse time. Lines before the first speaker are skipped, and dates and roles found in them kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from callreview.conversation import Side
from callreview.ingest import cues, names, rows
from callreview.ingest.people import read_bracket
from callreview.ingest.roles import role_side
from callreview.ingest.source import Source
from callreview.ingest.text import clean, counted
from callreview.ingest.times import CLOCK, find_date, seconds
from callreview.ingest.transcript import Tells, Transcript, Utterance

NAME = "plain"
TITLE = "plain text with names"
ENDINGS = (".txt", ".text", ".md", ".docx")
TELLS = Tells(sides=False, times="varies", overlaps=False)

SNIFFED = 200_000
"""Characters from the start of a file that the sniffer looks at."""

_HEAD = 240
"""Characters of a line that may hold its time and name."""

_DAY_CLOCK_S = 3600.0
_DAY_S = 24 * 3600.0
_TIME = rf"[\[(]?{CLOCK}(?![\d:])(?:\s*(?:-->|-|–|—|to)\s*{CLOCK}(?![\d:]))?[\])]?"
_LEADING = re.compile(rf"^{_TIME}(?:\s*[-–—|]\s+|\s+|$)", re.ASCII)
_TRAILING = re.compile(rf"(?:^|[\s,|•·–—-]){_TIME}$", re.ASCII)
_NAME_TIME = re.compile(rf"^([^:\[\]]{{1,80}}?)\s*[\[(]{CLOCK}[\])]\s*:(?=\s|$)", re.ASCII)
_RANGE = re.compile(rf"^{CLOCK}\s*-->\s*{CLOCK}$", re.ASCII)
_CAPTION = re.compile(r"^\[[^\[\]]{1,80}\] \d\d:\d\d:\d\d$", re.ASCII)
_LIST_ITEM = re.compile(r"^[-*>+•]\s{1,8}")
_BOLD_LABEL = re.compile(r"^(\*\*|__|\*|_)([^*_\n]{1,80}?)(?::\1|\1\s*:)(?=\s|$)")
_RULE = re.compile(r"^(?:[-*_=~#]\s?){3,}$|^#{1,6}\s")
_FOOTER = re.compile(
    r"(?:meeting|transcription|recording) ended after\b|this editable transcript was computer generated"
    r"|transcribed by https?://|this transcript was (?:generated|created) by\b"
    r"|^.{2,80} (?:started|stopped) transcription$",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(r"^\W{0,4}(?:call |meeting )?(?:date|recorded|when|started)\b(?: on)?\W{1,5}(.{4,60})", re.I)
_WHOLE_DATE = re.compile(
    r"^(?:[A-Z][a-z]+day,? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})(?:,? .{0,20})?$"
)
_MEET_TITLE = re.compile(r"^(.{1,200}?) - \d{4}/\d{2}/\d{2} \d.* - (?:Transcript|Notes by Gemini)$")
_ATTENDEES = re.compile(r"^\W{0,4}(?:attendees|participants|invited)\b\W{0,5}(.*)$", re.I)
_PERSON_LINE = re.compile(r"^[-*•]\s+\**([^()\n]{2,60}?)\**\s*\(([^()\n]{2,80})\)$")


class _Family(Enum):
    TIMED = "timed"
    INLINE = "inline"
    HEADED = "headed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A line that may start a turn: 0-based line, label, time in seconds, and the text beside it.

    `dress` is the markup around the label, `-` for a list item and `**` for bold.
    """

    at: int
    family: _Family
    label: str | None
    start: float | None = None
    end: float | None = None
    rest: str = ""
    dress: str = ""


def sniff(source: Source) -> float:
    """0.8 for ranges of time above names, 0.6 where names with words are found, 0.5 for a single one."""
    start = source.text[:SNIFFED].lstrip("\ufeff \t\n")
    is_json_list = re.match(r"\[\s*[\[{\"\d]", start) and not _LEADING.match(start[:_HEAD])
    if is_json_list or start.startswith(("{", "<", "WEBVTT")):
        return 0.0
    lines = start.split("\n")
    if _ranges_above_names(lines):
        return 0.8
    if any(cues.timing(line) and ": " not in line for line in lines):
        return 0.0
    page = _page(tuple(lines))
    speakers = [mark for mark in page.marks if mark.label is not None]
    return 0.0 if not speakers else 0.6 if len(speakers) > 1 else 0.5


def read(source: Source) -> tuple[Transcript, ...]:
    """The transcript of a text; times are seconds, None where the line has none."""
    page = _page(tuple(_times_beside_names(source.text.lstrip("\ufeff").split("\n"))))
    spoken, dropped = _spoken(page)
    with_words, wordless = rows.with_words(spoken)
    utterances, clock_note = _from_call_start(with_words, of_day=page.holds_captions)
    coarseness = page.coarseness()
    preamble = _Preamble.of(page)
    notes = [*preamble.notes(), *_dropped_note(dropped), *wordless, *clock_note]
    if coarseness is not None:
        notes.append(f"times are block times, about {counted(max(1, round(coarseness / 60)), 'minute')} coarse")
    transcript = Transcript(
        utterances=tuple(utterances),
        pieces=page.family is _Family.HEADED,
        unnamed="probably who spoke before",
        title=preamble.title,
        date=preamble.date,
        sellers=preamble.sellers,
        buyers=preamble.buyers,
        named=preamble.named,
        coarseness_s=coarseness,
        notes=tuple(notes),
    )
    return (transcript,)


class _Page:
    """The lines of a text with the marks of its ruling family."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        candidates = list(_candidates(lines))
        self.stamps = {mark.at: mark.start for mark in candidates if _is_stamp(mark)}
        named = [mark for mark in candidates if mark.label is not None]
        accepted = _accepted(named, sum(1 for line in lines if line.strip()))
        self.family = _ruling(named, accepted)
        marks = [mark for mark in named if _counts(mark, self.family, accepted)]
        self.marks = [*self._without_metadata(marks)]
        self.first = self.marks[0].at if self.marks else len(lines)
        if self.family is _Family.TIMED:
            self.marks = sorted([*self.marks, *self._timed_text(candidates)], key=lambda mark: mark.at)
        elif self.family is _Family.HEADED:
            self.marks = sorted([*self.marks, *self._nameless_headers()], key=lambda mark: mark.at)

    def _without_metadata(self, marks: Sequence[_Mark]) -> Iterable[_Mark]:
        """Without `Customer: Acme Corp` and the like above the talk."""
        counts = Counter(mark.label for mark in marks)
        recurring = [mark.at for mark in marks if counts[mark.label] > 1]
        if len({mark.label for mark in marks if counts[mark.label] > 1}) < 2:
            return marks
        return [mark for mark in marks if mark.at >= recurring[0] or not _is_metadata(mark)]

    def _timed_text(self, candidates: Iterable[_Mark]) -> list[_Mark]:
        """Lines with a time and no name, after the first speaker: that speaker goes on."""
        taken = {mark.at for mark in self.marks}
        return [
            replace(mark, label=None, rest=f"{mark.label}: {mark.rest}" if mark.label else mark.rest)
            for mark in candidates
            if mark.family is _Family.TIMED and mark.at > self.first and mark.at not in taken and mark.rest
        ]

    def _nameless_headers(self) -> list[_Mark]:
        """Times that stand alone between headers: somebody unnamed speaks."""
        below_name = {mark.at + 1 for mark in self.marks}
        return [
            _Mark(at=at, family=_Family.HEADED, label="Unknown speaker", start=start)
            for at, start in self.stamps.items()
            if at > self.first and at not in below_name
        ]

    @property
    def holds_captions(self) -> bool:
        """Whether these are captions that Zoom saved, `[Name] 00:12:03`, which always tell the time of the day."""
        return all(_CAPTION.match(self.lines[mark.at].strip()) for mark in self.marks) and bool(self.marks)

    def coarseness(self) -> float | None:
        """The usual distance of block times in seconds, where only such times exist."""
        if self.family is not _Family.INLINE or not self.stamps:
            return None
        times = sorted(time for time in self.stamps.values() if time is not None)
        gaps = sorted(two - one for one, two in pairwise(times) if two > one)
        return gaps[len(gaps) // 2] if gaps else None


@lru_cache(maxsize=1)
def _page(lines: tuple[str, ...]) -> _Page:
    """The page of some lines; what has been sniffed is mostly read next, and is not looked through again then."""
    return _Page(lines)


def _times_beside_names(lines: Sequence[str]) -> Sequence[str]:
    """Lines with each range of time that stands above a name moved behind the name."""
    moved = _ranges_above_names(lines)
    result = list(lines)
    for at, name_at in moved.items():
        result[at], result[name_at] = "", f"{lines[name_at].strip()}  {lines[at].strip()}"
    return result


def _ranges_above_names(lines: Sequence[str]) -> dict[int, int]:
    """Where ranges stand alone above names, 0-based; none where they are captions, whose first lines hardly recur."""
    stripped = [line.strip() for line in lines]
    filled = [at for at, line in enumerate(stripped) if line]
    pairs = [(one, two) for one, two in pairwise(filled) if _RANGE.match(stripped[one])]
    below = Counter(stripped[two] for _, two in pairs)
    numbered = sum(1 for at, _ in pairs if at and stripped[at - 1].isdecimal())
    recurring = sum(times for label, times in below.items() if names.looks_like_name(label) and times > 1)
    if numbered * 2 > len(pairs) or recurring * 2 <= len(pairs) or not _has_text_below(stripped, filled, pairs):
        return {}
    return {at: name_at for at, name_at in pairs if names.looks_like_name(stripped[name_at])}


def _has_text_below(lines: Sequence[str], filled: Sequence[int], pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether most names are followed by words and not by the next range."""
    after = dict(pairwise(filled))
    followed = [after[name_at] for _, name_at in pairs if name_at in after]
    return sum(1 for at in followed if not _RANGE.match(lines[at])) * 2 > len(pairs)


def _candidates(lines: Sequence[str]) -> Iterator[_Mark]:
    stripped = [line.strip() for line in lines]
    for at, line in enumerate(stripped):
        if not line or _RULE.match(line[:_HEAD]):
            continue
        yield from _of_line(at, line)
        if len(line) <= names.MAX_LABEL and at + 1 < len(stripped):
            yield from _name_over_time(at, line, stripped[at + 1])


def _of_line(at: int, line: str) -> Iterator[_Mark]:
    """What one line may be: with a time before or behind the name, or with a name alone."""
    head = line[:_HEAD]
    if leading := _LEADING.match(head):
        start, end = _times(leading.groups())
        if start is not None:
            yield _timed(at, line[leading.end() :], start, end)
        return
    if behind := _NAME_TIME.match(head):
        label, start = clean(behind[1]).strip("*_ "), seconds(*behind.groups()[1:5])
        if names.fits(label):
            yield _Mark(at=at, family=_Family.TIMED, label=label, start=start, rest=line[behind.end() :])
        return
    if len(line) <= names.MAX_LABEL + 30 and (trailing := _TRAILING.search(line)):
        yield from _headed(at, line, trailing)
    if found := _label_and_rest(line):
        label, rest, dress = found
        yield _Mark(at=at, family=_Family.INLINE, label=label, rest=rest, dress=dress)


def _timed(at: int, rest: str, start: float, end: float | None) -> _Mark:
    """`rest` is what follows a time: `Name: text`, a bare name (a header), or speech."""
    if found := _label_and_rest(rest):
        label, said, dress = found
        return _Mark(at=at, family=_Family.TIMED, label=label, start=start, end=end, rest=said, dress=dress)
    label = clean(rest).strip("*_ ")
    if len(rest) <= names.MAX_LABEL and names.looks_like_name(label):
        return _Mark(at=at, family=_Family.HEADED, label=label, start=start, end=end, rest="")
    return _Mark(at=at, family=_Family.TIMED, label=None, start=start, end=end, rest=rest)


def _headed(at: int, line: str, trailing: re.Match[str]) -> Iterator[_Mark]:
    """A line that ends with a time: a header where a name stands before it."""
    before = line[: trailing.start()]
    label = clean(before).strip("*_ ").rstrip(",|•·–—-").rstrip()
    if label.startswith("[") and label.endswith("]"):
        label = label[1:-1].strip()
    start, end = _times(trailing.groups())
    if start is not None and names.fits(label):
        yield _Mark(at=at, family=_Family.HEADED, label=label, start=start, end=end)


def _name_over_time(at: int, line: str, below: str) -> Iterator[_Mark]:
    stamp = _LEADING.match(below[:_HEAD])
    label = clean(line).strip("*_ ")
    if stamp and stamp.end() == len(below) and names.fits(label) and not _label_and_rest(line):
        start, end = _times(stamp.groups())
        yield _Mark(at=at, family=_Family.HEADED, label=label, start=start, end=end)


def _label_and_rest(line: str) -> tuple[str, str, str] | None:
    """Label, text and dress of `Name: text`, also with the name in bold and as a list item."""
    item = _LIST_ITEM.match(line)
    body = line[item.end() :] if item else line
    if bold := _BOLD_LABEL.match(body[:_HEAD]):
        label = clean(bold[2])
        return (label, body[bold.end() :].strip(), "-**" if item else "**") if names.fits(label) else None
    found = names.head_of(body)
    return (found[0].removesuffix(" ~"), found[1], "-" if item else "") if found else None


def _times(groups: Sequence[str | None]) -> tuple[float | None, float | None]:
    start = seconds(groups[0], groups[1] or "0", groups[2] or "0", groups[3])
    end = seconds(groups[4], groups[5], groups[6] or "0", groups[7]) if groups[5] else None
    return start, end


def _is_stamp(mark: _Mark) -> bool:
    return mark.label is None and not mark.rest


def _accepted(named: Sequence[_Mark], lines: int) -> dict[_Family, frozenset[str]]:
    """The labels that are speakers, by family."""
    accepted = {}
    for family in _Family:
        heads = names.count_heads(_usual_dress([mark for mark in named if mark.family is family]))
        accepted[family] = names.accept(heads, lines=lines, marked=family is _Family.TIMED)
    recurring = {label for label, times in Counter(_headers(named)).items() if times > 1 and names.fits(label)}
    headed = {label for label in _headers(named) if names.looks_like_name(label)}
    accepted[_Family.HEADED] = frozenset(headed | {label for label in recurring if not names.is_known_word(label)})
    return accepted


def _usual_dress(marks: Sequence[_Mark]) -> list[str]:
    """The labels in the dress that most lines have: in a file of `**Name:**`, `- Effort: low` is no speaker."""
    dresses = Counter(mark.dress for mark in marks)
    usual = max(dresses, key=lambda dress: dresses[dress], default="")
    return [mark.label for mark in marks if mark.dress == usual and mark.label]


def _headers(named: Iterable[_Mark]) -> list[str]:
    return [mark.label for mark in named if mark.family is _Family.HEADED and mark.label]


def _ruling(named: Iterable[_Mark], accepted: dict[_Family, frozenset[str]]) -> _Family:
    """The family with most accepted lines; on a tie the one that says more."""
    counts = Counter(mark.family for mark in named if mark.label in accepted[mark.family])
    return max(_Family, key=lambda family: counts[family])


def _counts(mark: _Mark, family: _Family, accepted: dict[_Family, frozenset[str]]) -> bool:
    """Whether a mark starts a turn: of the ruling family, or a known speaker with or without a time."""
    if mark.label not in accepted[mark.family]:
        return False
    if mark.family is family:
        return True
    return _Family.HEADED not in (family, mark.family) and mark.label in accepted[family]


def _is_metadata(mark: _Mark) -> bool:
    rest = clean(mark.rest)
    return mark.family is _Family.INLINE and (not rest or (rest[-1] not in ".?!…" and names.looks_like_name(rest)))


@dataclass(slots=True)
class _Open:
    """A turn that is being read."""

    mark: _Mark
    start: float | None
    parts: list[str] = field(default_factory=list)

    def utterance(self) -> Utterance:
        mark, text = self.mark, clean(" ".join(self.parts))
        return Utterance(text=text, speaker=mark.label, start=self.start, end=mark.end, line=mark.at + 1)


def _spoken(page: _Page) -> tuple[list[Utterance], int]:
    """The utterances, and how many lines behind a rule, a heading or a footer were dropped."""
    spoken: list[Utterance] = []
    marks = {mark.at: mark for mark in page.marks}
    stamp_below = {mark.at + 1 for mark in page.marks if mark.family is _Family.HEADED} & page.stamps.keys()
    current: _Open | None = None
    block_time: float | None = None
    closed = False
    dropped = 0
    for at in range(len(page.lines)):
        if at in marks:
            if current:
                spoken.append(current.utterance())
            mark = marks[at]
            current = _Open(mark=mark, start=block_time if mark.start is None else mark.start, parts=[mark.rest])
            closed = False
        elif at in page.stamps:
            block_time = block_time if at in stamp_below else page.stamps[at]
        elif current:
            line = page.lines[at].strip()
            closed = closed or bool(_RULE.match(line[:_HEAD]) or _FOOTER.search(line[:_HEAD]))
            if line and closed:
                dropped += not _RULE.match(line[:_HEAD])
            elif line:
                current.parts.append(line)
    if current:
        spoken.append(current.utterance())
    return spoken, dropped


def _dropped_note(dropped: int) -> list[str]:
    return (
        [f"{counted(dropped, 'line')} that nobody says, after the talk or between its parts: skipped"]
        if dropped
        else []
    )


def _from_call_start(utterances: Sequence[Utterance], *, of_day: bool) -> tuple[Sequence[Utterance], list[str]]:
    """Times of the day become times from the call's start: these are such, or would start after the first hour."""
    first = next((u.start for u in utterances if u.start is not None), None)
    if not first or (first < _DAY_CLOCK_S and not of_day):
        return utterances, []
    shifted = [
        Utterance(text=u.text, speaker=u.speaker, start=_less(u.start, first), end=_less(u.end, first), line=u.line)
        for u in utterances
    ]
    return shifted, ["times are times of the day: counted from the first one"]


def _less(time: float | None, first: float) -> float | None:
    """The seconds since the first time of the day; one much earlier in the day is after midnight."""
    if time is None:
        return None
    return round(max(0.0, time - first + (_DAY_S if time < first - _DAY_S / 2 else 0.0)), 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Preamble:
    """What the lines before the first speaker tell."""

    lines: int
    title: str | None
    date: date | None
    sellers: tuple[str, ...]
    buyers: tuple[str, ...]
    named: tuple[str, ...]

    @classmethod
    def of(cls, page: _Page) -> _Preamble:
        first = page.marks[0].at if page.marks else len(page.lines)
        lines = [line.strip()[:_HEAD] for line in page.lines[:first] if line.strip()]
        sides = [found for line in lines for found in _sides_told(line)]
        return cls(
            lines=sum(1 for line in lines if not _RULE.match(line) or line.startswith("#")),
            title=next((clean(found[1]) for line in lines if (found := _MEET_TITLE.match(line))), None),
            date=_told_date(lines),
            sellers=tuple(name for side, name in sides if side is Side.SELLER),
            buyers=tuple(name for side, name in sides if side is Side.BUYER),
            named=tuple(_attendees(lines)),
        )

    def notes(self) -> list[str]:
        return [f"{counted(self.lines, 'line')} before the first speaker: skipped"] if self.lines else []


def _attendees(lines: Sequence[str]) -> Iterator[str]:
    """The names behind or below `Attendees`, with commas between them."""
    for line, below in pairwise([*lines, ""]):
        if found := _ATTENDEES.match(line):
            people = map(clean, (found[1] or below).split(","))
            yield from (name for name in people if names.looks_like_name(name))


def _told_date(lines: Sequence[str]) -> date | None:
    dated = [find_date(found[1]) for line in lines if (found := _DATE_LINE.match(line))]
    dated += [find_date(line) for line in lines if _WHOLE_DATE.match(line)]
    meet = (find_date(line) for line in lines[:2] if " - " in line and re.search(r"\d{4}/\d{2}/\d{2}", line))
    return next((day for day in [*dated, *meet] if day), None)


def _sides_told(line: str) -> list[tuple[Side, str]]:
    """Names with their sides in a header line: `Rep: Dana Whitfield`, `- Sarah (Northwind Sales Rep)`."""
    if (found := names.head_of(line.strip("*_ "))) and (side := _heading_side(found[0])) is not Side.UNKNOWN:
        people = map(clean, found[1].strip("*_ ").split(","))
        return [(side, name) for name in people if names.fits(name)]
    if person := _PERSON_LINE.match(line):
        side = read_bracket(person[2]).side
        return [(side, clean(person[1]))] if side is not Side.UNKNOWN else []
    return []


def _heading_side(label: str) -> Side:
    """The side of `Seller`, `Sellers` or `Sales`."""
    side = role_side(label)
    return role_side(label[:-1]) if side is Side.UNKNOWN and label.endswith("s") else side
