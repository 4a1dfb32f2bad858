"""`callreview verify`: prove that each quote of a ledger still stands in its transcript."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callreview.commands import console, options

if TYPE_CHECKING:
    from callreview.store.verifying import Standing, Verified

WRONG, NOT_PROVED = 1, 3

Folders = Annotated[
    list[Path] | None, typer.Argument(metavar="FOLDER...", help="Where else to look for transcripts that were moved.")
]


def verify(
    store: options.Store,
    folders: Folders = None,
    roster: options.Roster = None,
    read_as: options.ReadAs = None,
    call_column: options.CallColumn = None,
) -> None:
    """Read the transcripts again and prove that each quote in the ledger stands at its place, said by whom it says.

    Prints the calls that are not proved where they were: moved, changed (another talk is in the file now), missing,
    unreadable, unknown (the path was forgotten), wrong (a quote does not stand there).

    Exit status: 0 all proved, where they were or where they were moved to; 1 a quote is wrong; 2 wrong usage;
    3 some transcripts are changed, missing, unreadable or unknown; 4 the store failed.
    """
    from callreview.store.verifying import Standing

    standings: Counter[Standing] = Counter()
    quotes = 0
    with options.open_store(store, read_only=True) as ledger:
        for found in ledger.verify(options.read_options(None, None, roster, read_as, call_column), folders or ()):
            standings[found.standing] += 1
            quotes += found.quotes - len(found.wrong) if found.found_at else 0
            if found.standing is not Standing.PROVED:
                console.write(_line(found))
    proved = standings[Standing.PROVED] + standings[Standing.MOVED]
    console.tell(f"{_counted(standings)}; {quotes:,} quotes stand at their places")
    if standings[Standing.WRONG]:
        raise typer.Exit(WRONG)
    if proved < standings.total():
        raise typer.Exit(NOT_PROVED)


def _counted(standings: Counter[Standing]) -> str:
    """How many calls are in which standing, the best first.

    >>> from callreview.store.verifying import Standing
    >>> _counted(Counter([Standing.MOVED, Standing.PROVED, Standing.PROVED]))
    '2 proved, 1 moved'
    """
    from callreview.store.verifying import Standing

    return ", ".join(f"{standings[s]:,} {s}" for s in Standing if standings[s]) or "no calls"


def _line(found: Verified) -> str:
    """What became of a call's transcript; where quotes are wrong, their turns."""
    turns = ", ".join(map(str, sorted({quote.turn for quote in found.wrong})))
    more = f"turn {turns}" if turns else f"now {found.found_at}" if found.found_at else found.why
    parts = [f"{found.standing:<10}", found.call_id, found.path or "-", *([more] if more else [])]
    return "  ".join(parts) + "\n"
