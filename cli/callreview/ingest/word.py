"""Word documents (.docx) to lines of text, with the library python-docx.

Teams and Google Meet write transcripts as such documents. A paragraph is a line, and so is what a line
break ends; paragraphs of tables and content controls count as well. Empty ones are left out, as they are only
space between lines. What a tracked change inserts is there, what it deletes is not.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from callreview.errors import InputError, Place

if TYPE_CHECKING:
    from docx.document import Document

MAX_UNPACKED = 256 * 1024 * 1024
"""More is no transcript, and may be made to fill the memory."""

_BODY = b"word/document.xml"
_PARAGRAPHS = ".//w:p[not(ancestor::*[local-name() = 'Fallback'])]"
"""Text boxes stand in a document twice, the second time for old programs."""
_RUNS = "w:r | w:hyperlink//w:r | w:ins//w:r | w:sdt//w:r | w:smartTag//w:r"


def is_document(data: bytes) -> bool:
    """Whether the bytes are a Word document, also a damaged one."""
    return data.startswith(b"PK\x03\x04") and _BODY in data


def text_of(data: bytes, *, path: str) -> str:
    """The lines of a Word document; InputError where it is damaged, too large, or python-docx is missing."""
    return "\n".join(line for line in _lines(_opened(data, path)) if line.strip())


def _opened(data: bytes, path: str) -> Document:
    try:
        import docx
    except ImportError:
        raise InputError(
            "this is a Word document, and python-docx, which reads it, is not installed",
            place=Place(path=path),
            hint="pip install python-docx; or save the document as text (.txt)",
        ) from None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size <= MAX_UNPACKED:
            return docx.Document(BytesIO(data))
    except Exception as error:  # a damaged archive or damaged XML fails anywhere in zipfile, lxml and python-docx
        raise InputError(
            f"the Word document is damaged or cut off: {type(error).__name__}",
            place=Place(path=path),
            hint="export or copy it again; a document with a password is saved without it first",
        ) from None
    raise InputError(
        f"the Word document is too large for one call: more than {MAX_UNPACKED // 1048576} MB",
        place=Place(path=path),
        hint="one file holds one call; save it as text (.txt) without pictures",
    )


def _lines(document: Document) -> Iterator[str]:
    for paragraph in document.element.body.xpath(_PARAGRAPHS):
        yield from "".join(run.text for run in paragraph.xpath(_RUNS)).split("\n")
