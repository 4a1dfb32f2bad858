"""Raw spaCy patterns, the way out where phrases are not enough.

They run on each sentence as it is written, with its capitals and punctuation. The words that one covers are then a
find like any other: a pattern takes part as a built-in list of its own, so side, contexts and look-alikes are judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.matcher import Matcher

from callreview.conversation import Call
from callreview.detection.patterns import BuiltIn, Compiled
from callreview.detection.words import Spoken, normal, pipeline
from callreview.rubric.model import Signal, TokenPattern
from callreview.rubric.schema import TokenShape


class TokenPatterns:
    """The raw patterns of some signals; they must have the shape that the rubric asks for."""

    def __init__(self, signals: Iterable[Signal]) -> None:
        self._matcher = Matcher(pipeline().vocab)
        self._by_signal: dict[str, tuple[Compiled, ...]] = {}
        for signal in signals:
            names = [f"{signal.id} tokens {i}" for i in range(len(signal.tokens))]
            for name, raw in zip(names, signal.tokens, strict=True):
                self._matcher.add(name, [[dict(token) for token in raw.pattern]])
            self._by_signal[signal.id] = tuple(map(_compiled, names, signal.tokens))

    def of(self, signal: str) -> tuple[Compiled, ...]:
        """The patterns of a signal, to be searched for like phrases."""
        return self._by_signal[signal]

    def spans(self, call: Call, sentence: Spoken) -> Iterator[tuple[str, int, int]]:
        """Each place in a sentence where a pattern stands: its name and the words, half open."""
        if not len(self._matcher):
            return
        passage = sentence.sentence.passage
        doc = pipeline().tokenizer(call.quote(passage))
        for key, first, after in self._matcher(doc):
            start, end = passage.start + doc[first].idx, passage.start + doc[after - 1].idx + len(doc[after - 1])
            words = [i for i in range(len(sentence.words)) if sentence.starts[i] < end and start < sentence.ends[i]]
            if words:
                yield doc.vocab.strings[key], words[0], words[-1] + 1


def _compiled(name: str, raw: TokenPattern) -> Compiled:
    words = frozenset(word for token in raw.pattern for word in _said(token))
    return Compiled(pattern=BuiltIn(name, words=words), rule=raw.rule)


def _said(token: TokenShape) -> Iterator[str]:
    """The words that a pattern itself says, in their spoken form."""
    for key, test in token.items():
        texts = test.get("IN", []) if isinstance(test, Mapping) else [test]
        if key in ("ORTH", "TEXT", "LOWER", "NORM"):
            yield from (word for text in texts for word in normal(str(text)))
