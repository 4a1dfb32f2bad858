"""`callreview draft`: what is written after a call, from what was said in it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import InputError, Place, UsageError

if TYPE_CHECKING:
    from callreview.conversation import Call
    from callreview.ingest import ReadOptions


class Kind(StrEnum):
    """What is drafted."""

    PLAN = "plan"
    EMAIL = "email"
    CRM = "crm"
    EXIT = "exit"


class Format(StrEnum):
    """How CRM fields are printed."""

    JSON = "json"
    CSV = "csv"


CallName = Annotated[
    str,
    typer.Argument(
        metavar="CALL", help="A transcript, - for standard input; or, with --store, how a call's id begins."
    ),
]
Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="FILE|ADDRESS",
        envvar="CALLREVIEW_STORE",
        help="The ledger that knows the call; its transcript is read again.",
    ),
]


def draft(
    kind: Annotated[
        Kind, typer.Argument(help="plan: mutual action plan; email: two ways to go on; crm: five fields; exit: checks.")
    ],
    call: CallName,
    format: Annotated[Format, typer.Option("--format", help="How crm is printed.")] = Format.JSON,
    store: Store = None,
    seller: options.Sellers = None,
    buyer: options.Buyers = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
    redact: options.Redact = False,
) -> None:
    """Draft what is written after a call: every sentence is a quote with its turn, or an open question.

    Exit status: 0 drafted; 2 wrong usage, rubric or template; 3 the transcript could not be read; 4 callreview failed.
    """
    from callreview.assessment.assess import assess
    from callreview.assessment.deal import deal_of
    from callreview.reports import drafts
    from callreview.reports.redaction import Redaction, errors_redacted

    with console.Progress(1) as progress:
        reading = options.read_options(seller, buyer, roster, read_as, call_column)
        with errors_redacted(redact):
            found = _read(call, store, reading)
        reviewer = options.make_reviewer(rubric)
        progress.on("reviewing")
        hearing = reviewer.hear(found)
        review = assess(hearing, reviewer.rubric)
    if redact:
        redaction = Redaction(found)
        hearing, review = redaction.hearing(hearing), redaction.review(review)
    made = drafts.Drafts(review, deal_of(hearing))
    match kind:
        case Kind.CRM:
            as_text = drafts.crm_json if format is Format.JSON else drafts.crm_csv
            text = as_text(review.call, made.crm())
        case Kind.PLAN:
            text = made.written(drafts.PLAN, reviewer.rubric)
        case Kind.EMAIL:
            text = made.written(drafts.EMAIL, reviewer.rubric)
        case Kind.EXIT:
            text = made.written(drafts.EXIT, reviewer.rubric)
    console.write(text.rstrip("\n") + "\n")


def _read(name: str, store: str | None, reading: ReadOptions) -> Call:
    """The call in a transcript, or the one of the ledger whose id begins so."""
    from callreview.ingest import read_call

    if name != "-" and store and not Path(name).exists():
        return _known(name, store, reading)
    return read_call("-" if name == "-" else Path(name), options=reading)


def _known(prefix: str, store: str, reading: ReadOptions) -> Call:
    """A call of the ledger, from its transcript as that is now, with the sellers that it was reviewed with."""
    from callreview.conversation import Side
    from callreview.ingest import read_calls

    with options.open_store(store, read_only=True) as ledger:
        record = ledger.review(prefix).call
    if record.path is None:
        raise UsageError(f"call {record.id} was read from standard input", hint="name its transcript instead")
    sides = {side: tuple(s.name for s in record.speakers if s.side is side) for side in (Side.SELLER, Side.BUYER)}
    known = reading if reading.sellers else replace(reading, sellers=sides[Side.SELLER], buyers=sides[Side.BUYER])
    for call in read_calls(Path(record.path), options=known):
        if call.id == record.id:
            return call
    raise InputError(
        f"call {record.id} is no longer in it",
        place=Place(path=record.path),
        hint="the transcript has changed: review it again, or name the file to draft from it as it is",
    )
