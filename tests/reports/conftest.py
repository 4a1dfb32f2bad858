"""Prints reports as a terminal without colour would show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

Printed = Callable[..., str]


@pytest.fixture
def printed() -> Printed:
    """`printed(report, width=80)` gives its lines, without the blanks that fill them up."""

    def text(report: RenderableType, width: int = 80) -> str:
        console = Console(width=width, color_system=None, markup=False, highlight=False, emoji=False)
        with console.capture() as captured:
            console.print(report)
        return "\n".join(line.rstrip() for line in captured.get().splitlines())

    return text
