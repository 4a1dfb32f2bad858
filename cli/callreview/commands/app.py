"""The `callreview` command: its subcommands, and how errors end it.

Modules of subcommands import what is heavy inside their functions, so that `--help` is quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from callreview import __version__
from callreview.commands import check, demo, evaluate, explain, rubric, schema
from callreview.commands.console import complain, speak_utf8
from callreview.errors import CallreviewError

app = typer.Typer(
    name="callreview",
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
app.command("explain")(explain.explain)
app.command("demo")(demo.demo)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(rubric.app, name="rubric")
app.command("schema")(schema.schema)


def main() -> None:
    """Run the command; an expected error is printed and ends with its own status."""
    speak_utf8()
    try:
        app()
    except CallreviewError as error:
        complain(error)
        sys.exit(error.exit_status)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
