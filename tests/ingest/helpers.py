"""Short ways to read a call from text in tests."""

from pathlib import Path

from callreview.conversation import Call
from callreview.ingest import ReadOptions, read_call
from callreview.ingest.formats import Format, formats
from callreview.ingest.source import Source
from callreview.ingest.transcript import Transcript

FIXTURES = Path(__file__).parents[1] / "fixtures" / "transcripts"


def path_of(name: str) -> Path:
    """The fixture of this name, such as `zoom.vtt` or, where formats share it, `gong/ordinary.json`."""
    (found,) = FIXTURES.glob(name if "/" in name else f"*/{name}")
    return found


def fixture(name: str) -> str:
    return path_of(name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def sure(format: Format, text: str) -> float:
    return format.sniff(Source(text=text))


def read_text(format: Format, text: str) -> Transcript:
    """The one transcript that a format reads in a text."""
    (transcript,) = format.read(Source(text=text))
    return transcript


def parsed(format_name: str, name_or_text: str) -> Transcript:
    text = fixture(name_or_text) if "\n" not in name_or_text else name_or_text
    return read_text(formats()[format_name], text)


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(u.speaker, u.text) for u in transcript.utterances]


def timed(transcript: Transcript) -> list[tuple[str | None, float | None, float | None, str]]:
    return [(u.speaker, u.start, u.end, u.text) for u in transcript.utterances]


def call_of(text: str | bytes, *, path: str = "calls/acme.txt", **options: object) -> Call:
    data = text.encode() if isinstance(text, str) else text
    return read_call(Path(path), options=ReadOptions(**options), data=data)  # type: ignore[arg-type]


def sides_of(call: Call) -> dict[str, tuple[str, str]]:
    return {s.name: (s.side.value, s.side_from.value) for s in call.speakers}
