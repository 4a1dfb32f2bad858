"""The words of a call in the normal form of speech, with the characters that each one came from.

spaCy's tokeniser splits and normalises ("we'll", "we’ll" and "we will" are one); on top of it, punctuation,
fillers and stutters are left out, and contractions that recognisers write without an apostrophe are opened.
The text itself is never changed.

The tokeniser looks at what stands between two spaces by itself, and people say the same words again and again: so what
it makes of each such piece is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Token

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
# What recognisers write without any mark is cut here, so that one endless sentence costs no more than many.
LONGEST_SENTENCE = 400
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


@dataclass(slots=True)
class Spoken:
    """One sentence as words: `starts[i]:ends[i]` are the characters of `words[i]` in the turn (0-based, half open).

    `capitals` are the places of words that begin with one; before the words at `pauses`, punctuation stands.
    """

    sentence: Sentence
    words: tuple[str, ...]
    starts: Sequence[int]
    ends: Sequence[int]
    capitals: Sequence[int]
    pauses: Sequence[int]
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
    draft = _Draft(start=0)
    for piece in _pieces(pipeline().tokenizer(text), 0):
        draft.hear(piece, 0, "", bare=False)
    return tuple(draft.words)


def spoken(call: Call) -> Iterator[Spoken]:
    """The sentences of a call in order, as words. A turn never shares a sentence with another one."""
    texts = [_unmasked(turn.text) for turn in call.turns]
    _remember({chunk for text in texts for chunk in text.split()})
    index = 0
    for turn, text in zip(call.turns, texts, strict=True):
        for draft in _drafts(text):
            if draft.words:
                yield draft.spoken(turn.number, index)
                index += 1


def _unmasked(text: str) -> str:
    """The text with blanks in place of each mark of a masked word, so that every character keeps its place."""
    return _MASKED.sub(lambda mark: " " * len(mark[0]), text)


# --- what stands between two spaces ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the tokeniser cuts off; `start` and `end` count from the beginning of what stands between two spaces.

    `words` are its spoken forms as long as its neighbours say nothing else; a mark has none.
    """

    text: str
    lower: str
    words: tuple[str, ...]
    start: int
    end: int
    capital: bool
    is_mark: bool
    depends: bool


# One word, its length, whether it has a capital, and the mark behind it if there is one.
_Plain: TypeAlias = tuple[str, int, bool, str]

_CHUNK = re.compile(r"\S+")
# What parts such chunks without being a pause.
_ORDINARY = frozenset({"", " "})
# What the tokeniser makes of each chunk; and those that are a word and perhaps a mark: most of all talk.
_PIECES: dict[str, tuple[_Piece, ...]] = {}
_PLAIN: dict[str, _Plain] = {}
# Both are emptied when they have grown past all reason.
_MOST_REMEMBERED = 100_000


def _remember(chunks: Iterable[str]) -> None:
    """Tokenise what is new, all at once."""
    if len(_PIECES) > _MOST_REMEMBERED:
        _PIECES.clear()
        _PLAIN.clear()
    new = [chunk for chunk in chunks if chunk not in _PIECES]
    tokens = iter(pipeline().tokenizer(" ".join(new)))
    token, at = next(tokens, None), 0
    for chunk in new:
        mine = []
        while token is not None and token.idx < at + len(chunk):
            mine.append(token)
            token = next(tokens, None)
        pieces = _PIECES[chunk] = tuple(_pieces(mine, at))
        if plain := _plain(pieces):
            _PLAIN[chunk] = plain
        at += len(chunk) + 1


def _pieces(tokens: Iterable[Token], at: int) -> Iterator[_Piece]:
    for token in tokens:
        text, lower, start = token.text, token.lower_, token.idx - at
        is_mark = token.is_space or (token.is_punct and text not in SYMBOLS)
        yield _Piece(
            text=text,
            lower=lower,
            words=() if is_mark else tuple(w for w in _forms(lower, token.norm_) if w not in FILLERS),
            start=start,
            end=start + len(text),
            capital=text[:1].isupper(),
            is_mark=is_mark,
            depends=lower in _UNMARKED or lower == "s",
        )


def _forms(lower: str, norm: str) -> tuple[str, ...]:
    return _OPENED.get(lower) or (_RESPELT.get(lower) or _RESPELT.get(norm) or norm.lower(),)


def _plain(pieces: tuple[_Piece, ...]) -> _Plain | None:
    match pieces:
        case (_Piece(words=(word,), depends=False) as said,):
            return word, said.end, said.capital, ""
        case (_Piece(words=(word,), depends=False) as said, _Piece(is_mark=True, text=mark)) if mark != "-":
            return word, said.end, said.capital, mark
        case _:
            return None


