"""What is told about a call besides its talk: by a sidecar beside the transcript, and by the file's name.

A sidecar is called NAME.meta.yaml for a transcript NAME.vtt, and all its keys may be left out:

    date: 2026-09-14
    account: Trestle Homes
    title: Renewal
    sellers: [Dana Whitfield]
    buyers: [trestle.example]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from callreview.ingest import written
from callreview.ingest.text import clean
from callreview.ingest.times import find_date

ENDING = ".meta.yaml"
_KEYS = ("date", "account", "title", "sellers", "buyers")
_SIDECAR = written.Kind(
    name="sidecar",
    keys="'date', 'account', 'title', 'sellers' and 'buyers'",
    example="a sidecar is a YAML file that says, for example, account: Trestle Homes",
    toml_example='account = "Trestle Homes"',
    yaml_example="account: Trestle Homes",
)

FILE_NAME_FIELDS = ("date", "account", "title", "any")
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Date, account, title and names, as far as they are told."""

    date: date | None = None
    account: str | None = None
    title: str | None = None
    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()


def sidecar_of(transcript: Path) -> Path:
    """Where the sidecar of a transcript is, if it has one."""
    return transcript.with_name(transcript.stem + ENDING)


def read_sidecar(transcript: Path) -> About:
    """What the sidecar of a transcript tells, nothing where there is none; UsageError where it is written wrongly."""
    path = sidecar_of(transcript)
    if not path.is_file():
        return About()
    sidecar = written.read(path, _SIDECAR)
    sidecar.refuse_typos(_KEYS, foreign=False)
    return About(
        date=_date(sidecar),
        account=clean(sidecar.word("account") or "") or None,
        title=clean(sidecar.word("title") or "") or None,
        sellers=sidecar.entries("sellers"),
        buyers=sidecar.entries("buyers"),
    )


def _date(sidecar: written.Written) -> date | None:
    told = sidecar.word("date")
    found = find_date(told) if told else None
    if told and not found:
        raise sidecar.wrong(f"no date can be read in {told!r}", "date", hint="write it as 2026-09-14")
    return found


def file_name_pattern(text: str) -> re.Pattern[str]:
    """What matches file names, without their ending, that are made like `{date}_{account}_{title}`.

    `{any}` stands for what tells nothing. Raises ValueError for a pattern that cannot be meant.
    """
    fields = _FIELD.findall(text)
    if strange := [field for field in fields if field not in FILE_NAME_FIELDS]:
        raise ValueError(f"unknown field {{{strange[0]}}} in the pattern of file names")
    told = [field for field in fields if field != "any"]
    if not told or len(set(told)) < len(told):
        raise ValueError("a pattern of file names names each field once, and at least one")
    parts = _FIELD.split(text)
    shapes = (re.escape(part) if at % 2 == 0 else _shape(part) for at, part in enumerate(parts))
    return re.compile("".join(shapes), re.DOTALL)


def _shape(field: str) -> str:
    """The date is tried as figures first, so that one with underscores stays whole between underscores."""
    if field == "date":
        return r"(?P<date>\d{4}(?P<between>[-._]?)\d{2}(?P=between)\d{2}|.+?)"
    return ".*?" if field == "any" else f"(?P<{field}>.+?)"


def by_file_name(stem: str, pattern: re.Pattern[str] | None) -> About:
    """What a file's name tells: what the pattern finds in it, and a date wherever it stands.

    >>> by_file_name("2026-09-14_Trestle Homes_Renewal", file_name_pattern("{date}_{account}_{title}")).account
    'Trestle Homes'
    """
    found = pattern.fullmatch(stem) if pattern else None
    told = found.groupdict() if found else {}
    return About(
        date=find_date(told.get("date") or "") or find_date(stem),
        account=_readable(told.get("account")),
        title=_readable(told.get("title")),
    )


def _readable(part: str | None) -> str | None:
    return clean((part or "").replace("_", " ")) or None
