"""A peer: the same phrases as patterns of spaCy's Matcher, on the blank pipeline, at every token of every turn."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from serving import Task, serve
from spacy.matcher import Matcher


def prepare(task: Task) -> Callable[[int], object]:
    """All patterns in one Matcher."""
    tokenizer = spacy.blank("en").tokenizer
    matcher = Matcher(tokenizer.vocab)
    for number, tokens in enumerate(task.patterns):
        matcher.add(str(number), [tokens])
    return lambda number: [matcher(tokenizer(text)) for text in task.calls[number]]


if __name__ == "__main__":
    serve(prepare)
