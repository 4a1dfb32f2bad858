from datetime import date

import pytest

from callreview.conversation import Side
from callreview.errors import InputError
from callreview.ingest.formats import csv
from callreview.ingest.source import COLUMNS, Source

from ..helpers import call_of, fixture, parsed, read_text, said, sides_of, sure

SEMICOLONS = """sep=;
Sprecher;Gesagt;Zeit
Dana;Guten Tag, Frau Ortiz.;0,5
Sam;"Guten Tag,
wer spricht?";2,25
"""
GERMAN = {"speaker": "Sprecher", "text": "Gesagt", "start": "zeit"}


def test_usual_names():
    transcript = parsed("csv", "csv/ordinary.csv")
    assert said(transcript) == [
        ("Dana Whitfield", "Hello Sam, thanks for the time."),
        ("Sam Ortiz", "Hello."),
        ("Dana Whitfield", 'You wrote "two more sites".'),
    ]
    assert [(u.start, u.end, u.line) for u in transcript.utterances] == [(0.4, 2.6, 2), (2.9, 4.1, 3), (3.8, 6.0, 4)]
    assert (transcript.date, transcript.account, transcript.title) == (date(2026, 9, 14), "Trestle Homes", None)
    assert transcript.can_overlap
    assert transcript.notes == ()


def test_several_calls():
    one, two, three = csv.read(Source(text=fixture("several.csv")))
    assert (one.title, two.title, three.title) == ("1", "2", "3")
    assert said(one) == [
        ("agent", "Hi, this is Dana from Northwind."),
        ("prospect", "Hello."),
        ("agent", "So, , , you said Friday?"),
    ]
    assert [u.start for u in one.utterances] == [5.0, 9.0, 75.0]
    assert two.utterances == ()
    assert [u.start for u in three.utterances] == [0.0, 3.0]
    assert three.notes == ("times are points in time: counted from the first one",)


def test_milliseconds_sides_addresses_and_repairs():
    transcript = parsed("csv", "odd.tsv")
    assert said(transcript) == [
        ('Dana "D" Whitfield', '"No way" is what he said'),
        ("Sam", "Really?"),
        ("Sam", "Yes and again"),
        (None, "Nobody"),
        ("Sam", "[PII]"),
    ]
    assert [(u.start, u.end) for u in transcript.utterances] == [
        (1.2, 2.4),
        (2.3, 3.1),
        (None, None),
        (5.0, None),
        (7.0, 7.1),
    ]
    told = transcript.told['Dana "D" Whitfield']
    assert (told.side, told.email) == (Side.SELLER, "dana@northwind.example")
    assert transcript.told["Sam"].side is Side.BUYER
    assert transcript.notes == (
        "1 row with more cells than the header: the last cells joined",
        "1 time that cannot be read: left out",
        "1 piece without words: skipped",
    )


def test_a_call_that_goes_on_after_midnight():
    (transcript,) = csv.read(Source(text="speaker,time,text\nDana,23:59:50,hello\nSam,00:00:05,hi there\n"))
    assert [(u.speaker, u.start) for u in transcript.utterances] == [("Dana", 0.0), ("Sam", 15.0)]


def test_described_columns():
    source = Source(text=SEMICOLONS, columns=GERMAN)
    assert csv.sniff(source) == 1.0
    (transcript,) = csv.read(source)
    assert said(transcript) == [("Dana", "Guten Tag, Frau Ortiz."), ("Sam", "Guten Tag, wer spricht?")]
    assert [(u.start, u.line) for u in transcript.utterances] == [(0.5, 3), (2.25, 5)]


def test_columns_that_are_not_there():
    with pytest.raises(InputError) as caught:
        csv.read(Source(text=SEMICOLONS))
    assert str(caught.value) == (
        "no column of this table is known to hold what is said; its columns are Sprecher, Gesagt, Zeit\n"
        '  help: say which one in callreview.toml, below [csv]: text = "COLUMN"'
    )
    with pytest.raises(InputError) as caught:
        csv.read(Source(text=fixture("ordinary.csv"), columns={"call": "cal_id"}))
    assert str(caught.value) == "this table has no column 'cal_id'\n  help: did you mean 'call_id'?"


@pytest.mark.parametrize(
    ("cell", "start"),
    [
        ("75", 75.0),
        ("75.25", 75.25),
        ("75 s", 75.0),
        ("1:15", 75.0),
        ("[01:15]", 75.0),
        ("0:01:15.5", 75.5),
        ("00:01:15,250", 75.25),
        ("1:75", None),
        ("-3", None),
        ("later", None),
    ],
)
def test_times(cell, start):
    transcript = read_text(csv, f"speaker;text;start\nDana;hi;{cell}\n")
    assert transcript.utterances[0].start == start
    assert bool(transcript.notes) == (start is None)


def test_points_in_time():
    text = "speaker,text,timestamp\nDana,hi,2026-09-14 10:00:01\nSam,ho,2026-09-14T10:00:03.5\n"
    transcript = read_text(csv, text)
    assert [u.start for u in transcript.utterances] == [0.0, 2.5]
    assert transcript.date == date(2026, 9, 14)
    epoch = read_text(csv, "speaker,text,timestamp\nDana,hi,1789398000000\nSam,ho,1789398002000\n")
    assert [u.start for u in epoch.utterances] == [0.0, 2.0]


def test_milliseconds_by_their_size():
    transcript = read_text(csv, "speaker,text,start\nDana,hi there,400\nSam,hello and good morning,20000\n")
    assert [u.start for u in transcript.utterances] == [0.4, 20.0]
    assert transcript.notes == ("times are taken as milliseconds, by their size",)
    many = "".join(f"Dana,one two three four five six,{second}\n" for second in range(0, 12_000, 60))
    assert read_text(csv, "speaker,text,start\n" + many).utterances[-1].start == 11_940.0


def test_rows_without_a_call_are_of_the_call_above():
    one, two = csv.read(Source(text="call,speaker,text\n1,Dana,hi\n,Sam,ho\n2,Dana,hi again\n"))
    assert said(one) == [("Dana", "hi"), ("Sam", "ho")]
    assert one.notes == ("1 row without a call: taken to be of the call above",)
    assert said(two) == [("Dana", "hi again")]


def test_a_quote_that_is_never_closed():
    with pytest.raises(InputError) as caught:
        call_of('speaker,text\nDana,"hi\nSam,ho\n')
    assert str(caught.value).startswith("calls/acme.txt:3: this is no table: unexpected end of data\n")


def test_roles_in_place_of_names():
    call = call_of("role,text\nagent,hi\nprospect,ho\n")
    assert sides_of(call) == {"agent": ("seller", "label"), "prospect": ("buyer", "label")}


def test_every_column_has_usual_names():
    assert set(csv._NAMES) == set(COLUMNS)


def test_sniff():
    assert sure(csv, fixture("ordinary.csv")) == 0.9
    assert sure(csv, fixture("odd.tsv")) == 0.9
    assert sure(csv, SEMICOLONS) == 0.0
    assert sure(csv, "Dana: the text, the speaker\nSam: ho\n") == 0.0
    assert sure(csv, "text\nhello\n") == 0.0
    assert sure(csv, "") == 0.0
