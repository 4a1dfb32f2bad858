"""`callreview rubric`: look at a playbook, try its examples, find its weak spots."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import typer

from callreview.commands import console, options
from callreview.errors import UsageError, did_you_mean

app = typer.Typer(help="List, show, test and lint playbooks.", no_args_is_help=True)

Signals = Annotated[list[str] | None, typer.Argument(metavar="[SIGNAL]...", help="Only these signals.")]
ListedRubric = Annotated[
    str | None, typer.Option("--rubric", metavar="NAME|FOLDER", help="This playbook, instead of the shipped ones.")
]


@app.command("list")
def list_rubrics(rubric: ListedRubric = None) -> None:
    """All rules of the playbooks that ship with the program, or of one: prompts, violations, signals."""
    from callreview.reports.rule import rule_list
    from callreview.rubric import find_rubric, shipped_rubrics

    for name in [rubric] if rubric else shipped_rubrics():
        console.show(rule_list(options.load_rubric(name), str(find_rubric(name))))


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
        known = [*loaded.signals, *loaded.combinations, *(p.id for p in loaded.prompts)]
        known += [*(v.id for v in loaded.violations), *(i.id for i in loaded.indicators)]
        raise _unknown("rule", name, known, rubric)
    console.show(page)


@app.command()
def test(signals: Signals = None, rubric: options.RubricName = options.DEFAULT_RUBRIC) -> None:
    """Try every example of the playbook: what must be heard is heard, what must be ignored is ignored."""
    from callreview.detection.examples import check_examples, count_examples

    loaded, wanted = options.load_rubric(rubric), signals or []
    known = [*loaded.signals, *loaded.combinations]
    for name in wanted:
        if name not in known:
            raise _unknown("signal", name, known, rubric)
    failures = [str(failure) for failure in check_examples(loaded, wanted)]
    count = count_examples(loaded, wanted)
    _tell(failures, f"{_number(len(failures), 'mistake')} in {_number(count, 'example')}", f"all {count} examples hold")


@app.command()
def lint(rubric: options.RubricName = options.DEFAULT_RUBRIC) -> None:
    """Read a playbook and tell every mistake and weak spot, each with its place."""
    from callreview.detection.lint import lint as find_weak_spots

    found = [str(weak) for weak in find_weak_spots(options.load_rubric(rubric))]
    _tell(found, _number(len(found), "weak spot"), "no mistakes, no weak spots")


def _tell(found: Collection[str], summary: str, fine: str) -> None:
    """Print what was found and end the command, with status 1 where it was anything."""
    console.write("\n\n".join([*found, summary if found else fine]) + "\n")
    raise typer.Exit(1 if found else 0)


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _unknown(kind: str, name: str, known: Collection[str], rubric: str) -> UsageError:
    close = did_you_mean(name, known)
    option = "" if rubric == options.DEFAULT_RUBRIC else f" --rubric {rubric}"
    hint = f"did you mean {close!r}?" if close else f"'callreview rubric list{option}' lists them"
    return UsageError(f"no {kind} {name!r}", hint=hint)
