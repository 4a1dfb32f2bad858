"""CSV and TSV: a table with a header, one row a piece of speech, one call or several.

The columns are found by their usual names, in any case: `speaker`, `text`, `start`, `end`, `call_id` and
the like. Tables with other names are described in the roster file, under `[csv]`, or with
`--call-column`. Commas, semicolons, tabs and bars may part the cells. Times are seconds, `MM:SS`,
`HH:MM:SS` or points in time, which count from the call's first one; milliseconds where the column's
name says so, or where whole numbers are too large for seconds. Sides are told by a column for them, or
by roles in place of names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Literal

from callreview.conversation import Side
from callreview.errors import InputError, Place, did_you_mean
from callreview.ingest import cues, fields, rows
from callreview.ingest.decode import MAX_BYTES
from callreview.ingest.participants import side_of
from callreview.ingest.roles import role_side
from callreview.ingest.source import Source
from callreview.ingest.text import clean, counted, shortened
from callreview.ingest.times import CLOCK, find_date, moment, seconds
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "csv"
TITLE = "tables (CSV, TSV)"
ENDINGS = (".csv", ".tsv")
TELLS = Tells(sides=True, times="varies", overlaps=True)

_NAMES: Mapping[str, Sequence[str]] = {
    "call": (
        *("call_id", "transcript_id", "conversation_id", "meeting_id", "recording_id", "interaction_id"),
        *("session_id", "contact_id", "call", "callid", "conversation", "meeting"),
    ),
    "speaker": (
        *("speaker", "speaker_name", "speaker_label", "participant", "participant_name", "name", "who"),
        *("author", "user", "user_name", "speaker_id", "speaker_role", "role"),
    ),
    "side": ("side", "speaker_side", "role", "speaker_role", "speaker_type", "participant_role", "affiliation"),
    "email": ("email", "e_mail", "speaker_email", "email_address"),
    "text": (
        *("text", "transcript", "utterance", "content", "sentence", "message", "body", "speech", "said"),
        *("dialogue", "transcription"),
    ),
    "start": (
        *("start", "start_time", "timestamp", "time", "begin", "start_s", "start_sec", "start_seconds", "starttime"),
        *("offset", "time_start", "start_ms", "start_time_ms", "start_millis", "begin_ms", "offset_ms", "timestamp_ms"),
    ),
    "end": (
        *("end", "end_time", "stop", "end_s", "end_sec", "end_seconds", "endtime", "time_end"),
        *("end_ms", "end_time_ms", "end_millis", "stop_ms"),
    ),
    "date": ("date", "call_date", "meeting_date", "day"),
    "title": ("title", "call_title", "meeting_title", "subject", "topic"),
    "account": ("account", "account_name", "customer", "client"),
}
"""Usual names of the columns, the likeliest first."""

_DELIMITERS = ",;\t|"
_HEADER = 10_000
"""Characters in which a header must end."""
_SELLERS = ("seller", "internal", "agent", "host", "rep")
_BUYERS = ("buyer", "external", "guest", "lead", "contact")
_MILLISECONDS = re.compile(r"_(?:ms|millis|msec|milliseconds)$")
_LONG_S = 10_000
_TOO_SLOW = 0.05
"""In a call of so many seconds or more, nobody talks so few words a second: such times are milliseconds."""
_SINCE_1970 = 631_152_000
"""Numbers from here on count seconds since 1970."""
_DAY_CLOCK_S = 3600
_DAY_S = 24 * 3600.0
_CLOCK = re.compile(CLOCK)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """How the cells are parted, and the place of each column that is used."""

    delimiter: str
    header: Sequence[str]
    places: Mapping[str, int]

    def cell(self, cells: Sequence[str], column: str) -> str:
        """What a row holds in a column; "" where it has none."""
        place = self.places.get(column)
        return cells[place].strip() if place is not None and place < len(cells) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One row: its call, its cells and its 1-based line."""

    call: str
    cells: Sequence[str]
    line: int


def sniff(source: Source) -> float:
    """1.0 for a header with the columns that were described, 0.9 for one with speakers or times beside the text."""
    if source.looks_like_json:
        return 0.0
    try:
        table = _table(source)
    except InputError:
        return 0.0
    if source.columns and set(source.columns) <= set(table.places):
        return 1.0
    return 0.9 if {"text"} < set(table.places) and {"speaker", "side", "start"} & set(table.places) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The calls of the table, in the order of their first rows; `line` is a row's last line."""
    table = _table(source)
    for key, column in source.columns.items():
        if key not in table.places:
            raise _no_column(column, table)
    lines, notes = _lines(source, table)
    calls: dict[str, list[_Line]] = {}
    for line in lines:
        calls.setdefault(line.call, []).append(line)
    several = len(calls) > 1
    return tuple(
        _transcript(table, of_call, title=call if several else None, notes=() if number else notes)
        for number, (call, of_call) in enumerate(calls.items())
    )


