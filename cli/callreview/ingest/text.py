"""Small helpers for text: the one normalisation at reading, and counted words in notes."""

from __future__ import annotations

import re

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """One space between words, none around; halves of characters become U+FFFD.

    This is the only change that speech undergoes, and it happens before a turn exists.

    >>> clean("  so\\u00a0  we\\n pay ")
    'so we pay'
    """
    return _LONE_SURROGATE.sub("\ufffd", " ".join(text.split()))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, as notes and errors print it.

    >>> counted(1, "line"), counted(1200, "line"), counted(2, "cue was", "cues were")
    ('1 line', '1,200 lines', '2 cues were')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
