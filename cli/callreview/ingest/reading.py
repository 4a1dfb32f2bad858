"""One transcript from its bytes to a `Call`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from callreview.conversation import Call, Side, Speaker, Turn
from callreview.errors import InputError, Place, WrongSpeaker
from callreview.ingest import decode, turns
from callreview.ingest.about import About, by_file_name, read_sidecar
from callreview.ingest.finding import STANDARD_INPUT, not_readable
from callreview.ingest.formats import Format, named, recognise
from callreview.ingest.options import ReadOptions
from callreview.ingest.people import Person, display_names, people_of, squeezed
from callreview.ingest.roster import Roster, find_roster, read_roster
from callreview.ingest.rows import LATEST_S
from callreview.ingest.sides import Claims, is_about_sides, settle
from callreview.ingest.source import Source
from callreview.ingest.text import clean, counted, shortened
from callreview.ingest.transcript import Transcript

MAX_WORDS = 3_000_000
"""A longer talk is refused; a whole day of speech is about 100,000 words."""

_STANDARD_INPUT_TITLE = "standard input"
_LISTED = 8


def read_call(source: Path | Literal["-"], *, options: ReadOptions, data: bytes | None = None) -> Call:
    """The one call in a file; InputError where the file holds several. See `read_calls`."""
    calls = read_calls(source, options=options, data=data)
    if len(calls) > 1:
        message = f"the file holds {counted(len(calls), 'call')}, and one is wanted"
        raise InputError(message, place=Place(path=str(source)), hint="split the file call by call")
    return calls[0]


def _refuse(error: InputError | WrongSpeaker) -> None:
    raise error


def read_calls(
    source: Path | Literal["-"],
    *,
    options: ReadOptions,
    data: bytes | None = None,
    otherwise: Callable[[InputError | WrongSpeaker], object] = _refuse,
) -> tuple[Call, ...]:
    """The calls in a file, or in standard input for `-`; nearly always one.

    `data` is read in place of the file's bytes where it is given; `source` then only names it. Raises
    InputError (a transcript that cannot be read) or UsageError (options and rosters that are wrong).
    What is wrong with one call among several is told to `otherwise`, which raises it unless it is given.
    """
    file, notes, transcripts = _opened(source, options, data)
    if len(transcripts) == 1:
        return (_call(transcripts[0], file, notes),)
    calls: list[Call] = []
    for number, transcript in enumerate(transcripts, 1):
        try:
            calls.append(_call(transcript, file, () if calls else notes))
        except (InputError, WrongSpeaker) as error:
            name = shortened(repr(transcript.title)) if transcript.title else str(number)
            error.message = f"call {name}: {error.message}"
            otherwise(error)
    return tuple(calls)


def read_turns(source: Path, *, options: ReadOptions) -> tuple[tuple[Turn, ...], ...]:
    """What is said in each call of a file, whoever sells in it; raises as `read_calls` does."""
    _, _, transcripts = _opened(source, options)
    return tuple(t.call.turns if t.call else turns.join(t, _names(t)).turns for t in transcripts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """What holds for all calls of one file; `path` is None for standard input."""

    path: Path | None
    where: str
    format: str
    options: ReadOptions
    roster: Roster
    sidecar: About

    @property
    def by_name(self) -> About:
        return by_file_name(self.path.stem, self.roster.file_name) if self.path else About()

    @property
    def stem(self) -> str:
        return clean(self.path.stem) if self.path else _STANDARD_INPUT_TITLE


def _opened(
    source: Path | Literal["-"], options: ReadOptions, data: bytes | None = None
) -> tuple[_File, tuple[str, ...], tuple[Transcript, ...]]:
    """A file, notes on how it reads, and what is in it."""
    path = None if str(source) == STANDARD_INPUT else Path(source)
    where = str(source)
    decoded = decode.decode(read_bytes(path) if data is None else data, path=where)
    roster = _roster(options, path)
    columns = {**roster.columns, **({"call": options.call_column} if options.call_column else {})}
    seen = Source(text=decoded.text, path=path, columns=columns)
    reader = named(options.format) if options.format else recognise(seen, path=where)
    sidecar = read_sidecar(path) if path else About()
    file = _File(path=path, where=where, format=reader.NAME, options=options, roster=roster, sidecar=sidecar)
    notes, transcripts = _read(reader, seen, where)
    return file, (*decoded.notes, *notes), transcripts


def _names(transcript: Transcript) -> dict[str, str]:
    """The speaker name of each label."""
    return display_names(u.speaker for u in transcript.utterances if u.speaker is not None)


def _call(transcript: Transcript, file: _File, notes: Sequence[str]) -> Call:
    if transcript.call and _stands(transcript.call, file.options):
        _words(transcript.call.turns, file.where)
        return replace(
            transcript.call,
            path=file.path,
            title=transcript.call.title or file.stem,
            notes=(*notes, *transcript.notes),
            named=_named(transcript, _claims(transcript, file)),
        )
    names = _names(transcript)
    joined = turns.join(transcript, names)
    words = _words(joined.turns, file.where)
    people = people_of(transcript.utterances, names, transcript.told, words)
    claims = _claims(transcript, file)
    try:
        sides = settle(people, joined.turns, claims, path=file.where)
    except (InputError, WrongSpeaker) as error:
        error.people = (*(person.name for person in people), *_named(transcript, claims))
        raise
    sidecar, by_name = file.sidecar, file.by_name
    told = [note for note in transcript.notes if not (transcript.call and is_about_sides(note))]
    return Call(
        id=turns.call_id(joined.turns),
        title=transcript.title or sidecar.title or by_name.title or file.stem,
        format=transcript.call.format if transcript.call else file.format,
        turns=joined.turns,
        speakers=sides.speakers,
        path=file.path,
        date=transcript.date or sidecar.date or by_name.date,
        account=transcript.account or sidecar.account or by_name.account or _account(people, sides.speakers),
        duration_s=_told_duration(transcript) or _duration(joined.turns),
        coarseness_s=transcript.coarseness_s,
        can_overlap=transcript.can_overlap,
        notes=tuple(dict.fromkeys([*notes, *told, *joined.notes, *sides.notes])),
        named=(*_named(transcript, claims), *(person.email for person in people if person.email)),
    )


def _stands(call: Call, options: ReadOptions) -> bool:
    """Whether the sides that were settled when a call was read first hold, rather than what the options say now."""
    return {Side.SELLER, Side.BUYER} <= set(call.sides.values()) and not (options.sellers or options.buyers)


def _read(reader: Format, source: Source, where: str) -> tuple[tuple[str, ...], tuple[Transcript, ...]]:
    """What the reader makes of the file, without empty calls, and a note of those; its errors name the file."""
    try:
        transcripts = reader.read(source)
    except InputError as error:
        error.place = Place(path=where, line=error.place.line if error.place else None)
        raise
    spoken = tuple(transcript for transcript in transcripts if transcript.utterances)
    if not spoken:
        raise InputError(
            f"nobody says anything in this file, read as {reader.NAME} ({reader.TITLE})",
            place=Place(path=where),
            hint="the export may not have been ready, cut off or empty; or another --read-as fits",
        )
    silent = [transcript.title or "without a title" for transcript in transcripts if not transcript.utterances]
    if not silent:
        return (), spoken
    listed = ", ".join(map(shortened, silent[:_LISTED])) + (" and more" if len(silent) > _LISTED else "")
    return (f"{counted(len(silent), 'call')} of the file without words: left out ({listed})",), spoken


def read_bytes(file: Path | None) -> bytes:
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


def _claims(transcript: Transcript, file: _File) -> Claims:
    return Claims(
        option_sellers=file.options.sellers,
        option_buyers=file.options.buyers,
        sidecar=file.sidecar,
        roster=file.roster,
        header_sellers=transcript.sellers,
        header_buyers=transcript.buyers,
    )


def _named(transcript: Transcript, claims: Claims) -> tuple[str, ...]:
    """Everybody whom something besides the talk names, once; companies and domains are among them."""
    sellers = (*claims.option_sellers, *claims.sidecar.sellers, *claims.roster.all_sellers, *claims.header_sellers)
    buyers = (*claims.option_buyers, *claims.sidecar.buyers, *claims.roster.buyers, *claims.header_buyers)
    return tuple(dict.fromkeys([*sellers, *buyers, *transcript.named]))


def _roster(options: ReadOptions, file: Path | None) -> Roster:
    path = options.roster or find_roster(file.parent if file else Path.cwd())
    return read_roster(path) if path else Roster()


def _account(people: Sequence[Person], speakers: Sequence[Speaker]) -> str | None:
    """The company of the buyers, where the labels give exactly one."""
    buyers = {speaker.name for speaker in speakers if speaker.side is Side.BUYER}
    companies = {squeezed(p.company): p.company for p in people if p.company and p.name in buyers}
    return next(iter(companies.values())) if len(companies) == 1 else None


def _told_duration(transcript: Transcript) -> float | None:
    """How long the export says the call is, where a call can be so long."""
    told = transcript.duration_s
    return told if told is not None and 0 < told <= LATEST_S else None


def _duration(spoken: Sequence[Turn]) -> float | None:
    times = [time for turn in spoken for time in (turn.start, turn.end) if time is not None]
    return max(times, default=None)
