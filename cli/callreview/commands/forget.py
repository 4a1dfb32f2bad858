"""`callreview forget`: erase a call or a person from a ledger, for good."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options
from callreview.errors import UsageError

if TYPE_CHECKING:
    from callreview.store.records import ReviewRecord

_CALL_ID = re.compile(r"[0-9a-f]{6,16}")

Whom = Annotated[
    str,
    typer.Argument(metavar="CALL|SPEAKER", help="The id of a call, or six of its digits; or the name of a speaker."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def forget(whom: Whom, store: options.Store, yes: Yes = False) -> None:
    """Erase a call or a person from the ledger, also from its files' bytes; transcripts are not touched.

    Of a call everything goes. Of a person, their words, quotes that name them and their name go; the calls stay, with
    levels and points as they were. Only a hash stays, so that neither comes back with the next batch.

    Exit status: 0 erased; 2 wrong usage, or not in the ledger; 4 the store failed.
    """
    from callreview.ingest.text import counted

    with options.open_store(store) as ledger:
        is_call = bool(_CALL_ID.fullmatch(whom))
        if not ledger.has_forgotten(whom):  # else it is only made sure of
            _ask(_question(ledger.review(whom) if is_call else None, whom), yes=yes)
        erased = ledger.forget_call(whom) if is_call else ledger.forget_speaker(whom)
    quotes, texts = counted(erased.quotes, "quote"), counted(erased.texts, "text")
    console.write(f"erased {quotes} and {texts} of {counted(erased.calls, 'call')}\n")


def _question(review: ReviewRecord | None, whom: str) -> str:
    if review is None:
        return f"Erase {whom} from all calls, for good?"
    return f"Erase the call {review.call.id}, {review.call.title}, for good?"


def _ask(question: str, *, yes: bool) -> None:
    """Go on only where the answer is yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("nobody can be asked whether to erase", hint="--yes erases without asking")
    typer.confirm(question, abort=True, err=True)
