"""Gong: the transcripts of its API, with what its API tells of the calls.

A transcript (`POST /v2/calls/transcript`) knows people only by numbers. Their names and sides, the
title, the day and the account stand in the extensive data (`POST /v2/calls/extensive`), which is looked
for in the same file and in the JSON files beside it, by the call's id. Read are also files of one call
(`payload`), calls with their transcript inside, and lists of monologues without a call.

Times are milliseconds, although some descriptions and converters say seconds: the unit is told by the
call's duration, which is in seconds, or else by how fast people would speak. Sides are told by
`affiliation`. Each speaker has times of their own, so that two can be shown talking at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from callreview.errors import InputError, NoCall
from callreview.ingest import exports, fields, participants, rows
from callreview.ingest.fields import Record
from callreview.ingest.source import Source
from callreview.ingest.times import day
from callreview.ingest.transcript import Tells, Told, Transcript

NAME = "gong"
TITLE = "Gong call transcripts"
ENDINGS = (".json",)
TELLS = Tells(sides=True, times="start and end", overlaps=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """One call's monologues, and the object of the file that holds them."""

    call: str
    monologues: Sequence[Record]
    holder: Record


def sniff(source: Source) -> float:
    """1.0 for the keys that only Gong uses, 0.9 for monologues of sentences."""
    data = fields.record(source.json)
    if "callTranscripts" in data or _is_extensive(data) or _is_not_found(data):
        return 1.0
    return 0.9 if any(script.monologues for script in _scripts(data)) else 0.0


def read(source: Source) -> tuple[Transcript, ...]:
    """The calls of a file that have speech; seconds from the call's start."""
    data = fields.record(source.json)
    scripts = list(_scripts(data))
    if not scripts:
        raise _without_transcript(data)
    inside = _calls_in(data)
    beside = source.beside(_calls_beside) if any(script.call not in inside for script in scripts) else {}
    calls = [_transcript(script, _told_of(script, inside, beside)) for script in scripts]
    nothing = InputError(
        "this Gong transcript is empty: nobody says anything in it",
        hint="Gong may not have transcribed the call yet: export it again later",
    )
    return exports.with_speech(calls, nothing)


# --- where the calls are -------------------------------------------------------------------------


def _scripts(data: Record) -> Iterator[_Script]:
    if "callTranscripts" in data:
        yield from (_script(item) for item in fields.records(data, "callTranscripts"))
        return
    monologues = fields.records(data, "transcripts")
    if _has_sentences(monologues):
        yield _Script(call=_call_id(data), monologues=monologues, holder=data)
        return
    holders = [data, fields.record(data, "payload"), *monologues, *fields.records(data, "calls")]
    yield from (script for script in map(_script, holders) if _has_sentences(script.monologues))


def _script(holder: Record) -> _Script:
    inner = fields.get(holder, "transcript")
    key = ("transcript", "transcript") if isinstance(inner, Mapping) else ("transcript",)
    return _Script(call=_call_id(holder), monologues=fields.records(holder, *key), holder=holder)


def _has_sentences(monologues: Sequence[Record]) -> bool:
    return any("sentences" in monologue and "speakerId" in monologue for monologue in monologues)


def _call_id(holder: Record) -> str:
    return fields.words(holder, "callId") or fields.words(holder, "metaData", "id") or fields.words(holder, "id")


# --- what is told of them ------------------------------------------------------------------------


def _is_extensive(data: Record) -> bool:
    return any("parties" in call for call in _calls_in(data).values())


def _is_not_found(data: Record) -> bool:
    errors = fields.get(data, "errors")
    return "requestId" in data and isinstance(errors, list) and any("calls found" in str(error) for error in errors)


def _calls_in(data: Record) -> dict[str, Record]:
    """The extensive data of the calls in a file, by the call's id."""
    found = [data, fields.record(data, "payload"), *fields.records(data, "calls")]
    return {_call_id(call): call for call in found if isinstance(call.get("metaData"), Mapping)}


def _calls_beside(source: Source) -> Mapping[str, Record]:
    """As `_calls_in`, without the large parts that nobody asks for."""
    if '"metaData"' not in source.text:
        return {}
    return {
        key: {name: value for name, value in call.items() if name in ("metaData", "parties", "context")}
        for key, call in _calls_in(fields.record(source.json)).items()
    }


