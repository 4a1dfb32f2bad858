import pytest

from callreview.ingest import names


@pytest.mark.parametrize(
    "label",
    [
        "Dana",
        "Dana Whitfield",
        "DANA",
        "Dr. Aldana",
        "Jean-Luc O'Neill",
        "Pieter van Dijk",
        "Sinéad Moroney",
        "AE",
        "buyer",
        "Speaker 1",
        "unknown speaker",
        "J. Smith",
        "李 明",
        "Dana (Northwind Ltd)",
        "Sam K | Trestle",
    ],
)
def test_names_by_shape(label):
    assert names.looks_like_name(label)


@pytest.mark.parametrize(
    "label",
    [
        "Note",
        "Option A",
        "Step 1",
        "Here's the deal",
        "Yes",
        "10",
        "the thing is",
        "We said it. Then",
        "Date",
        "Next Steps",
        "https",
        "",
        "Monday",
        "So what we do now is",
        "Dana: hi",
    ],
)
def test_no_names(label):
    assert not names.looks_like_name(label)


def test_lower_case_names_need_to_recur_and_to_rule():
    assert names.accept({"dana": 3, "sam": 3, "the thing": 1}, lines=8, marked=False) == {"dana", "sam"}
    assert names.accept({"dana": 1}, lines=1, marked=False) == set()
    assert names.accept({"dana": 2}, lines=40, marked=False) == set()
    assert names.accept({"dana": 1, "well so": 1}, lines=40, marked=True) == {"dana"}


def test_head_is_split_at_the_first_colon_only():
    assert names.head_of("Dana: two: three") == ("Dana", "two: three")
    assert names.head_of("Dana:") == ("Dana", "")
    assert names.head_of("10:30 works") is None
    assert names.head_of("x" * 200 + ": late") is None
