import re
from pathlib import Path

import pytest

from callreview.errors import AmbiguousFormat, UnknownFormat, UsageError
from callreview.ingest import decode, formats
from callreview.ingest.source import Source

from ..helpers import FIXTURES, fixture, sure


def test_every_module_has_the_shape():
    for name, module in formats.formats().items():
        assert name == module.NAME
        assert module.TITLE
        assert all(ending.startswith(".") for ending in module.ENDINGS)
        assert 0 <= sure(module, "") <= 1


FOLDER = Path(formats.__file__).parent
READERS = sorted(file.stem for file in FOLDER.glob("*.py") if not file.stem.startswith("_"))
GUIDE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_file_in_the_folder_is_a_reader():
    assert list(formats.formats()) == READERS


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_fixtures(name):
    assert {"ordinary", "odd"} <= {file.stem for file in (FIXTURES / name).glob("*")}, f"write {FIXTURES / name}/odd.*"


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_a_test_of_its_sniffer(name):
    tests = Path(__file__).with_name(f"test_{name}.py")
    assert re.search(r"^def test_\w*sniff|sure\(", tests.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", READERS)
def test_every_reader_has_a_section_in_the_guide(name):
    section = re.search(rf"^### [^\n]+ \(`{name}`\)\n\n(.*?)(?=^##|\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert section, f"write a section '### TITLE (`{name}`)' in docs/formats.md"
    for part in ("Export:", "Tells:"):
        assert part in section[1]


OF_A_FORMAT = [file for file in sorted(FIXTURES.glob("*/*")) if file.parent.name in formats.formats()]


@pytest.mark.parametrize("file", OF_A_FORMAT, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_content_decides_not_the_ending(file):
    decoded = decode.decode(file.read_bytes(), path=file.name)
    found = formats.recognise(Source(text=decoded.text), path="x.dat")
    assert file.parent.name == found.NAME


def test_ambiguous():
    with pytest.raises(AmbiguousFormat) as caught:
        formats.recognise(Source(text=fixture("headerless.vtt")), path="a.txt")
    assert str(caught.value) == (
        "a.txt: the content fits more than one format: srt (SubRip captions) and webvtt (WebVTT captions)\n"
        "  help: say which one: --read-as srt or --read-as webvtt"
    )


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Once upon a time.\n", ""),
        ('{"a": [1]}', " (it is JSON, but of no export that is known)"),
        ("<html><p>Dana: hi", " (it looks like HTML or XML)"),
        ("{\\rtf1 Dana", " (it looks like RTF)"),
    ],
)
def test_unknown(text, like):
    with pytest.raises(UnknownFormat) as caught:
        formats.recognise(Source(text=text), path="a.txt")
    message = str(caught.value)
    assert message.startswith(f"a.txt: no transcript format is recognised{like}")
    assert "--read-as NAME" in message


def test_unknown_name():
    with pytest.raises(UsageError) as caught:
        formats.named("webvt")
    assert str(caught.value) == "unknown format 'webvt'\n  help: did you mean 'webvtt'?"
    assert formats.named("WebVTT").NAME == "webvtt"
    with pytest.raises(UsageError, match=r"known formats: .*plain"):
        formats.named("zzz")