# --- sentences ---------------------------------------------------------------------------------------


def _drafts(text: str) -> Iterator[_Draft]:
    """The sentences of a turn; each ends after its closing punctuation, or where it is too long for one."""
    draft, end = _Draft(), 0
    bare = "'" not in text and "’" not in text
    places = [(match[0], match.start()) for match in _CHUNK.finditer(text)]
    for i, (chunk, at) in enumerate(places):
        draft.pause = draft.pause or text[end:at] not in _ORDINARY
        end = at + len(chunk)
        plain = _PLAIN.get(chunk)
        if plain is not None and plain[0] != draft.previous:
            mark = draft.take(plain, at)
            if mark in SENTENCE_ENDS or len(draft.words) >= LONGEST_SENTENCE:
                yield draft.closed(end, mark)
                draft = _Draft()
            continue
        following = _PIECES[places[i + 1][0]][0].lower if i + 1 < len(places) else ""
        pieces = _PIECES[chunk]
        for piece, follower in zip(pieces, [*[piece.lower for piece in pieces[1:]], following], strict=True):
            draft.hear(piece, at, follower, bare=bare)
            if piece.text in SENTENCE_ENDS or len(draft.words) >= LONGEST_SENTENCE:
                yield draft.closed(at + piece.end, piece.text)
                draft = _Draft()
    if places:
        yield draft.closed(end, _PIECES[places[-1][0]][-1].text)


@dataclass(slots=True)
class _Draft:
    """A sentence while it is being heard.

    `previous` is the last word, also where it was left out, and `previous_start` the place where it begins.
    """

    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    capitals: list[int] = field(default_factory=list)
    pauses: list[int] = field(default_factory=list)
    pause: bool = False
    previous: str = ""
    previous_start: int = -1
    start: int = -1
    end: int = 0
    last: str = ""

    def take(self, plain: _Plain, at: int) -> str:
        """Take in a word that is not the one before it, and tell the mark behind it."""
        word, length, capital, mark = plain
        if self.start < 0:
            self.start = at
        if self.pause:
            self.pauses.append(len(self.words))
        if capital:
            self.capitals.append(len(self.words))
        self.words.append(word)
        self.starts.append(at)
        self.ends.append(at + length)
        self.previous, self.previous_start = word, at
        self.pause = mark != ""
        return mark

    def hear(self, piece: _Piece, at: int, following: str, *, bare: bool) -> None:
        """Take in any piece of a chunk that begins at character `at`; `bare` text has no apostrophes."""
        if self.start < 0:
            self.start = at + piece.start
        if piece.is_mark:
            self.pause = self.pause or piece.text != "-"
            return
        words = _among_neighbours(piece, self.previous, following, bare) if piece.depends else piece.words
        before = len(self.words)
        for word in words:
            self._say(word, at + piece.start, at + piece.end)
        if piece.capital:
            self.capitals += range(before, len(self.words))

    def _say(self, word: str, start: int, end: int) -> None:
        """Take in a word; one that only repeats the one before it ("the, the sheet") is left out, but never numbers."""
        if word != self.previous or start == self.previous_start or not word.isalpha() or word in NUMBER_WORDS:
            if self.pause:
                self.pauses.append(len(self.words))
            self.words.append(word)
            self.starts.append(start)
            self.ends.append(end)
        self.pause = False
        self.previous, self.previous_start = word, start

    def closed(self, end: int, last: str) -> _Draft:
        """The sentence, which ends at character `end` with the token `last`."""
        self.end, self.last = end, last
        return self

    def spoken(self, turn: int, index: int) -> Spoken:
        """The sentence, as the one with this index in its call."""
        words = tuple(self.words)
        passage = Passage(turn=turn, start=self.start, end=self.end)
        return Spoken(
            sentence=Sentence(index=index, passage=passage, words=words, is_question="?" in self.last),
            words=words,
            starts=self.starts,
            ends=self.ends,
            capitals=self.capitals,
            pauses=self.pauses,
            closing=self.last if self.last in SENTENCE_ENDS else "",
        )


def _among_neighbours(piece: _Piece, previous: str, following: str, bare: bool) -> tuple[str, ...]:
    """What a piece stands for that its neighbours decide."""
    if bare and piece.lower in _UNMARKED and _is_contraction(piece.lower, previous, following):
        return _UNMARKED[piece.lower]
    if piece.lower == "s" and previous in _AFTER_PRONOUN:
        return ("is",)
    return piece.words


def _is_contraction(word: str, previous: str, following: str) -> bool:
    """Whether "well", "were", "ill" in text without apostrophes stand for "we'll", "we're", "i'll"."""
    if word == "were":
        return not previous or previous in _BEFORE_CLAUSE
    return following in _BASE_VERBS
