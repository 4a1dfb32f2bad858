"""Reads what nobody would write on purpose: fixtures of all formats broken in their structure, made-up JSON, bytes.

    python tests/ingest/fuzz.py --minutes 10

Every input is read by each format, and once by what is recognised. It must give a `CallreviewError` that can be
printed, or calls whose parts hold together, in time. What fails is printed, the smallest input for each place in
the code, and kept in a folder; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import math
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from callreview.conversation import Call
from callreview.errors import CallreviewError, SidesUnknown
from callreview.ingest import ReadOptions, read_calls
from callreview.ingest.formats import callreview_json, formats
from callreview.ingest.text import clean

FIXTURES = Path(__file__).parents[1] / "fixtures" / "transcripts"
MOST_S = 20.0
"""A reader that takes longer over a small input hangs; the machine may be busy with other work."""

_PLACE = Path("/nowhere/callreview-fuzz/call.dat")
_EXAMPLES = 200

# --- what must hold ------------------------------------------------------------------------------


class Hang(BaseException):
    """A reader did not come to an end; no `Exception`, so that no reader can swallow it."""


def check(data: bytes) -> int:
    """Read `data` as each format and as recognised: how many calls came of it.

    AssertionError, Hang or what a reader raises where it fails.
    """
    read = 0
    for name in (None, *formats()):
        with _in_time(name):
            calls = _calls(data, ReadOptions(format=name))
            for call in calls:
                _holds_together(call)
        read += len(calls)
    return read


def _calls(data: bytes, options: ReadOptions) -> tuple[Call, ...]:
    try:
        return read_calls(_PLACE, options=options, data=data, otherwise=_printable)
    except SidesUnknown as error:
        _printable(error)
        sellers = error.speakers[:1]
        return _calls(data, ReadOptions(format=options.format, sellers=sellers)) if not options.sellers else ()
    except CallreviewError as error:
        _printable(error)
        return ()


def _printable(error: CallreviewError) -> None:
    assert str(error).encode()
    assert error.message
    assert error.exit_status in (2, 3), error


def _holds_together(call: Call) -> None:
    names = [speaker.name for speaker in call.speakers]
    assert len(names) == len(set(names)), "two speakers of one name"
    assert call.turns, "a call without turns"
    assert [turn.number for turn in call.turns] == list(range(1, len(call.turns) + 1))
    for turn in call.turns:
        assert turn.speaker in names, "nobody says this turn"
        assert turn.text, "a turn without text"
        assert turn.text == clean(turn.text), "a text that is not clean"
        assert all(time is None or (math.isfinite(time) and time >= 0) for time in (turn.start, turn.end))
        assert turn.line is None or turn.line >= 1
    assert call.duration_s is None or (math.isfinite(call.duration_s) and call.duration_s >= 0), "no duration"
    assert call.title, "no title"
    for words in (call.title, call.account or "", *names, *call.notes):
        assert words == clean(words), "a name or note that a terminal would obey"
    (again,) = _calls(callreview_json.write(call).encode(), ReadOptions(format="callreview_json")) or (None,)
    assert again is None or (again.turns, again.notes) == (call.turns, call.notes), "convert loses something"


@contextmanager
def _in_time(what: str | None) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hang(f"read as {what}: no end after {MOST_S:.0f} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, MOST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# --- what is read --------------------------------------------------------------------------------

_FILES = sorted(file for file in FIXTURES.glob("*/*") if file.is_file())
_TEXTS = [file.read_bytes().decode("utf-8", errors="replace") for file in _FILES]


def _json_of(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


_VALUES = [value for value in map(_json_of, _TEXTS) if isinstance(value, (dict, list))]


def _places(value: object) -> Iterator[tuple[object, object]]:
    """Each container with each of its keys, from the outside inwards."""
    todo = [value]
    for holder in todo:
        keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else []
        for key in keys:
            yield holder, key
            todo.append(holder[key])  # type: ignore[index]


_KEYS = sorted({key for value in _VALUES for holder, key in _places(value) if isinstance(holder, dict)})
_ODD_NUMBERS = [0, -1, -0.0, 0.5, 1e-9, 1e9, 1e18, 1e308, -1e308, 2**63, 10**400, math.inf, -math.inf, math.nan]
_ODD_WORDS = [
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "\x1b[2J",
        "NaN",
        "-1",
        "1e999",
        "00:00:61",
        "99:99:99,999",
        "PT1H",
        "PT",
        "-->",
    ),
    *("1.200s", "-1s", "s", "2026-02-30T25:61:00Z", "2026-09-21T15:51:07Z", "0001-01-01T00:00:00+23:59", "9999-12-31"),
    *("[PII]", "####", "....", "a" * 5_000, "Dana: hello", "WEBVTT", "SPEAKER_00", "ch_0", "١٢", "²", "Ⅻ", "🚗 + 🚗"),
]
_scalars = (
    st.none()
    | st.booleans()
    | st.sampled_from(_ODD_NUMBERS)
    | st.sampled_from(_ODD_WORDS)
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
)
_values = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6),
    max_leaves=25,
)


def _nested(value: object, depth: int, key: str | None) -> object:
    for _ in range(depth):
        value = [value] if key is None else {key: value}
    return value


_CHANGES: dict[str, Callable[[Callable[..., object], object], object]] = {
    "null": lambda draw, old: None,
    "scalar": lambda draw, old: draw(_scalars),
    "value": lambda draw, old: draw(_values),
    "in a list": lambda draw, old: [old],
    "in an object": lambda draw, old: {draw(st.sampled_from(_KEYS)): old},
    "as text": lambda draw, old: json.dumps(old),
    "empty": lambda draw, old: type(old)(),
    "deep": lambda draw, old: _nested(old, 1_000, draw(st.none() | st.sampled_from(_KEYS))),
    "negative": lambda draw, old: -old if isinstance(old, (int, float)) else old,
    "a thousandfold": lambda draw, old: old * 1000 if isinstance(old, (int, float)) else old,
    "backwards": lambda draw, old: old[::-1] if isinstance(old, list) else old,
    "repeated": lambda draw, old: old * 3 if isinstance(old, (list, str)) else old,
}


@st.composite
def broken_json(draw: Callable[..., object]) -> bytes:
    """A fixture with some values dropped, changed, renamed, nested or swapped."""
    value = json.loads(json.dumps(draw(st.sampled_from(_VALUES))))
    for _ in range(draw(st.integers(1, 4))):  # type: ignore[call-overload]
        places = list(_places(value))
        if not places or len(places) > 5_000:
            break
        holder, key = draw(st.sampled_from(places))  # type: ignore[misc]
        change = draw(st.sampled_from(["drop", "rename", *_CHANGES]))
        if change == "drop":
            del holder[key]
        elif change == "rename" and isinstance(holder, dict):
            holder[draw(st.sampled_from(_KEYS))] = holder.pop(key)
        elif change in _CHANGES:
            holder[key] = _CHANGES[change](draw, holder[key])  # type: ignore[index]
    try:
        return json.dumps(value, ensure_ascii=draw(st.booleans())).encode("utf-8", errors="surrogatepass")
    except RecursionError:
        return b"[" * 5_000


_PIECES = [
    *(
        "WEBVTT\n\n",
        "\n",
        "\n\n",
        "\r",
        "\0",
        "\ufeff",
        "\u2028",
        "\x85",
        "\t",
        ",",
        ";",
        '"',
        '""',
        "{",
        "}",
        "[",
        "]",
        "[]",
    ),
    *(
        "1\n",
        "00:00:01.000 --> 00:00:02.000\n",
        "0:0:5.1 --> 0:0:6.1",
        "00:00:09,000 --> 00:00:01,000\n",
        "-->",
        "99:99",
    ),
    *(
        "Dana Whitfield: ",
        "Lee: ",
        "<v Dana>",
        "</v>",
        "<v >",
        "NOTE\n",
        "[00:01:23] ",
        "(01:23) ",
        "Dana  0:15\n",
        "**Lee:** ",
    ),
    *(
        "speaker,text,start\n",
        "Dana,hello,1\n",
        "&amp;",
        "&#0;",
        "&#x110000;",
        "[PII]",
        "[inaudible]",
        "hello there. ",
        "²",
        "١:٢٣",
    ),
]


def _cut(draw: Callable[..., object], text: str, _: str) -> str:
    return text[: draw(st.integers(0, len(text)))]  # type: ignore[misc]


def _inserted(draw: Callable[..., object], text: str, other: str) -> str:
    at = draw(st.integers(0, len(text)))
    piece = draw(st.sampled_from([*_PIECES, *_ODD_WORDS]) | st.text(max_size=8)) or other
    return f"{text[:at]}{piece}{text[at:]}"  # type: ignore[misc]


def _removed(draw: Callable[..., object], text: str, _: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + text[at + draw(st.integers(0, 60)) :]  # type: ignore[misc,operator]


def _shuffled(draw: Callable[..., object], text: str, _: str) -> str:
    lines = text.split("\n")
    at, to = (draw(st.integers(0, len(lines) - 1)) for _ in "12")
    lines[at], lines[to] = lines[to], lines[at]  # type: ignore[index]
    return "\n".join(lines)


def _spliced(draw: Callable[..., object], text: str, other: str) -> str:
    return _cut(draw, text, other) + other[draw(st.integers(0, len(other))) :]  # type: ignore[misc]


def _long(draw: Callable[..., object], text: str, other: str) -> str:
    piece = draw(st.sampled_from(_PIECES))
    return _inserted(draw, text, "") + piece * draw(st.sampled_from([3, 100, 5_000])) + other  # type: ignore[operator]


_ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "shift-jis"]


@st.composite
def broken_text(draw: Callable[..., object]) -> bytes:
    """A fixture cut, spliced, shuffled or with odd pieces in it, perhaps in another encoding, or in two."""
    text, other = (draw(st.sampled_from(_TEXTS)) for _ in "12")
    for _ in range(draw(st.integers(1, 4))):  # type: ignore[call-overload]
        change = draw(st.sampled_from([_cut, _inserted, _inserted, _removed, _shuffled, _spliced, _long]))
        text = change(draw, text, other)  # type: ignore[operator]
    one, two = (draw(st.sampled_from(["utf-8", "utf-8", *_ENCODINGS])) for _ in "12")
    at = draw(st.sampled_from([0, 0, 0, len(text) // 2]))  # type: ignore[arg-type]
    return text[:at].encode(two, errors="replace") + text[at:].encode(one, errors="replace")  # type: ignore[index]


INPUTS = (
    broken_json()
    | broken_text()
    | _values.map(lambda value: json.dumps(value).encode())
    | st.lists(st.sampled_from([*_PIECES, *_ODD_WORDS]), max_size=40).map(
        lambda pieces: "".join(pieces).encode("utf-8", errors="replace")
    )
    | st.binary(max_size=200)
)

# --- for minutes ---------------------------------------------------------------------------------


class _Found:
    """How many inputs were read and calls came of them, and what failed, the smallest input for each place."""

    def __init__(self) -> None:
        self.inputs: dict[str, bytes] = {}
        self.told: dict[str, str] = {}
        self.times: Counter[str] = Counter()
        self.count = self.calls = 0
        self.longest_s = 0.0

    def note(self, error: BaseException, data: bytes) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno} {str(error)[:100]}"
        self.times[place] += 1
        if place not in self.inputs or len(data) < len(self.inputs[place]):
            self.inputs[place] = data
            self.told[place] = "".join(traceback.format_exception(error, limit=-6))


def fuzz(minutes: float, first_seed: int) -> _Found:
    """Read inputs until the time is over."""
    found = _Found()
    end = time.monotonic() + minutes * 60

    def run(data: bytes) -> None:
        if (began := time.monotonic()) > end:
            return
        try:
            found.calls += check(data)
        except (Exception, Hang) as error:
            found.note(error, data)
        found.count += 1
        found.longest_s = max(found.longest_s, time.monotonic() - began)

    number = first_seed
    while time.monotonic() < end:
        many = settings(max_examples=_EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        seed(number)(many(given(INPUTS)(run)))()
        number += 1
    return found


def main() -> int:
    """Fuzz for some minutes and print what failed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=0)
    told = options.parse_args()
    found = fuzz(told.minutes, told.seed)
    print(f"{found.count:,} inputs, each read {len(formats()) + 1} times, gave {found.calls:,} calls;", end=" ")
    print(f"the slowest took {found.longest_s:.1f} s")
    if not found.inputs:
        print("nothing failed")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="callreview-fuzz-"))
    for number, (place, data) in enumerate(found.inputs.items(), 1):
        (folder / f"{number}.dat").write_bytes(data)
        print(
            f"\n{number}. {found.times[place]} times: {place}\n{found.told[place]}   input: {folder / f'{number}.dat'}"
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
