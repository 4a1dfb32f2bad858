"""A table of text, for the terminal or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich import table as rich_table
from rich.console import Group
from rich.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A title, the heads of the columns and the rows; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def on_terminal(self) -> Group:
        """The title above the table: names on the left, figures on the right."""
        table = rich_table.Table(box=None, pad_edge=False)
        for i, column in enumerate(self.columns):
            table.add_column(column, justify="right" if i else "left", no_wrap=True)
        for row in self.rows:
            table.add_row(*row)
        return Group(Text(self.title, style="bold"), table, Text())

    def as_markdown(self) -> Iterator[str]:
        """The lines of a Markdown table, without the title; what has a meaning to Markdown must be escaped before."""
        yield f"| {' | '.join(self.columns)} |"
        yield f"|{'---|' * len(self.columns)}"
        for row in self.rows:
            yield f"| {' | '.join(row)} |"
