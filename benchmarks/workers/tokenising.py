"""The yardstick: spaCy's tokeniser, and nothing after it."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from serving import Task, serve


def prepare(task: Task) -> Callable[[int], object]:
    """Every turn a document of its own."""
    tokenizer = spacy.blank("en").tokenizer
    return lambda number: [tokenizer(text) for text in task.calls[number]]


if __name__ == "__main__":
    serve(prepare)
