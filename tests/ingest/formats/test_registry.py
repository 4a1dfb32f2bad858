import pytest

from callreview.errors import AmbiguousFormat, UnknownFormat, UsageError
from callreview.ingest import formats

from ..helpers import FIXTURES, fixture


def test_every_module_has_the_shape():
    for name, module in formats.formats().items():
        assert name == module.NAME
        assert module.TITLE
        assert all(ending.startswith(".") for ending in module.ENDINGS)
        assert 0 <= module.sniff("") <= 1


@pytest.mark.parametrize("file", sorted(FIXTURES.iterdir()), ids=lambda file: file.name)
def test_content_decides_not_the_ending(file):
    if file.name == "headerless.vtt":
        return
    expected = {".vtt": "webvtt", ".srt": "srt"}.get(file.suffix, "plain")
    found = formats.recognise(fixture(file.name), path="x.dat")
    assert expected == found.NAME


def test_ambiguous():
    with pytest.raises(AmbiguousFormat) as caught:
        formats.recognise(fixture("headerless.vtt"), path="a.txt")
    assert str(caught.value) == (
        "a.txt: the content fits more than one format: srt (SubRip captions) and webvtt (WebVTT captions)\n"
        "  help: say which one: --read-as srt or --read-as webvtt"
    )


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Once upon a time.\n", ""),
        ('{"a": [1]}', " (it looks like JSON)"),
        ("<html><p>Dana: hi", " (it looks like HTML or XML)"),
        ("{\\rtf1 Dana", " (it looks like RTF)"),
    ],
)
def test_unknown(text, like):
    with pytest.raises(UnknownFormat) as caught:
        formats.recognise(text, path="a.txt")
    message = str(caught.value)
    assert message.startswith(f"a.txt: no transcript format is recognised{like}; known are: ")
    assert "plain (plain text with names)" in message
    assert "--read-as NAME" in message


def test_unknown_name():
    with pytest.raises(UsageError) as caught:
        formats.named("webvt")
    assert str(caught.value) == "unknown format 'webvt'\n  help: did you mean 'webvtt'?"
    assert formats.named("WebVTT").NAME == "webvtt"
    with pytest.raises(UsageError, match=r"known formats: .*plain"):
        formats.named("zzz")
