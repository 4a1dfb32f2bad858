"""`callreview rubric`: look at a playbook, try its examples, find its weak spots."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import typer

from callreview import shipped
from callreview.commands import console, options
from callreview.errors import UsageError, did_you_mean

app = typer.Typer(help="List, show, test and lint playbooks.", no_args_is_help=True)

Signals = Annotated[list[str] | None, typer.Argument(metavar="[SIGNAL]...", help="Only these signals.")]


@app.command("list")
def list_rubrics() -> None:
    """The playbooks that ship with the program, with their prompts and signals."""
    for folder in sorted(p.parent for p in shipped.rubrics().glob("*/rubric.yaml")):
        rubric = options.load_rubric(folder.name)
        print(f"{rubric.id} {rubric.version}: {rubric.title}")
        print(f"  prompts:    {', '.join(p.id for p in rubric.prompts)}")
        print(f"  violations: {', '.join(v.id for v in rubric.violations)}")
        print(f"  signals:    {', '.join(sorted(rubric.signals))}")
        print(f"  folder:     {folder}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(metavar="RULE", help="A signal, prompt or violation.")],
    rubric: options.RubricName = options.DEFAULT_RUBRIC,
) -> None:
    """One rule on a page: what it finds, why it matters, what does not count, where it comes from."""
    from callreview.reports.rule import rule_page

    loaded = options.load_rubric(rubric)
    page = rule_page(loaded, name)
    if page is None:
        known = [
            *loaded.signals,
            *loaded.combinations,
            *(p.id for p in loaded.prompts),
            *(v.id for v in loaded.violations),
        ]
        close = did_you_mean(name, known)
        raise UsageError(
            f"no rule {name!r}", hint=f"did you mean {close!r}?" if close else "see callreview rubric list"
        )
    console.out().print(page)


@app.command()
def test(signals: Signals = None, rubric: options.RubricName = options.DEFAULT_RUBRIC) -> None:
    """Try every example of the playbook: what must be heard is heard, what must be ignored is ignored."""
    from callreview.detection.examples import check_examples

    loaded = options.load_rubric(rubric)
    failures = list(check_examples(loaded, _known(loaded.signals, signals)))
    for failure in failures:
        print(f"{failure}\n")
    count = sum(len(s.file.finds) + len(s.file.ignores) for s in loaded.signals.values())
    print(f"{len(failures)} of {count} examples fail" if failures else f"all {count} examples hold")
    raise typer.Exit(1 if failures else 0)


@app.command()
def lint(rubric: options.RubricName = options.DEFAULT_RUBRIC) -> None:
    """Read a playbook and tell every mistake and weak spot, each with its place."""
    from callreview.assessment.readings import check_readings
    from callreview.detection.lint import lint as find_warnings

    loaded = options.load_rubric(rubric)
    check_readings(loaded)
    warnings = list(find_warnings(loaded))
    for warning in warnings:
        print(f"{warning}\n")
    print(f"{len(warnings)} weak spots" if warnings else "no mistakes, no weak spots")
    raise typer.Exit(1 if warnings else 0)


def _known(signals: Iterable[str], wanted: list[str] | None) -> list[str]:
    names = list(signals)
    for name in wanted or []:
        if name not in names:
            close = did_you_mean(name, names)
            raise UsageError(f"no signal {name!r}", hint=f"did you mean {close!r}?" if close else None)
    return wanted or []
