"""What a person may say about a transcript that the transcript does not say itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read one call.

    `format` is the `NAME` of a format module, or None to recognise it by content. `sellers` and
    `buyers` hold names, first names, e-mail addresses, domains or companies. `roster` is a TOML or
    YAML file; None means the nearest `callreview.toml` upwards from the transcript. `call_column` is
    the column of a table that tells calls apart.
    """

    format: str | None = None
    sellers: tuple[str, ...] = ()
    buyers: tuple[str, ...] = ()
    roster: Path | None = None
    call_column: str | None = None
