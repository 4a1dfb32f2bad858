"""The program's own JSON: a call as it was read, with everything that was settled then.

`callreview convert` writes it, one file a call. Times are seconds from the call's start, and `line` is
the line of the file that was read first. Sides stay as they were settled and where they were learnt,
unless `--seller` or `--buyer` say otherwise now; only what the first file told itself still holds then.
What the first file could not tell, this one cannot either: how coarse its times are and whether two can
be shown talking at once is written down too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.errors import InputError
from callreview.ingest import fields
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.transcript import Tells, Told, Transcript, Utterance
from callreview.ingest.turns import UNKNOWN_SPEAKER, call_id

NAME = "callreview_json"
TITLE = "callreview's own JSON"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="varies", overlaps=True)

VERSION = 1
_VERSION_KEY = "callreview_call"

_Choice = TypeVar("_Choice", Side, SideSource)


def write(call: Call) -> str:
    """The call as JSON; what is read back from it differs in the path only."""
    data = {
        _VERSION_KEY: VERSION,
        "id": call.id,
        "title": call.title,
        "date": call.date.isoformat() if call.date else None,
        "account": call.account,
        "format": call.format,
        "duration_s": call.duration_s,
        "coarseness_s": call.coarseness_s,
        "can_overlap": call.can_overlap,
        "speakers": [
            {"name": s.name, "side": s.side, "side_from": s.side_from, "team": s.team, "manager": s.manager}
            for s in call.speakers
        ],
        "turns": [
            {"number": t.number, "speaker": t.speaker, "start": t.start, "end": t.end, "line": t.line, "text": t.text}
            for t in call.turns
        ],
        "named": call.named,
        "notes": call.notes,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def sniff(source: Source) -> float:
    """1.0 for the key that says so."""
    return 1.0 if _VERSION_KEY in fields.record({"call": source.json}, "call") else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The call of the file: whole, and as utterances for sides that are settled anew."""
    data = fields.record({"call": source.json}, "call")
    if (version := fields.number(data, _VERSION_KEY)) != VERSION:
        raise InputError(
            f"this call is written in version {fields.words(data, _VERSION_KEY) or '?'} of callreview's JSON",
            hint="a newer callreview reads it"
            if version and version > VERSION
            else "convert the first transcript again",
        )
    call = _call(data)
    transcript = Transcript(
        utterances=tuple(
            Utterance(text=turn.text, speaker=turn.speaker, start=turn.start, end=turn.end, line=turn.line)
            for turn in call.turns
        ),
        pieces=False,
        told={s.name: Told(side=s.side) for s in call.speakers if s.side_from is SideSource.EXPORT},
        title=call.title,
        date=call.date,
        account=call.account,
        duration_s=call.duration_s,
        coarseness_s=call.coarseness_s,
        can_overlap=call.can_overlap,
        notes=call.notes,
        named=_texts(data, "named"),
        call=call,
    )
    return (transcript,)


def _call(data: Record) -> Call:
    """The call, also where somebody has edited it: the id and the turns' numbers follow the turns."""
    spoken = [turn for turn in fields.records(data, "turns") if fields.words(turn, "text")]
    turns = tuple(_turn(number, turn) for number, turn in enumerate(spoken, 1))
    return Call(
        id=call_id(turns),
        title=fields.words(data, "title"),
        format=fields.words(data, "format") or NAME,
        turns=turns,
        speakers=_speakers(data, turns),
        date=_date(data),
        account=fields.words(data, "account") or None,
        duration_s=_time(data, "duration_s"),
        coarseness_s=_time(data, "coarseness_s"),
        can_overlap=fields.get(data, "can_overlap") is True,
        notes=_texts(data, "notes"),
    )


def _turn(number: int, turn: Record) -> Turn:
    line = fields.number(turn, "line")
    return Turn(
        number=number,
        speaker=fields.words(turn, "speaker") or UNKNOWN_SPEAKER,
        text=fields.words(turn, "text"),
        start=_time(turn, "start"),
        end=_time(turn, "end"),
        line=int(line) if line and line >= 1 else None,
    )


def _speakers(data: Record, turns: Iterable[Turn]) -> tuple[Speaker, ...]:
    """Each name once, and nobody of the turns left out."""
    speakers: dict[str, Speaker] = {}
    for told in fields.records(data, "speakers"):
        if name := fields.words(told, "name"):
            side = _choice(told, "side", Side.UNKNOWN)
            source = _choice(told, "side_from", SideSource.NONE)
            team, manager = fields.words(told, "team") or None, fields.words(told, "manager") or None
            speaker = Speaker(name=name, side=side, side_from=source, team=team, manager=manager)
            speakers.setdefault(name, speaker)
    for turn in turns:
        speakers.setdefault(turn.speaker, Speaker(name=turn.speaker))
    return tuple(speakers.values())


def _choice(told: Record, key: str, otherwise: _Choice) -> _Choice:
    try:
        return type(otherwise)(fields.words(told, key))
    except ValueError:
        return otherwise


def _date(data: Record) -> date | None:
    try:
        return date.fromisoformat(fields.words(data, "date"))
    except ValueError:
        return None


def _time(told: Record, key: str) -> float | None:
    found = fields.number(told, key)
    return found if found is not None and found >= 0 else None


def _texts(data: Record, key: str) -> tuple[str, ...]:
    found = fields.get(data, key)
    texts = (fields.words({"text": text}, "text") for text in found) if isinstance(found, list) else ()
    return tuple(text for text in texts if text)
