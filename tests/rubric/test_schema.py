"""The published JSON Schemas say what the loader does, but for what a schema of one file cannot say."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.rubric.complaints import shaped
from callreview.rubric.schema import FILES, json_schema
from callreview.rubric.source import read_text
from tests.rubric.conftest import RUBRICS

SEEDS = {
    "rubric": ["small/rubric.yaml", "extending/rubric.yaml"],
    "signal": ["small/signals/hurry.yaml", "raw/signals/hurry.yaml"],
    "contexts": ["contexts.yaml"],
    "lists": ["lists.yaml"],
    "combinations": ["combined/combinations.yaml"],
}
VALUES: list[Any] = ["", "  ", "word", "Two Words", 0, 3, 99, -1, 1.5, True, [], ["word"], [[]], {}, {"word": "word"}]
ACROSS_KEYS = ("the order of the prompts", "must have the levels", "more facts than")


def _seed(kind: str, index: int) -> Any:
    files = SEEDS[kind]
    return yaml.safe_load((RUBRICS / files[index % len(files)]).read_text())


@pytest.mark.parametrize("kind", SEEDS)
def test_the_seeds_are_valid(kind: str) -> None:
    for i in range(len(SEEDS[kind])):
        assert _verdicts(kind, _seed(kind, i)) == (True, [])


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=60, deadline=None)
@given(index=st.integers(0, 1), data=st.data())
def test_schema_and_loader_agree_on_any_change(kind: str, index: int, data: st.DataObject) -> None:
    changed = copy.deepcopy(_seed(kind, index))
    around, key = data.draw(st.sampled_from(_places(changed)))
    if data.draw(st.booleans()):
        around[key] = data.draw(st.sampled_from(VALUES))
    elif isinstance(around, dict) and data.draw(st.booleans()):
        around[data.draw(st.sampled_from(["Bad name", "more", key.upper()]))] = around.pop(key)
    else:
        del around[key]
    by_schema, told = _verdicts(kind, changed)
    assert by_schema == (told == []) or all(any(words in one for words in ACROSS_KEYS) for one in told)


def _places(data: Any) -> list[tuple[Any, Any]]:
    """Every value, as what holds it and the key or index there."""
    steps = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    return [(data, key) for key, _ in steps] + [place for _, value in steps for place in _places(value)]


def _verdicts(kind: str, data: Any) -> tuple[bool, list[str]]:
    """Whether the schema takes the data, and what the loader has against it."""
    _, mistakes = shaped(read_text(yaml.safe_dump(data, sort_keys=False), "a.yaml"), FILES[kind])
    by_schema = jsonschema.Draft202012Validator(json_schema(kind)).is_valid(data)
    return by_schema, [mistake.message for mistake in mistakes]
