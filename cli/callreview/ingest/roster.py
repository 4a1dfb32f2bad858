"""The roster: who sells and who buys, written down once for many calls, and how their files are made.

    sellers = ["Dana Whitfield", "sam@northwind.example", "northwind.example"]   # names, addresses, domains
    buyers = ["Trestle Homes"]                                                    # or companies
    file_name = "{date}_{account}_{title}"        # what the names of transcripts tell, without their endings

    [teams.North]
    members = ["Dana Whitfield"]
    manager = "Alex Webb"

    [csv]                                         # which column of a table holds what
    speaker = "Who"
    text = "Said"

As TOML, or as YAML with the same keys. Without `--roster` the nearest `callreview.toml` in the
transcript's folder or above is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from callreview.ingest import written
from callreview.ingest.about import FILE_NAME_FIELDS, file_name_pattern
from callreview.ingest.source import COLUMNS

FILE_NAME = "callreview.toml"
_KEYS = ("sellers", "buyers", "teams", "csv", "file_name")
_ROSTER = written.Kind(
    name="roster",
    keys="'sellers' and 'buyers'",
    example='a roster is a TOML file that says sellers = ["Dana Whitfield", "your-domain.com"], or the same as YAML',
    toml_example='sellers = ["Dana Whitfield"]',
    yaml_example="sellers: [Dana Whitfield]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who sell together; entries as written."""

    name: str
    members: tuple[str, ...] = ()
    manager: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Entries as written. `columns` says which column of a table holds what, see `source.COLUMNS`."""

    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    teams: tuple[Team, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    file_name: re.Pattern[str] | None = None

    @property
    def all_sellers(self) -> tuple[str, ...]:
        """The sellers and, as they sell too, the members and managers of the teams."""
        teams = ((*team.members, team.manager) for team in self.teams)
        return (*self.sellers, *(name for team in teams for name in team if name))


def find_roster(start: Path) -> Path | None:
    """The nearest `callreview.toml`, from the folder `start` upwards."""
    folder = start.absolute()
    return next((at / FILE_NAME for at in (folder, *folder.parents) if (at / FILE_NAME).is_file()), None)


def read_roster(path: Path) -> Roster:
    """The roster in a TOML or YAML file; UsageError with its place where it is none."""
    roster = written.read(path, _ROSTER)
    roster.refuse_typos(_KEYS, foreign=True)
    return Roster(
        sellers=roster.entries("sellers"),
        buyers=roster.entries("buyers"),
        teams=tuple(_team(roster, name) for name in roster.table("teams")),
        columns=_columns(roster),
        file_name=_file_name(roster),
    )


def _team(roster: written.Written, name: str) -> Team:
    roster.refuse_typos(("members", "manager"), foreign=False, within=("teams", name))
    members = roster.entries("teams", name, "members")
    return Team(name=name, members=members, manager=roster.word("teams", name, "manager"))


def _columns(roster: written.Written) -> dict[str, str]:
    roster.refuse_typos(COLUMNS, foreign=False, within=("csv",))
    return {key: column for key in roster.table("csv") if (column := roster.word("csv", key))}


def _file_name(roster: written.Written) -> re.Pattern[str] | None:
    text = roster.word("file_name")
    try:
        return file_name_pattern(text) if text else None
    except ValueError as error:
        hint = f"fields are {', '.join(f'{{{name}}}' for name in FILE_NAME_FIELDS)}"
        raise roster.wrong(str(error), "file_name", hint=hint) from None
