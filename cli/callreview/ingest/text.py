"""Small helpers for text: the one normalisation at reading, and counted words in notes."""

from __future__ import annotations

import re

NO_TEXT = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters, which a terminal would obey, and halves of characters."""


def clean(text: str) -> str:
    """One space between words, none around; control characters and halves of characters become U+FFFD.

    This is the only change that speech undergoes, and it happens before a turn exists.

    >>> clean("  so\\u00a0  we\\n pay ")
    'so we pay'
    """
    return NO_TEXT.sub("\ufffd", " ".join(text.split()))


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, as notes and errors print it.

    >>> counted(1, "line"), counted(1200, "line"), counted(2, "cue was", "cues were")
    ('1 line', '1,200 lines', '2 cues were')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shortened(text: str, most: int = 40) -> str:
    """A name or path as errors and notes print it, cut where it is longer than `most` characters.

    >>> shortened("Dana Whitfield"), shortened("0b9c6f0e-7d0a-4c55-9d3a-3b8c2f1e9a77", 12)
    ('Dana Whitfield', '0b9c6f0e-7d…')
    """
    return text if len(text) <= most else text[: most - 1] + "…"
