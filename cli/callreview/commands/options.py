"""Options that several commands share, and how they become what the floors below take."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from callreview.assessment.reviewer import Reviewer
    from callreview.ingest import ReadOptions
    from callreview.rubric import Rubric
    from callreview.store.ledger import Ledger

DEFAULT_RUBRIC = "upselling"
DEFAULT_STORE = "callreview-ledger.db"

Files: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="FILE...", help="Transcripts, folders or patterns; - is standard input.")
]
AnyFiles: TypeAlias = Annotated[
    list[str] | None, typer.Argument(metavar="FILE...", help="Transcripts, folders or patterns; - is standard input.")
]
Sellers: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--seller", metavar="WHO", help="Who sells: a name, an e-mail address or a domain. Repeatable."),
]
Buyers: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--buyer", metavar="WHO", help="Who buys: a name, an e-mail address or a domain. Repeatable."),
]
Roster: TypeAlias = Annotated[
    Path | None,
    typer.Option("--roster", metavar="FILE", help="Who is who; without it, the nearest callreview.toml upwards."),
]
ReadAs: TypeAlias = Annotated[
    str | None,
    typer.Option("--read-as", metavar="FORMAT", help="The format of the transcript, where its content leaves it open."),
]
CallColumn: TypeAlias = Annotated[
    str | None,
    typer.Option("--call-column", metavar="COLUMN", help="The column of a table (CSV, TSV) that tells calls apart."),
]
RubricName: TypeAlias = Annotated[
    str, typer.Option("--rubric", metavar="NAME|FOLDER", help="The playbook: a shipped one or a folder of your own.")
]

Redact: TypeAlias = Annotated[
    bool,
    typer.Option("--redact", help="Mask people's names, e-mail addresses, phone and card numbers in the reports."),
]

Store: TypeAlias = Annotated[
    str,
    typer.Option(
        "--store",
        metavar="FILE|ADDRESS",
        envvar="CALLREVIEW_STORE",
        default_factory=lambda: DEFAULT_STORE,
        show_default=DEFAULT_STORE,
        help="The ledger: a SQLite file, or postgresql+psycopg://… .",
    ),
]


def open_store(store: str, *, create: bool = False, read_only: bool = False) -> Ledger:
    """The ledger that `--store` names; StoreError where it cannot be opened."""
    from callreview.store.ledger import open_ledger

    return open_ledger(store, create=create, read_only=read_only)


def read_options(
    sellers: list[str] | None,
    buyers: list[str] | None,
    roster: Path | None,
    read_as: str | None,
    call_column: str | None,
) -> ReadOptions:
    """The options of the command line as ingest takes them."""
    from callreview.ingest import ReadOptions

    return ReadOptions(
        format=read_as,
        sellers=tuple(sellers or ()),
        buyers=tuple(buyers or ()),
        roster=roster,
        call_column=call_column,
    )


def load_rubric(name: str) -> Rubric:
    """A playbook by name or folder; raises RubricError or UsageError."""
    from callreview.assessment.reviewer import load_playbook
    from callreview.rubric import find_rubric

    return load_playbook(find_rubric(name))


@cache
def make_reviewer(name: str) -> Reviewer:
    """A reviewer with a playbook compiled into it."""
    with _lasting():
        from callreview.assessment.reviewer import Reviewer

        return Reviewer(load_rubric(name))


@contextmanager
def _lasting() -> Iterator[None]:
    """What is made meanwhile stays until the end, so the garbage collector looks at it neither now nor later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
