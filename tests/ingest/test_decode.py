import codecs

import pytest

from callreview.errors import InputError
from callreview.ingest import decode
from callreview.ingest.decode import decode as decoded

TEXT = "Zoë: naïve, she said\r\nSam: 价格\rDana: ok\n"
LINES = "Zoë: naïve, she said\nSam: 价格\nDana: ok\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-bom", "utf-16-be-bom", "utf-16-le", "utf-16-be"],
)
def test_reads_utf8_and_utf16(data):
    assert decoded(data, path="a.txt").text == LINES


def test_control_characters_become_replacement_characters():
    got = decoded(b"WEBVTT\n\nDana: te\0xt and \x1b[31mmuch more text", path="a.vtt")
    assert "te\ufffdxt and \ufffd[31mmuch" in got.text
    assert got.notes == ("2 control characters were read as U+FFFD",)


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        decoded(data, path="my calls/a.txt")
    return str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\0", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty(data):
    assert refused(data) == "my calls/a.txt: the file is empty\n  help: export the transcript again"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04rest", "a ZIP archive or an Office document (.xlsx, .pptx)"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\x18ftypmp42", "a video or recording (MP4)"),
        (bytes(range(256)) * 20, "no text"),
    ],
)
def test_binary(data, what):
    assert refused(data) == (
        f"my calls/a.txt: the file is binary: {what}\n"
        "  help: export the transcript as text (.txt), WebVTT (.vtt), SRT (.srt) or Word (.docx)"
    )


def test_other_encodings_are_named_with_the_command_that_converts():
    assert refused("Sam: hi\nZoë: it’s naïve, she said to us\n".encode("cp1252")) == (
        "my calls/a.txt:2: the file is neither UTF-8 nor UTF-16; it looks like WINDOWS-1252\n"
        "  help: convert it: iconv -f WINDOWS-1252 -t UTF-8 'my calls/a.txt' > utf8.txt"
    )
    assert "it looks like UTF-32" in refused("Dana: hi".encode("utf-32"))


def test_an_encoding_that_cannot_be_told_is_not_guessed():
    assert "its encoding is not known" in refused(b"\xe9" * 1000)
    assert "its encoding is not known" in refused(b"\xff" * 1001)


def test_cut_off_in_a_character():
    assert refused("Dana: naï".encode()[:-1]) == (
        "my calls/a.txt: the file is cut off: it ends in the middle of a character, at byte 8\n"
        "  help: export or copy the transcript again"
    )
    assert "cut off" in refused("Dana: hello".encode("utf-16")[:-1])


def test_too_large(monkeypatch):
    monkeypatch.setattr(decode, "MAX_BYTES", 2 * 1024 * 1024)
    monkeypatch.setattr(decode, "MAX_LINES", 1000)
    assert refused(b"a" * (2 * 1024 * 1024 + 1)) == (
        "my calls/a.txt: the file is too large for one call: more than 2 MB\n"
        "  help: one file holds one call; split it call by call, or check that it is a transcript at all"
    )
    assert "more than 1,000 lines" in refused(b"a\n" * 1001)
    assert "the file is binary: a PDF" in refused(b"%PDF" + b"a" * 2 * 1024 * 1024)
