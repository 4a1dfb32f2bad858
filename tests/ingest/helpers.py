"""Short ways to read a call from text in tests."""

from pathlib import Path

from callreview.conversation import Call
from callreview.ingest import ReadOptions, read_call
from callreview.ingest.formats import formats
from callreview.ingest.transcript import Transcript

FIXTURES = Path(__file__).parents[1] / "fixtures" / "transcripts"


def fixture(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def parsed(format_name: str, name_or_text: str) -> Transcript:
    text = fixture(name_or_text) if "\n" not in name_or_text else name_or_text
    return formats()[format_name].read(text)


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(u.speaker, u.text) for u in transcript.utterances]


def call_of(text: str | bytes, *, path: str = "calls/acme.txt", **options: object) -> Call:
    data = text.encode() if isinstance(text, str) else text
    return read_call(Path(path), options=ReadOptions(**options), data=data)  # type: ignore[arg-type]


def sides_of(call: Call) -> dict[str, tuple[str, str]]:
    return {s.name: (s.side.value, s.side_from.value) for s in call.speakers}
