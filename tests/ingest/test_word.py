import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from callreview.errors import InputError
from callreview.ingest import decode, find_transcripts, word

from .helpers import call_of

TURNS = [("Dana Whitfield", "Good morning, Sam."), ("Sam Ortiz", "Morning: how are you?"), ("Dana Whitfield", "Fine.")]


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def document_of(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


RANGE_NAME_TEXT = [
    *["0:0:5.100 --> 0:0:8.250", "Dana Whitfield", "Good morning, Sam."],
    *["0:0:8.300 --> 0:0:12.500", "Sam Ortiz", "Morning: how are you?"],
    *["0:0:13.0 --> 0:0:14.500", "Dana Whitfield", "Fine."],
]
NAME_AND_TIME = [
    *["Trestle renewal-20260914_100000-Meeting Recording", "September 14, 2026, 10:00AM", "32m 10s", ""],
    *["Dana Whitfield started transcription", ""],
    *["Dana Whitfield   0:05\nGood morning, Sam.", "", "Sam Ortiz   0:08\nMorning: how are you?", ""],
    *["Dana Whitfield   1:02:13\nFine.", "", "Dana Whitfield stopped transcription"],
]
NAME_TIME_TEXT = [
    *["Dana Whitfield", "", "00:00:05", "", "Good morning, Sam.", ""],
    *["Sam Ortiz", "", "00:00:08", "", "Morning: how are you?", "", "Dana Whitfield", "", "00:00:13", "", "Fine."],
]
NAME_AND_RANGE = [
    *["Dana Whitfield  00:00:05.000 --> 00:00:08.250", "Good morning, Sam."],
    *["Sam Ortiz  00:00:08.300 --> 00:00:12.500", "Morning: how are you?"],
    *["Dana Whitfield  00:00:13.000 --> 00:00:14.500", "Fine."],
]


@pytest.mark.parametrize(
    ("lines", "starts", "end"),
    [
        (RANGE_NAME_TEXT, [5.1, 8.3, 13.0], 8.25),
        (NAME_AND_TIME, [5.0, 8.0, 3733.0], None),
        (NAME_TIME_TEXT, [5.0, 8.0, 13.0], None),
        (NAME_AND_RANGE, [5.0, 8.3, 13.0], 8.25),
    ],
    ids=["range-name-text", "name-and-time", "name-time-text", "name-and-range"],
)
def test_documents_of_teams(lines, starts, end):
    call = call_of(document_of(*lines), path="calls/acme.docx", sellers=("Dana",))
    assert [(turn.speaker, turn.text) for turn in call.turns] == TURNS
    assert [turn.start for turn in call.turns] == starts
    assert call.turns[0].end == end
    assert call.format == "plain"
    assert not call.can_overlap


def test_the_day_that_teams_writes():
    assert str(call_of(document_of(*NAME_AND_TIME), sellers=("Dana",)).date) == "2026-09-14"


def test_a_document_of_meet():
    document = docx.Document()
    document.add_heading("Trestle <> Northwind - 2026/09/21 15:51 GMT - Transcript")
    for line in ["Attendees", "Ana Ruiz, Bob Lee, Bob Lee's Presentation", "Transcript", "00:00:00", " "]:
        document.add_paragraph(line)
    for name, text in [("Ana Ruiz", "Hello, Bob."), ("Bob Lee", "Hello."), ("Bob Lee's Presentation", "Ping.")]:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}:").bold = True
        paragraph.add_run(" ")
        paragraph.add_run(text)
    document.add_heading("00:05:00", level=3)
    document.add_paragraph("Ana Ruiz: The price is on page two.")
    document.add_paragraph("Transcription ended after 00:30:30")
    call = call_of(saved(document), sellers=("Ana",))
    assert [(turn.speaker, turn.start) for turn in call.turns] == [
        ("Ana Ruiz", 0.0),
        ("Bob Lee", 0.0),
        ("Bob Lee's Presentation", 0.0),
        ("Ana Ruiz", 300.0),
    ]
    assert (call.title, str(call.date), call.coarseness_s) == ("Trestle <> Northwind", "2026-09-21", 300.0)
    assert "side unknown, so left out of what sellers and buyers do: Bob Lee's Presentation" in call.notes


def test_tables_controls_changes_and_breaks():
    document = docx.Document()
    document.add_paragraph("Dana:\tone\ntwo")
    document.add_table(1, 2).cell(0, 1).text = "Sam: in a table"
    last = document.add_paragraph("Dana: ")
    kept = '<w:ins {} w:id="1" w:author="x"><w:r><w:t>added</w:t></w:r></w:ins>'
    gone = '<w:del {} w:id="2" w:author="x"><w:r><w:delText>removed</w:delText></w:r></w:del>'
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>Sam: in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    for xml in (kept, gone):
        last._p.append(parse_xml(xml.format(nsdecls("w"))))
    last._p.addnext(parse_xml(control.format(nsdecls("w"))))
    text = decode.decode(saved(document), path="a.docx").text
    assert text.split("\n") == ["Dana:\tone", "two", "Sam: in a table", "Dana: added", "Sam: in a control"]


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        decode.decode(data, path="calls/a.docx")
    return str(caught.value)


def test_damaged_documents():
    whole = document_of("Dana: hi", "Sam: hello")
    for data in (whole[:2000], whole[: len(whole) // 2], whole[:-30], whole.replace(b"document.xml", b"documint.xml")):
        assert "damaged or cut off" in refused(data) or "binary" in refused(data)


def test_an_empty_document():
    with pytest.raises(InputError, match="no transcript format is recognised"):
        call_of(document_of(), path="calls/a.docx")


def test_other_archives_are_no_documents():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "Dana: hi")
    assert "a ZIP archive or an Office document (.xlsx, .pptx)" in refused(stream.getvalue())


def test_too_large(monkeypatch):
    monkeypatch.setattr(word, "MAX_UNPACKED", 1024 * 1024)
    assert "too large for one call: more than 1 MB" in refused(document_of("Dana: " + "a" * 1024 * 1024))


def test_without_the_library(monkeypatch):
    data = document_of("Dana: hi", "Sam: hello")
    monkeypatch.setitem(sys.modules, "docx", None)
    assert refused(data) == (
        "calls/a.docx: this is a Word document, and python-docx, which reads it, is not installed\n"
        "  help: pip install python-docx; or save the document as text (.txt)"
    )


def test_a_folder_is_searched_for_documents(tmp_path):
    (tmp_path / "call.docx").write_bytes(document_of("Dana: hi", "Sam: hello"))
    (tmp_path / "~$call.docx").write_bytes(b"Dana")
    assert find_transcripts([Path(tmp_path)]) == [tmp_path / "call.docx"]