def _told_of(script: _Script, inside: Mapping[str, Record], beside: Mapping[str, Record]) -> Record:
    """The extensive data of a call: its own object, one in the file, or one beside the file.

    A transcript without the call's id is of the one call in which all take part who speak in it.
    """
    if "parties" in script.holder:
        return script.holder
    if not script.call and len(inside) == 1:
        return next(iter(inside.values()))
    if script.call:
        return inside.get(script.call) or beside.get(script.call, {})
    speakers = set(map(_speaker, script.monologues)) - {""}
    calls = [*inside.values(), *beside.values()]
    return exports.only_one(call for call in calls if speakers and speakers <= _speakers_in(call))


def _speakers_in(call: Record) -> set[str]:
    return set(map(_speaker, fields.records(call, "parties")))


# --- one call ------------------------------------------------------------------------------------


def _transcript(script: _Script, call: Record) -> Transcript:
    meta = fields.record(call, "metaData")
    duration = fields.number(meta, "duration")
    parties = fields.records(call, "parties")
    people = {key: _party(party) for party in parties if (key := _speaker(party))}
    unit = _unit(script.monologues, duration)
    # A change of the topic cuts a monologue in two, so these are pieces.
    said = exports.transcript((_row(monologue, unit) for monologue in script.monologues), people)
    return replace(
        said,
        named=(*said.named, *participants.listed([party for party in parties if not _speaker(party)])),
        title=fields.words(meta, "title") or None,
        date=day(fields.get(meta, "started")) or day(fields.get(meta, "scheduled")),
        account=_account(call),
        duration_s=duration,
        can_overlap=True,
        notes=said.notes if call else (*said.notes, _NO_NAMES),
    )


_NO_NAMES = "Gong's extensive data of the call is not in the file or beside it: speakers have no names and no sides"


def _speaker(holder: Record) -> str:
    return fields.words(holder, "speakerId")


def _party(party: Record) -> participants.Participant:
    side = participants.side_of(fields.words(party, "affiliation"), sellers=["internal"], buyers=["external"])
    return participants.Participant(
        name=fields.words(party, "name") or fields.words(party, "emailAddress") or fields.words(party, "phoneNumber"),
        told=Told(side=side, email=fields.words(party, "emailAddress") or None),
    )


def _row(monologue: Record, unit: float) -> rows.Row:
    sentences = fields.records(monologue, "sentences")
    starts = [start for sentence in sentences if (start := fields.number(sentence, "start")) is not None]
    ends = [end for sentence in sentences if (end := fields.number(sentence, "end")) is not None]
    return rows.Row(
        text=" ".join(fields.words(sentence, "text") for sentence in sentences),
        speaker=_speaker(monologue),
        start=starts[0] * unit if starts else None,
        end=ends[-1] * unit if ends else None,
    )


def _unit(monologues: Sequence[Record], duration: float | None) -> float:
    """The seconds that one unit of a transcript's times is."""
    sentences = [sentence for monologue in monologues for sentence in fields.records(monologue, "sentences")]
    last = max((end for sentence in sentences if (end := fields.number(sentence, "end")) is not None), default=0.0)
    words = sum(len(fields.words(sentence, "text").split()) for sentence in sentences)
    return exports.unit_of(last, duration_s=duration, words=words)


def _account(call: Record) -> str | None:
    """The account's name in the customer database, of the call or else of one who takes part."""
    contexts = [call, *fields.records(call, "parties")]
    names = (
        fields.words(field, "value")
        for holder in contexts
        for system in fields.records(holder, "context")
        for thing in fields.records(system, "objects")
        if fields.words(thing, "objectType").casefold() in ("account", "company")
        for field in fields.records(thing, "fields")
        if fields.words(field, "name").casefold() == "name"
    )
    return next((name for name in names if name), None)


def _without_transcript(data: Record) -> InputError:
    if _is_not_found(data):
        return InputError("this is Gong's answer that it has no such call", hint="check the call's id and the dates")
    if "callTranscripts" in data:
        return InputError("Gong gave no transcript", hint="the calls may not be transcribed yet: export them again")
    if not _is_extensive(data):
        return InputError("this holds no Gong transcript", hint="leave out --read-as: the content tells the format")
    return NoCall(
        "this is what Gong tells of calls, without their transcripts: it is read together with a transcript beside it",
        hint="export the transcripts with POST /v2/calls/transcript",
    )
