"""The own format reads back what it wrote, whatever call it was."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.errors import CallreviewError, InputError
from callreview.ingest import ReadOptions, read_calls
from callreview.ingest.formats import callreview_json, formats
from callreview.ingest.text import clean
from callreview.ingest.turns import call_id

from ..helpers import FIXTURES, call_of, fixture, parsed, said, sides_of, sure

NO_TALK = {"zoom_chat"}
ORDINARY = [file for file in sorted(FIXTURES.glob("*/ordinary.*")) if file.parent.name not in NO_TALK]
WORDS = st.text(min_size=1, max_size=30).map(clean).filter(bool)
TIMES = st.none() | st.floats(0, 170_000).map(lambda time: round(time, 3))


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """Any call that reading can give: both sides speak."""
    names = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    sides = [Side.SELLER, Side.BUYER, *(draw(st.sampled_from(Side)) for _ in names[2:])]
    speakers = tuple(
        Speaker(
            name=name,
            side=side,
            side_from=draw(st.sampled_from(SideSource)),
            team=draw(st.none() | WORDS),
            manager=draw(st.none() | WORDS),
        )
        for name, side in zip(names, sides, strict=True)
    )
    turns = tuple(
        Turn(
            number=number,
            speaker=draw(st.sampled_from(names)),
            text=draw(WORDS),
            start=draw(TIMES),
            end=draw(TIMES),
            line=draw(st.none() | st.integers(1, 10**6)),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    )
    return Call(
        id=call_id(turns),
        title=draw(WORDS),
        format=draw(st.sampled_from([*formats()])),
        turns=turns,
        speakers=speakers,
        date=draw(st.none() | st.dates()),
        account=draw(st.none() | WORDS),
        duration_s=draw(TIMES),
        coarseness_s=draw(TIMES),
        can_overlap=draw(st.booleans()),
        notes=tuple(draw(st.lists(WORDS, max_size=3))),
    )


def read_back(call: Call) -> Call:
    return call_of(callreview_json.write(call), path="calls/other.json")


@settings(max_examples=200, deadline=None)
@given(calls())
def test_any_call_reads_back_without_loss(call):
    assert read_back(call) == replace(call, path=Path("calls/other.json"))


@pytest.mark.parametrize("file", ORDINARY, ids=lambda file: file.parent.name)
def test_each_format_reads_back_without_loss(file):
    for call in _calls(file):
        assert replace(read_back(call), path=file) == call


def _calls(file: Path) -> tuple[Call, ...]:
    """The calls of a file; where nothing tells the sides, whoever may sell sells."""
    try:
        return read_calls(file, options=ReadOptions())
    except CallreviewError as error:
        sellers = getattr(error, "speakers", ())
        if not sellers:
            raise
        return read_calls(file, options=ReadOptions(sellers=sellers[:1]))


def test_ordinary():
    call = call_of(fixture("callreview_json/ordinary.json"))
    assert sides_of(call) == {"Dana Whitfield": ("seller", "roster"), "Sam Ortiz": ("buyer", "export")}
    assert (call.format, call.title, call.account, call.date) == ("gong", "Renewal", "Trestle", date(2026, 9, 14))
    assert (call.coarseness_s, call.can_overlap, call.duration_s) == (None, True, 6.5)
    assert call.notes == ("1 piece without words: skipped",)
    assert call.turns[1] == Turn(number=2, speaker="Sam Ortiz", text="Hello Dana.", start=2.5, end=3.75, line=14)


def test_a_title_that_somebody_took_out_is_the_file_name():
    text = fixture("callreview_json/ordinary.json").replace('"Renewal"', "null")
    assert call_of(text, path="calls/acme.json").title == "acme"


def test_options_settle_the_sides_anew():
    text = fixture("callreview_json/ordinary.json")
    call = call_of(text.replace('"side_from": "export"', '"side_from": "inferred"'), sellers=("sam",))
    assert sides_of(call) == {"Dana Whitfield": ("buyer", "option"), "Sam Ortiz": ("seller", "option")}
    assert call.format == "gong"
    kept = call_of(text, sellers=("sam",))
    assert sides_of(kept)["Sam Ortiz"] == ("buyer", "export")


def test_notes_on_sides_do_not_outlive_them():
    text = fixture("callreview_json/ordinary.json").replace('"export"', '"inferred"')
    stale = "sides are inferred from what is said, nothing else tells them: check them, or use --seller"
    text = text.replace('"notes": [', f'"notes": ["{stale}", ')
    assert stale in call_of(text).notes
    assert call_of(text, sellers=("dana",)).notes == ("1 piece without words: skipped",)


def test_odd():
    transcript = parsed("callreview_json", "callreview_json/odd.json")
    assert said(transcript) == [
        ("Dana Whitfield", "Good morning."),
        ("Unknown speaker", "Hello?"),
        ("Sam Ortiz", "7"),
    ]
    assert [(u.start, u.end, u.line) for u in transcript.utterances] == [
        (0.5, None, None),
        (None, 2.0, None),
        (3.0, None, None),
    ]
    call = transcript.call
    assert [turn.number for turn in call.turns] == [1, 2, 3]
    assert [(s.name, s.side) for s in call.speakers] == [
        ("Dana Whitfield", Side.SELLER),
        ("Unknown speaker", Side.UNKNOWN),
        ("Sam Ortiz", Side.UNKNOWN),
    ]
    assert call.notes == ("a \ufffd note",)
    assert sides_of(call_of(fixture("callreview_json/odd.json")))["Sam Ortiz"] == ("buyer", "export")


@pytest.mark.parametrize(("version", "help"), [("2", "a newer callreview reads it"), ("null", "convert the first")])
def test_other_versions(version, help):
    with pytest.raises(InputError) as caught:
        call_of(f'{{"callreview_call": {version}}}')
    assert help in str(caught.value)


def test_no_turns():
    with pytest.raises(InputError, match="nobody says anything"):
        call_of('{"callreview_call": 1, "turns": null}')


def test_sniff():
    assert sure(callreview_json, fixture("callreview_json/ordinary.json")) == 1.0
    assert sure(callreview_json, json.dumps({"turns": []})) == 0.0
    assert sure(callreview_json, "[]") == 0.0
