"""One transcript from its bytes to a `Call`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Literal

from callreview.conversation import Call, Side, Speaker, Turn
from callreview.errors import InputError, Place
from callreview.ingest import decode, turns
from callreview.ingest.finding import STANDARD_INPUT, not_readable
from callreview.ingest.formats import Format, named, recognise
from callreview.ingest.options import ReadOptions
from callreview.ingest.people import Person, display_names, people_of, squeezed
from callreview.ingest.roster import Roster, find_roster, read_roster
from callreview.ingest.sides import Claims, settle
from callreview.ingest.source import Source
from callreview.ingest.text import clean, counted
from callreview.ingest.times import find_date
from callreview.ingest.transcript import Transcript

MAX_WORDS = 3_000_000
"""A longer talk is refused; a whole day of speech is about 100,000 words."""

_STANDARD_INPUT_TITLE = "standard input"


def read_call(source: Path | Literal["-"], *, options: ReadOptions, data: bytes | None = None) -> Call:
    """The one call in a file; InputError where the file holds several. See `read_calls`."""
    calls = read_calls(source, options=options, data=data)
    if len(calls) > 1:
        message = f"the file holds {counted(len(calls), 'call')}, and one is wanted"
        raise InputError(message, place=Place(path=str(source)), hint="split the file call by call")
    return calls[0]


def read_calls(source: Path | Literal["-"], *, options: ReadOptions, data: bytes | None = None) -> tuple[Call, ...]:
    """The calls in a file, or in standard input for `-`; nearly always one.

    `data` is read in place of the file's bytes where it is given; `source` then only names it. Raises
    InputError (a transcript that cannot be read) or UsageError (options and rosters that are wrong).
    """
    file = None if str(source) == STANDARD_INPUT else Path(source)
    where = str(source)
    decoded = decode.decode(_bytes(file) if data is None else data, path=where)
    seen = Source(text=decoded.text, path=file)
    reader = named(options.format) if options.format else recognise(seen, path=where)
    return tuple(
        _call(transcript, reader, file, where, options=options, notes=decoded.notes)
        for transcript in _read(reader, seen, where)
    )


def _call(
    transcript: Transcript, reader: Format, file: Path | None, where: str, *, options: ReadOptions, notes: Sequence[str]
) -> Call:
    names = display_names(u.speaker for u in transcript.utterances if u.speaker is not None)
    joined = turns.join(transcript, names)
    words = _words(joined.turns, where)
    people = people_of(transcript.utterances, names, transcript.told, words)
    sides = settle(people, joined.turns, _claims(options, transcript, file), path=where)
    return Call(
        id=turns.call_id(joined.turns),
        title=transcript.title or (clean(file.stem) if file else _STANDARD_INPUT_TITLE),
        format=reader.NAME,
        turns=joined.turns,
        speakers=sides.speakers,
        path=file,
        date=transcript.date or _date_in_name(file),
        account=transcript.account or _account(people, sides.speakers),
        duration_s=transcript.duration_s or _duration(joined.turns),
        coarseness_s=transcript.coarseness_s,
        can_overlap=transcript.can_overlap,
        notes=(*notes, *transcript.notes, *joined.notes, *sides.notes),
    )


def _read(reader: Format, source: Source, where: str) -> tuple[Transcript, ...]:
    """What the reader makes of the file, with the file's name in its errors."""
    try:
        transcripts = reader.read(source)
    except InputError as error:
        error.place = Place(path=where, line=error.place.line if error.place else None)
        raise
    if not transcripts or not all(transcript.utterances for transcript in transcripts):
        raise InputError(
            f"nobody says anything in this file, read as {reader.NAME} ({reader.TITLE})",
            place=Place(path=where),
            hint="the export may not have been ready, cut off or empty; or another --read-as fits",
        )
    return transcripts


def _bytes(file: Path | None) -> bytes:
    """The bytes of a file or of standard input; a little more than `decode` takes at most."""
    if file is None and sys.stdin is None:
        raise InputError("standard input is closed", place=Place(path=STANDARD_INPUT), hint="name a file instead of -")
    try:
        with file.open("rb") if file else nullcontext(sys.stdin.buffer) as stream:
            return stream.read(decode.MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise not_readable(file or Path(STANDARD_INPUT), error) from None


def _words(spoken: Sequence[Turn], where: str) -> Counter[str]:
    """How many words each speaker says; InputError beyond `MAX_WORDS`."""
    words: Counter[str] = Counter()
    for turn in spoken:
        words[turn.speaker] += len(turn.text.split())
    if words.total() > MAX_WORDS:
        raise decode.too_large(where, f"{MAX_WORDS:,} words")
    return words


def _claims(options: ReadOptions, transcript: Transcript, file: Path | None) -> Claims:
    return Claims(
        option_sellers=options.sellers,
        option_buyers=options.buyers,
        roster=_roster(options, file),
        header_sellers=transcript.sellers,
        header_buyers=transcript.buyers,
    )


def _roster(options: ReadOptions, file: Path | None) -> Roster:
    path = options.roster or find_roster(file.parent if file else Path.cwd())
    return read_roster(path) if path else Roster()


def _date_in_name(file: Path | None) -> date | None:
    return find_date(file.stem) if file else None


def _account(people: Sequence[Person], speakers: Sequence[Speaker]) -> str | None:
    """The company of the buyers, where the labels give exactly one."""
    buyers = {speaker.name for speaker in speakers if speaker.side is Side.BUYER}
    companies = {squeezed(p.company): p.company for p in people if p.company and p.name in buyers}
    return next(iter(companies.values())) if len(companies) == 1 else None


def _duration(spoken: Sequence[Turn]) -> float | None:
    times = [time for turn in spoken for time in (turn.start, turn.end) if time is not None]
    return max(times, default=None)
