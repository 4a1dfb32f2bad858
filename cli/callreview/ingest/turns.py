"""Utterances to turns: who goes on speaking when nobody is named, and captions of one speaker joined."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from callreview.conversation import Turn
from callreview.ingest.text import counted
from callreview.ingest.transcript import Transcript, Utterance

UNKNOWN_SPEAKER = "Unknown speaker"
_BACKWARDS_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Turns numbered from 1, and what had to be assumed."""

    turns: tuple[Turn, ...]
    notes: tuple[str, ...] = ()


def join(transcript: Transcript, names: Mapping[str, str]) -> Joined:
    """The turns of a transcript; `names` gives each label's speaker name.

    Captions (`transcript.pieces`) of one speaker in a row become one turn with the first start and the
    last end. Where the file itself separates turns, they stay as the file has them.
    """
    spoken, continued, unknown = _with_speakers(transcript, names)
    groups = _runs(spoken) if transcript.pieces else [[u] for u in spoken]
    turns = tuple(_turn(number, group) for number, group in enumerate(groups, 1))
    assumed = continued if transcript.unnamed == "probably who spoke before" else 0
    return Joined(turns=turns, notes=tuple(_notes(assumed, unknown, turns)))


def call_id(turns: Iterable[Turn]) -> str:
    """Sixteen hexadecimal digits that depend on speakers, texts and starts alone."""
    digest = hashlib.sha256()
    for turn in turns:
        start = "" if turn.start is None else f"{turn.start:.3f}"
        digest.update(f"{turn.speaker}\x1f{turn.text}\x1f{start}\x1e".encode())
    return digest.hexdigest()[:16]


def _with_speakers(transcript: Transcript, names: Mapping[str, str]) -> tuple[list[Utterance], int, int]:
    """Each utterance with its speaker's name; how many went on with the former one; how many are unknown."""
    carry = transcript.unnamed != "nobody known"
    spoken: list[Utterance] = []
    current: str | None = None
    continued = unknown = 0
    for utterance in transcript.utterances:
        if utterance.speaker is not None:
            current = names[utterance.speaker]
        elif current is None or not carry:
            current = None
            unknown += 1
        else:
            continued += 1
        spoken.append(replace(utterance, speaker=current or UNKNOWN_SPEAKER))
    return spoken, continued, unknown


def _runs(utterances: Iterable[Utterance]) -> list[list[Utterance]]:
    groups: list[list[Utterance]] = []
    for utterance in utterances:
        if groups and groups[-1][-1].speaker == utterance.speaker:
            groups[-1].append(utterance)
        else:
            groups.append([utterance])
    return groups


def _turn(number: int, group: Sequence[Utterance]) -> Turn:
    ends = [u.end for u in group if u.end is not None]
    return Turn(
        number=number,
        speaker=group[0].speaker or UNKNOWN_SPEAKER,
        text=" ".join(u.text for u in group),
        start=next((u.start for u in group if u.start is not None), None),
        end=max(ends, default=None),
        line=group[0].line,
    )


def _notes(assumed: int, unknown: int, turns: Sequence[Turn]) -> Iterable[str]:
    if unknown:
        yield f"{counted(unknown, 'piece')} of which nobody is named: taken as {UNKNOWN_SPEAKER!r}"
    if assumed:
        yield f"{counted(assumed, 'piece')} without a name: taken as said by the speaker before"
    starts = [turn.start for turn in turns if turn.start is not None]
    back = sum(1 for one, two in pairwise(starts) if two < one - _BACKWARDS_S)
    if back:
        yield f"times go back at {counted(back, 'place')}"
    if turns and not starts:
        yield "the transcript holds no times"
