"""The JSON is what docs/review.md says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call
from callreview.reports.contract import ReviewShape
from callreview.reports.jsonl import line

SAMPLES = sorted(p for p in shipped.transcripts().rglob("*") if p.suffix in {".txt", ".vtt", ".srt"})
CONTRACT = TypeAdapter(ReviewShape)
EXAMPLE = (Path(__file__).parents[2] / "docs" / "review.md").read_text().split("```json\n")[1].split("```")[0]


def keys(value: Any, place: str = "") -> Iterator[tuple[str, list[str]]]:
    """The keys of every object, in their order, by its place."""
    if isinstance(value, dict):
        yield place, list(value)
        for key, inner in value.items():
            yield from keys(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{place}[]")


def test_the_documented_example_follows_the_contract() -> None:
    CONTRACT.validate_json(EXAMPLE, strict=True)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.stem)
def test_keys_stand_in_the_documented_order(reviewer: Reviewer, sample: Path) -> None:
    documented = dict(keys(json.loads(EXAMPLE)))
    review = json.loads(line(reviewer.review(read_call(sample, options=ReadOptions()))))
    CONTRACT.validate_json(json.dumps(review), strict=True)
    for place, found in keys(review):
        assert found == documented[place], place
