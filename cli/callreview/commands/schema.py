"""`callreview schema`: the JSON Schemas of what the program reads and prints."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from callreview.commands import console


class Name(StrEnum):
    """What has a schema."""

    REVIEW = "review"
    RUBRIC = "rubric"
    SIGNAL = "signal"
    CONTEXTS = "contexts"
    LISTS = "lists"
    COMBINATIONS = "combinations"


def schema(name: Annotated[Name, typer.Argument(help="The review that check prints, or a rubric file.")]) -> None:
    """Print a JSON Schema, for editors that complete rubric files and programs that read reviews."""
    console.write(json.dumps(_schema(name), indent=2, ensure_ascii=False) + "\n")


def _schema(name: Name) -> dict[str, object]:
    if name is Name.REVIEW:
        from callreview.reports.contract import review_schema

        return review_schema()
    from callreview.rubric.schema import json_schema

    return json_schema(name.value)