# --- the table -----------------------------------------------------------------------------------


def _table(source: Source) -> _Table:
    """The table by the delimiter that finds most columns; InputError where none finds one with text."""
    header = _body(source).lstrip("\n ")[:_HEADER]
    tables = [_parted(header, delimiter, source.columns) for delimiter in _DELIMITERS]
    best = max(tables, key=lambda table: ("text" in table.places, len(table.places), len(table.header)))
    if "text" not in best.places:
        names = ", ".join(map(shortened, best.header[:12])) or "none"
        raise InputError(
            f"no column of this table is known to hold what is said; its columns are {names}",
            hint='say which one in callreview.toml, below [csv]: text = "COLUMN"',
        )
    return best


def _body(source: Source) -> str:
    """The text without the line by which spreadsheets tell each other the delimiter; it stays as a blank one."""
    return re.sub(r"^\ufeff?(?:\"?sep=.\"?(?=\n))?", "", source.text, count=1)


def _parted(header: str, delimiter: str, told: Mapping[str, str]) -> _Table:
    try:
        names = next(csv.reader(StringIO(header, newline=""), delimiter=delimiter), [])
    except csv.Error:
        names = []
    names = [clean(name) for name in names]
    return _Table(delimiter=delimiter, header=names, places=_places(names, told))


def _places(header: Sequence[str], told: Mapping[str, str]) -> dict[str, int]:
    """The place of each column, by what was told of it, or else by its usual names; no column serves twice."""
    known = [_plain(name) for name in header]
    places = {key: at for key, name in told.items() if (at := _at(_plain(name), known)) is not None}
    for key, names in _NAMES.items():
        if key not in told:
            free = (at for name in names if (at := _at(name, known)) is not None and at not in places.values())
            if (found := next(free, None)) is not None:
                places[key] = found
    return places


def _at(name: str, known: Sequence[str]) -> int | None:
    return known.index(name) if name in known else None


def _plain(name: str) -> str:
    """A column's name for comparison.

    >>> _plain("Start Time (ms)"), _plain("startTime")
    ('start_time_ms', 'start_time')
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")


def _no_column(column: str, table: _Table) -> InputError:
    close = did_you_mean(column, table.header)
    names = ", ".join(map(shortened, table.header))
    hint = f"did you mean {close!r}?" if close else f"its columns are {names}"
    return InputError(f"this table has no column {shortened(column)!r}", hint=hint)


# --- the rows ------------------------------------------------------------------------------------


def _lines(source: Source, table: _Table) -> tuple[list[_Line], tuple[str, ...]]:
    """The rows below the header, each with its call, and what was odd about them."""
    csv.field_size_limit(MAX_BYTES)
    lines: list[_Line] = []
    call, nameless, long = "", 0, 0
    for line, cells in _cells(_body(source), table.delimiter):
        named = table.cell(cells, "call")
        nameless += "call" in table.places and not named
        call = named or call
        long += len(cells) > len(table.header)
        lines.append(_Line(call=clean(call), cells=_fitted(cells, table), line=line))
    notes = []
    if nameless:
        notes.append(f"{counted(nameless, 'row')} without a call: taken to be of the call above")
    if long:
        notes.append(f"{counted(long, 'row')} with more cells than the header: the last cells joined")
    return lines, tuple(notes)


def _fitted(cells: Sequence[str], table: _Table) -> Sequence[str]:
    """A row with as many cells as the header at most: commas in a text that nobody quoted part it no longer."""
    last = len(table.header) - 1
    return [*cells[:last], table.delimiter.join(cells[last:])] if len(cells) > last + 1 else cells


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the header with their lines; blank rows are left out.

    Tables parted by tabs are often written without any quoting, so there a quote that does not fit is a letter.
    """
    try:
        found = list(_parsed(text, delimiter, csv.QUOTE_MINIMAL))
    except InputError:
        if delimiter != "\t":
            raise
        found = list(_parsed(text, delimiter, csv.QUOTE_NONE))
    yield from found[1:]


