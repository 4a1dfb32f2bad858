"""The documents say what the program does."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from callreview.commands.app import app

ROOT = Path(__file__).parents[1]


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    for child, sub in getattr(command, "commands", {}).items():
        yield from commands(sub, f"{name} {child}")


def test_the_reference_names_every_command_and_option() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text()
    for name, command in commands(typer.main.get_command(app), "callreview"):
        assert f"`{name}`" in reference
        for parameter in command.params:
            assert all(f"`{o}" in reference or f", {o}" in reference for o in parameter.opts if o.startswith("--")), (
                f"{name} {parameter.opts}: make docs/reference.md anew"
            )


def anchors(text: str) -> set[str]:
    """What GitHub calls the headings of a page in links to them."""
    headings = (line.lstrip("#").strip().lower() for line in text.splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")]), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text()
    for part in text.split("](")[1:]:
        target = part.split(")")[0]
        if target.startswith("#"):
            assert target[1:] in anchors(text), f"{page.name} has no heading {target}"
        elif not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
