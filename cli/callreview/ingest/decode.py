"""From bytes to text: which encoding it is, and what is no text at all.

Read are UTF-8 with and without byte order mark, and UTF-16 in both orders with and without one.
Anything else is refused with the likely encoding and the command that converts it: a guess would
change the words, and quotes must be exact. Control characters are no words, and a terminal would obey
them: they become U+FFFD. A Word document gives its lines of text.
"""

from __future__ import annotations

import codecs
import shlex
from dataclasses import dataclass

from callreview.errors import InputError, Place
from callreview.ingest import word
from callreview.ingest.text import NO_TEXT, counted

MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 2_000_000
"""Larger input is refused: an hour of speech is about 60 kB, and 3,000 lines as captions."""

_SAMPLE = 65_536
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an Office document (.xlsx, .pptx)",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"ID3": "an MP3 recording",
    b"RIFF": "a recording or a video (RIFF)",
    b"OggS": "an Ogg recording",
    b"fLaC": "a FLAC recording",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\xd0\xcf\x11\xe0": "an old Office document (.doc, .xls)",
    b"SQLite format 3": "an SQLite database",
    b"\x7fELF": "a program",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of a file with `\\n` line ends, and what was repaired."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, path: str) -> Decoded:
    """The text of `data`.

    Raises InputError where it is empty, larger than `MAX_BYTES`, no text, or in another encoding;
    `path` is only used to say where.
    """
    _refuse_empty(data, path)
    is_document = word.is_document(data)
    if not is_document:
        _refuse_binary(data, path)
    if len(data) > MAX_BYTES:
        raise too_large(path, f"{MAX_BYTES // 1048576} MB")
    text, controls = NO_TEXT.subn("\ufffd", word.text_of(data, path=path) if is_document else _text(data, path))
    notes = (f"{counted(controls, 'control character was', 'control characters were')} read as U+FFFD",)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_LINES:
        raise too_large(path, f"{MAX_LINES:,} lines")
    return Decoded(text=text, notes=notes if controls else ())


def too_large(path: str, limit: str) -> InputError:
    """The error for input that goes beyond a limit, such as `32 MB`."""
    return InputError(
        f"the file is too large for one call: more than {limit}",
        place=Place(path=path),
        hint="one file holds one call; split it call by call, or check that it is a transcript at all",
    )


def _refuse_empty(data: bytes, path: str) -> None:
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    if not data.removeprefix(mark).strip(b"\0 \t\r\n"):
        raise InputError("the file is empty", place=Place(path=path), hint="export the transcript again")


def _refuse_binary(data: bytes, path: str) -> None:
    what = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), None)
    if what is None and data[4:8] == b"ftyp":
        what = "a video or recording (MP4)"
    if what is None and _encoding_of(data) == "utf-8" and _is_noise(data[:_SAMPLE]):
        what = "no text"
    if what is not None:
        raise InputError(
            f"the file is binary: {what}",
            place=Place(path=path),
            hint="export the transcript as text (.txt), WebVTT (.vtt), SRT (.srt) or Word (.docx)",
        )


def _is_noise(sample: bytes) -> bool:
    """Whether more than a twentieth are control characters that no transcript uses."""
    controls = sum(sample.count(bytes([code])) for code in range(32) if code not in (9, 10, 12, 13))
    return controls > len(sample) / 20


def _encoding_of(data: bytes) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half >= 2:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > half * 0.4 and even < half * 0.05:
            return "utf-16-le"
        if even > half * 0.4 and odd < half * 0.05:
            return "utf-16-be"
    return "utf-8"


def _text(data: bytes, path: str) -> str:
    encoding = _encoding_of(data)
    if encoding == "utf-32":
        raise _other_encoding("UTF-32", path)
    try:
        return data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        if _is_cut_off(error, len(data)):
            raise _cut_off(error.start, path) from None
        if encoding == "utf-8":
            raise _other_encoding(_likely_encoding(data, error.start), path, _line_of(data, error.start)) from None
        raise InputError(
            f"the file is damaged: byte {error.start:,} is no {encoding.upper()[:6]} text",
            place=Place(path=path),
            hint="export the transcript again, as UTF-8",
        ) from None


def _is_cut_off(error: UnicodeDecodeError, size: int) -> bool:
    return size - error.start <= 4 and ("unexpected end" in error.reason or "truncated" in error.reason)


def _cut_off(byte: int, path: str) -> InputError:
    return InputError(
        f"the file is cut off: it ends in the middle of a character, at byte {byte:,}",
        place=Place(path=path),
        hint="export or copy the transcript again",
    )


def _line_of(data: bytes, byte: int) -> int:
    return data.count(b"\n", 0, byte) + 1


def _other_encoding(likely: str | None, path: str, line: int | None = None) -> InputError:
    file = shlex.quote(path) if path != "-" else "FILE"
    what = f"it looks like {likely}" if likely else "its encoding is not known"
    return InputError(
        f"the file is neither UTF-8 nor UTF-16; {what}",
        place=Place(path=path, line=line),
        hint=f"convert it: iconv -f {likely or 'ENCODING'} -t UTF-8 {file} > utf8.txt",
    )


def _likely_encoding(data: bytes, first_bad: int) -> str | None:
    """A name that iconv knows, or None. Western text is told by rare high bytes between letters."""
    sample = data[max(0, first_bad - _SAMPLE // 2) : first_bad + _SAMPLE // 2]
    high = sum(1 for byte in sample if byte >= 0x80)
    if high <= len(sample) / 5 and (western := _western(sample)):
        return western
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # it comes with spaCy, but only this message would miss it
        return None
    best = from_bytes(sample).best()
    return best.encoding.replace("_", "-").upper() if best and best.coherence > 0 else None


def _western(sample: bytes) -> str | None:
    try:
        high = [c for c in sample.decode("cp1252") if ord(c) >= 0x80]
    except UnicodeDecodeError:
        return None
    plausible = sum(1 for c in high if c.isalpha() or c in "‘’“”–—…€£«»°§\u00a0")
    return "WINDOWS-1252" if plausible >= len(high) * 0.9 else None
