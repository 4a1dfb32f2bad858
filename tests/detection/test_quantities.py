from datetime import date

import pytest

from callreview.detection.quantities import quantities
from callreview.detection.words import spoken
from tests.conftest import call_of

TUESDAY = date(2026, 9, 15)


def found(text: str) -> list[tuple[str, str, set[float]]]:
    call = call_of(f"seller: {text}")
    return [
        (f.quantity.kind, call.quote(f.quantity.passage), set(f.quantity.values))
        for sentence in spoken(call)
        for f in quantities(sentence, TUESDAY)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "words", "value"),
    [
        ("about thirty one percent of them", "percent", "thirty one percent", 31),
        ("it was 40% less", "percent", "40%", 40),
        ("we lost twenty-two hundred", "number", "twenty-two hundred", 2200),
        ("that is a hundred and eighty grand", "money", "a hundred and eighty grand", 180_000),
        ("$1,200 a seat", "money", "$1,200", 1200),
        ("it is £9.99 each", "money", "£9.99", 9.99),
        ("around 18k", "number", "18k", 18_000),
        ("it goes to three ninety", "number", "three ninety", 390),
        ("the other one is fourteen two", "number", "fourteen two", 14_200),
        ("nineteen and a half thousand", "number", "nineteen and a half thousand", 19_500),
        ("sixty nine ninety nine plus vat", "number", "sixty nine ninety nine", 69.99),
        ("six hours of typing", "duration", "six hours", 6),
        ("two point five per cent", "percent", "two point five per cent", 2.5),
    ],
)
def test_amounts_as_people_say_them(text: str, kind: str, words: str, value: float) -> None:
    assert any((k, w) == (kind, words) and value in v for k, w, v in found(text)), found(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("by the fourteenth then", "fourteenth"),
        ("on the 3rd of March", "3rd of March"),
        ("next Tuesday works", "next Tuesday"),
        ("at the end of the month", "end of the month"),
        ("within two weeks", "within two weeks"),
        ("thursday morning with ray", "thursday"),
        ("by friday week", "friday week"),
        ("in october maybe", "october"),
    ],
)
def test_dates(text: str, words: str) -> None:
    assert ("date", words) in [(k, w) for k, w, _ in found(text)]


@pytest.mark.parametrize("text", ["you may want that", "the first thing is", "march them out", "we will see you soon"])
def test_what_only_looks_like_a_date(text: str) -> None:
    assert not [w for k, w, _ in found(text) if k == "date"]


def test_dates_are_resolved_against_the_day_of_the_call() -> None:
    call = call_of("seller: Friday, or by the 2nd.")
    days = [f.quantity.iso_date for s in spoken(call) for f in quantities(s, TUESDAY)]
    assert days == ["2026-09-18", "2026-10-02"]


def test_numbers_do_not_reach_over_a_pause() -> None:
    assert [w for _, w, _ in found("one nineteen, two hundred, six")] == ["one nineteen", "two hundred", "six"]
