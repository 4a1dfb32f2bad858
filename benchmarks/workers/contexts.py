"""A peer: medSpaCy's ConText with its own cues, around a dozen everyday words."""

from __future__ import annotations

from collections.abc import Callable

import medspacy.context  # noqa: F401
import spacy
from serving import Task, serve

TARGETS = ("want", "need", "like", "think", "know", "price", "risk", "problem", "cost", "team", "week", "month")


def prepare(task: Task) -> Callable[[int], object]:
    """A blank pipeline with sentences at their punctuation, a dozen words as targets, then ConText."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "TARGET", "pattern": [{"LOWER": word}]} for word in TARGETS])
    nlp.add_pipe("medspacy_context", config={"rules": "default"})
    return lambda number: [nlp(text) for text in task.calls[number]]


if __name__ == "__main__":
    serve(prepare)
