"""The `callreview` command: its subcommands, and how errors end it.

Modules of subcommands import what is heavy inside their functions, so that `--help` is quick.
"""

from __future__ import annotations

import signal
import sys
from threading import Event
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from callreview import __version__
from callreview.commands import (
    batch,
    calibrate,
    card,
    check,
    console,
    convert,
    demo,
    draft,
    evaluate,
    explain,
    export,
    forget,
    formats,
    rubric,
    schema,
    verdict,
    verify,
    week,
)
from callreview.errors import CallreviewError, Defect

INTERRUPTED = 130


class Commands(TyperGroup):
    """The subcommands; a reader that has enough, as `head` has, ends them quietly."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed."""
        try:
            result = super().invoke(ctx)
            console.write("")
        except BrokenPipeError:
            console.let_go()
            raise typer.Exit from None
        return result


app = typer.Typer(
    name="callreview",
    cls=Commands,
    help="Read the transcript of a sales call and tell, with exact quotes, how well the upsell was handled.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """What holds for all subcommands."""
    if version:
        typer.echo(f"callreview {__version__}")
        raise typer.Exit


app.command("check")(check.check)
app.command("card")(card.card)
app.command("batch")(batch.batch)
app.command("verify")(verify.verify)
app.command("export")(export.export)
app.command("forget")(forget.forget)
app.command("explain")(explain.explain)
app.command("convert")(convert.convert)
app.command("formats")(formats.formats)
app.command("draft")(draft.draft)
app.command("demo")(demo.demo)
app.command("evaluate")(evaluate.evaluate)
app.command("week")(week.week)
app.command("verdict")(verdict.verdict)
app.command("calibrate")(calibrate.calibrate)
app.add_typer(rubric.app, name="rubric")
app.command("schema")(schema.schema)


def _interrupts() -> Event:
    """Set by an interrupt, which code in C that is being imported may swallow or turn into an error of its own."""
    interrupted = Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        signal.default_int_handler(number, frame)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    return interrupted


def main() -> None:
    """Run the command; whatever goes wrong is told in its own words and ends with its own status."""
    interrupted = _interrupts()
    try:
        console.prepare()
        app()
    except SystemExit:
        if interrupted.is_set():
            sys.exit(INTERRUPTED)
        raise
    except CallreviewError as error:
        console.complain(error)
        sys.exit(error.exit_status)
    except Exception as error:
        if interrupted.is_set():
            sys.exit(INTERRUPTED)
        defect = Defect(error)
        console.complain(defect)
        sys.exit(defect.exit_status)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
