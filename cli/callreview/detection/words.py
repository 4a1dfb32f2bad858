"""The words of a call in the normal form of speech, with the characters that each one came from.

spaCy's tokeniser splits and normalises ("we'll", "we’ll" and "we will" are one); on top of it, punctuation,
fillers and stutters are left out, and contractions that recognisers write without an apostrophe are opened.
The text itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc

from callreview.conversation import Call, Passage
from callreview.detection.hearing import Sentence

FILLERS = frozenset(["um", "uh", "er", "erm", "em", "hmm", "mm", "ah", "eh", "uhm", "mhm"])
# Words that carry grammar and no content.
FUNCTION_WORDS = frozenset(STOP_WORDS)
SYMBOLS = frozenset("%$£€&")
NUMBER_WORDS = frozenset(
    (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety "
        "hundred thousand million billion double oh"
    ).split()
)
# What exports put in place of words that were masked or not heard: `[PII]`, `[NAME_1]`, `[inaudible]`, `****`.
_MASKED = re.compile(r"\[(?:[A-Z][A-Z0-9_ -]*|(?i:inaudible|unintelligible|crosstalk|redacted))\]|[#*]{2,}")
SENTENCE_ENDS = frozenset({".", "?", "!", "?!", "!!", "??"})

# One written token that stands for several spoken words.
_OPENED = {
    "its": ("it", "is"),
    "wanna": ("want", "to"),
    "gimme": ("give", "me"),
    "lemme": ("let", "me"),
    "yall": ("you", "all"),
    "y'all": ("you", "all"),
    "dunno": ("do", "not", "know"),
    "hafta": ("have", "to"),
    "per-cent": ("percent",),
    "cannot": ("can", "not"),
    "whos": ("who", "is"),
    "theres": ("there", "is"),
    "heres": ("here", "is"),
    "wheres": ("where", "is"),
    "aint": ("is", "not"),
    "outta": ("out", "of"),
    "kinda": ("kind", "of"),
    "sorta": ("sort", "of"),
}
# Scots, Ulster and northern spellings of "not" ("cannae", "wouldnae").
_OPENED |= {
    f"{spelt}nae": (verb, "not")
    for spelt, verb in (
        ("can", "can"),
        ("din", "do"),
        ("did", "did"),
        ("does", "does"),
        ("is", "is"),
        ("was", "was"),
        ("were", "were"),
        ("are", "are"),
        ("wid", "would"),
        ("would", "would"),
        ("could", "could"),
        ("should", "should"),
        ("wull", "will"),
        ("has", "has"),
        ("have", "have"),
    )
}
_RESPELT = {
    "'s": "is",
    "’s": "is",
    "'d": "would",
    "’d": "would",
    "m": "am",
    "'m": "am",
    "cos": "because",
    "'cause": "because",
    "cause": "because",
    "coz": "because",
    "cuz": "because",
    "ya": "you",
    "ye": "you",
    "yous": "you",
    "youse": "you",
    "yiz": "you",
    "wi": "with",
    "fae": "from",
    "frae": "from",
    "tae": "to",
    "ower": "over",
    "oot": "out",
    "doon": "down",
    "aboot": "about",
    "aff": "off",
    "ain": "own",
    "wan": "one",
    "wans": "ones",
    "wid": "would",
    "mair": "more",
    "efter": "after",
    "nowt": "nothing",
    "owt": "anything",
    "summat": "something",
    "yeah": "yes",
    "yep": "yes",
    "yup": "yes",
    "aye": "yes",
    "nope": "no",
    "nah": "no",
    "okay": "ok",
    "'em": "them",
    "ai": "is",
    "n't": "not",
    "nt": "not",
    "ll": "will",
    "'ll": "will",
    "re": "are",
    "ve": "have",
    "£": "$",
    "€": "$",
}
# "Runnin" and the like, where nothing else is spelt so.
_RESPELT |= {
    word: word + "g"
    for word in (
        "goin doin gettin runnin losin payin comin sittin layin standin waitin lookin callin workin tryin usin "
        "talkin sayin makin takin givin havin bein nothin somethin anythin everythin mornin evenin puttin keepin"
    ).split()
}
_AFTER_PRONOUN = frozenset(("that it he she what who there here where how let this everything something").split())
_UNMARKED = {
    "ill": ("i", "will"),
    "well": ("we", "will"),
    "were": ("we", "are"),
    "wed": ("we", "would"),
    "id": ("i", "would"),
}
_BEFORE_CLAUSE = frozenset(("and but so because if when that what where then until think know say mean as").split())
_BASE_VERBS = frozenset(
    (
        "do be get have take put go send start see look come keep pay drop switch run make give let need want "
        "know try find call just only also never not leave stay stop move pull bring pick set sort tell talk "
        "hold charge cover fix show meet all"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence as words: `starts[i]:ends[i]` are the characters of `words[i]` in the turn (0-based, half open).

    `pauses[i]` is true where punctuation stands before `words[i]`.
    """

    sentence: Sentence
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capitals: tuple[bool, ...]
    pauses: tuple[bool, ...]
    closing: str

    def passage(self, first: int, after: int) -> Passage:
        """The characters of words `first` up to, not including, `after`."""
        return Passage(turn=self.sentence.turn, start=self.starts[first], end=self.ends[after - 1])