def _parsed(text: str, delimiter: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(
            f"this is no table: {error}",
            place=Place(path="", line=reader.line_num),
            hint='a cell in quotes ends with a quote, and a quote inside it is written twice: "she said ""yes"""',
        ) from None


# --- one call ------------------------------------------------------------------------------------


def _transcript(table: _Table, lines: Sequence[_Line], *, title: str | None, notes: Sequence[str]) -> Transcript:
    unit = _unit(table, lines)
    started, ended = _times(table, lines, "start", unit=unit), _times(table, lines, "end", unit=unit)
    if ":" in _first(table, lines, "start"):
        started, ended = _past_midnight(started), _past_midnight(ended)
    first = _first_time(table, lines, started)
    said = [
        rows.Row(
            text=table.cell(line.cells, "text"),
            speaker=_speaker(table, line),
            start=None if start is None else start - first,
            end=None if end is None else end - first,
            line=line.line,
        )
        for line, start, end in zip(lines, started, ended, strict=True)
    ]
    collected = rows.collect(said)
    unread = sum(
        1
        for column, times in (("start", started), ("end", ended))
        for line, time in zip(lines, times, strict=True)
        if time is None and table.cell(line.cells, column)
    )
    unread_note = [f"{counted(unread, 'time')} that cannot be read: left out"] if unread else []
    counted_from = ["times are points in time: counted from the first one"] if first else []
    if unit > 1:
        counted_from.append("times are taken as milliseconds, by their size")
    return Transcript(
        utterances=collected.utterances,
        pieces=True,
        unnamed="probably who spoke before",
        told=_told(table, lines),
        title=_first(table, lines, "title") or title,
        date=find_date(_first(table, lines, "date")) or find_date(_first(table, lines, "start")),
        account=_first(table, lines, "account") or None,
        can_overlap=cues.overlaps(collected.utterances),
        notes=(*notes, *counted_from, *unread_note, *collected.notes),
    )


def _first(table: _Table, lines: Iterable[_Line], column: str) -> str:
    """What stands first in a column."""
    return next((clean(cell) for line in lines if (cell := table.cell(line.cells, column))), "")


def _speaker(table: _Table, line: _Line) -> str:
    """A side stands for a name that is not there."""
    return clean(table.cell(line.cells, "speaker") or table.cell(line.cells, "side"))


def _told(table: _Table, lines: Iterable[_Line]) -> dict[str, Told]:
    """Sides and addresses by speaker, the first that is told of each."""
    told: dict[str, Told] = {}
    for line in lines if {"side", "email"} & set(table.places) else ():
        word, label = table.cell(line.cells, "side"), _speaker(table, line)
        side = side_of(word, sellers=_SELLERS, buyers=_BUYERS)
        new = Told(side=side if side is not Side.UNKNOWN else role_side(word), email=table.cell(line.cells, "email"))
        old = told.get(label, Told())
        told[label] = Told(side=old.side if old.side is not Side.UNKNOWN else new.side, email=old.email or new.email)
    return {label: what for label, what in told.items() if label and what != Told()}


# --- times ---------------------------------------------------------------------------------------


def _times(table: _Table, lines: Sequence[_Line], column: str, *, unit: int) -> list[float | None]:
    """Seconds by row, from the call's start or from 1970; None where a cell holds no time."""
    named = column in table.places and _MILLISECONDS.search(_plain(table.header[table.places[column]]))
    return [_time(cell, 1000 if named else unit) for cell in _time_cells(table, lines, column)]


def _unit(table: _Table, lines: Sequence[_Line]) -> int:
    """1000 where whole numbers would be seconds of a call in which hardly anybody says a word."""
    cells = [cell for column in ("start", "end") for cell in _time_cells(table, lines, column)]
    numbers = [number for number in map(_number, cells) if number is not None]
    latest = max(numbers, default=0.0)
    if latest < _LONG_S or not all(number.is_integer() for number in numbers):
        return 1
    if latest >= _SINCE_1970:
        return 1000 if latest >= _SINCE_1970 * 100 else 1
    words = sum(len(table.cell(line.cells, "text").split()) for line in lines)
    return 1000 if words / latest < _TOO_SLOW else 1


def _time_cells(table: _Table, lines: Iterable[_Line], column: str) -> list[str]:
    return [table.cell(line.cells, column).strip("[]()") for line in lines]


def _time(cell: str, unit: int) -> float | None:
    if (number := _number(cell)) is not None:
        return number / unit
    if clock := _CLOCK.fullmatch(cell):
        # Two figures for the hour: a table counts decimal fractions of seconds.
        return seconds(clock[1].zfill(2) if clock[1] else None, clock[2], clock[3], clock[4])
    return at.timestamp() if (at := moment(cell)) else None


def _past_midnight(times: Sequence[float | None]) -> list[float | None]:
    """Times of the day with those after midnight behind those of the evening before, by the first one."""
    evening = next((time for time in times if time is not None), 0.0) - _DAY_S / 2
    return [time + _DAY_S if time is not None and time < evening < _DAY_S else time for time in times]


def _number(cell: str) -> float | None:
    """A number with a point or a comma, and perhaps with its unit."""
    if not cell:
        return None
    return fields.number({"cell": cell.removesuffix("s").rstrip().replace(",", ".")}, "cell")


def _first_time(table: _Table, lines: Sequence[_Line], started: Sequence[float | None]) -> float:
    """What to count from: the call's first time where it is one of the day, as no call starts after its first hour."""
    first = min((time for time in started if time is not None), default=0.0)
    cell = _first(table, lines, "start")
    return first if first >= _DAY_CLOCK_S and (":" in cell or first >= _SINCE_1970) else 0.0
