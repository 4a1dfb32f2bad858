"""Shapes that terminal reports share: labelled rows that wrap beside their label, and levels as bars and words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from callreview.assessment.review import Answer

# Longer lines are hard to read.
MOST_WIDTH = 100
LABEL_WIDTH = 9
INDENT = 2
# Okabe and Ito's palette keeps apart for colour-blind eyes; every colour also has a word or a mark.
LEVEL_STYLES = {None: "dim", 0: "#d55e00", 1: "#e69f00", 2: "#56b4e9", 3: "#009e73"}


Labelled: TypeAlias = tuple[str | Text, str | Text]


def page(parts: Iterable[RenderableType]) -> Constrain:
    """A page of parts, as wide as the terminal but never too wide to read."""
    return Constrain(Group(*parts), MOST_WIDTH)


def rows(labelled: Iterable[Labelled], width: int = LABEL_WIDTH, indent: int = INDENT) -> Padding:
    """A label and a text a row; long texts wrap beside their label, which is `width` columns wide."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=width)
    grid.add_column()
    for label, text in labelled:
        grid.add_row(label, Text(text) if isinstance(text, str) else text)
    return Padding(grid, (0, 0, 0, indent))


def level_bar(answer: Answer) -> Text:
    """The level as squares and figures: a mark, a word and a colour for the same thing."""
    if answer.level is None:
        bar = "·" * answer.max_level
    else:
        bar = "■" * answer.level + "□" * (answer.max_level - answer.level)
    return Text(f"{bar} {level_words(answer)}", style=LEVEL_STYLES[answer.level])


def level_words(answer: Answer) -> str:
    """The level in figures, such as 2/3, or n/a."""
    return "n/a" if answer.level is None else f"{answer.level}/{answer.max_level}"