@cache
def pipeline() -> Language:
    """The blank English pipeline: rules only, nothing to download."""
    return spacy.blank("en")


@cache
def normal(text: str) -> tuple[str, ...]:
    """The normal form of a written word, as `spoken` would give it.

    >>> normal("we'll")
    ('we', 'will')
    >>> normal("don’t")
    ('do', 'not')
    """
    doc = pipeline().tokenizer(text)
    return tuple(item.word for item in _normalised(doc, 0, len(doc), bare=False))


def spoken(call: Call) -> Iterator[Spoken]:
    """The sentences of a call in order, as words. A turn never shares a sentence with another one."""
    index = 0
    tokenizer = pipeline().tokenizer
    for turn in call.turns:
        # A mask of the same length keeps every character where it is.
        doc = tokenizer(_MASKED.sub(lambda mark: " " * len(mark[0]), turn.text))
        bare = "'" not in turn.text and "’" not in turn.text
        for first, after in _sentence_bounds(doc):
            sentence = _sentence(turn.number, index, doc, first, after, bare)
            if sentence.words:
                yield sentence
                index += 1


def _sentence_bounds(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token ranges, half open; a sentence ends after its closing punctuation."""
    first = 0
    for token in doc:
        if token.text in SENTENCE_ENDS and token.i >= first:
            yield first, token.i + 1
            first = token.i + 1
    if first < len(doc):
        yield first, len(doc)


def _sentence(turn: int, index: int, doc: Doc, first: int, after: int, bare: bool) -> Spoken:
    items = _without_stutter(_normalised(doc, first, after, bare))
    span = doc[first:after]
    closing = doc[after - 1].text
    words = tuple(item.word for item in items)
    sentence = Sentence(
        index=index,
        passage=Passage(turn=turn, start=span.start_char, end=span.end_char),
        words=words,
        is_question="?" in closing,
    )
    return Spoken(
        sentence=sentence,
        words=words,
        starts=tuple(item.start for item in items),
        ends=tuple(item.end for item in items),
        capitals=tuple(item.capital for item in items),
        pauses=tuple(item.pause for item in items),
        closing=closing if closing in SENTENCE_ENDS else "",
    )


@dataclass(frozen=True, slots=True)
class _Item:
    word: str
    start: int
    end: int
    capital: bool
    pause: bool


def _normalised(doc: Doc, first: int, after: int, bare: bool) -> list[_Item]:
    """The words of tokens `first` to `after`; `bare` text has no apostrophes, so contractions must be guessed."""
    items: list[_Item] = []
    pause = False
    for i in range(first, after):
        token = doc[i]
        if token.is_space or (token.is_punct and token.text not in SYMBOLS):
            pause = pause or token.text != "-"
            continue
        start = token.idx
        previous = items[-1].word if items else ""
        following = doc[i + 1].lower_ if i + 1 < after else ""
        for word in _spoken_forms(token.lower_, token.norm_, previous, following, bare):
            if word not in FILLERS:
                items.append(_Item(word, start, start + len(token.text), token.text[:1].isupper(), pause))
                pause = False
    return items


def _spoken_forms(lower: str, norm: str, previous: str, following: str, bare: bool) -> tuple[str, ...]:
    if lower in _OPENED:
        return _OPENED[lower]
    if bare and lower in _UNMARKED and _is_contraction(lower, previous, following):
        return _UNMARKED[lower]
    if lower == "s" and previous in _AFTER_PRONOUN:
        return ("is",)
    return (_RESPELT.get(lower) or _RESPELT.get(norm) or norm.lower(),)


def _is_contraction(word: str, previous: str, following: str) -> bool:
    """Whether "well", "were", "ill" in text without apostrophes stand for "we'll", "we're", "i'll"."""
    if word == "were":
        return not previous or previous in _BEFORE_CLAUSE
    return following in _BASE_VERBS


def _without_stutter(items: list[_Item]) -> list[_Item]:
    """Drop a word that only repeats the one before it ("the, the sheet"), but never numbers."""
    return [
        item
        for i, item in enumerate(items)
        if i == 0
        or item.word != items[i - 1].word
        or item.start == items[i - 1].start
        or not item.word.isalpha()
        or item.word in NUMBER_WORDS
    ]
