"""The call that a person means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from callreview.analysis.calls import find_call
from callreview.errors import UsageError
from callreview.store.records import CallRecord

ACME = CallRecord(
    id="3f9c0a1b2c3d4e5f",
    title="Renewal",
    format="plain",
    path="/calls/2026-09-14_Acme_782912.txt",
    date=None,
    account="Acme",
    duration_s=None,
    turns=30,
    words=300,
    speakers=(),
)
BOLT = replace(ACME, id="3f9c0a9999999999", title="Demo", path="/calls/bolt.vtt")
GIVEN = replace(ACME, id="aaaaaaaaaaaaaaaa", title="Read from a pipe", path=None)
CALLS = (ACME, BOLT, GIVEN)


@pytest.mark.parametrize(
    ("meant", "call"),
    [
        ("3f9c0a1b", ACME),
        ("3F9C0A1B2C3D4E5F", ACME),
        ("/calls/bolt.vtt", BOLT),
        ("bolt.vtt", BOLT),
        ("bolt", BOLT),
        ("renewal", ACME),
        ("782912", ACME),
        ("read from a pipe", GIVEN),
    ],
)
def test_a_call_is_meant_by_its_id_file_or_title(meant: str, call: CallRecord) -> None:
    assert find_call(meant, CALLS) == call


def test_several_calls_are_shown_with_their_ids() -> None:
    with pytest.raises(UsageError, match=r"2 calls are meant by '3f9c0a'") as caught:
        find_call("3f9c0a", CALLS)
    assert "3f9c0a1b2c3d4e5f (2026-09-14_Acme_782912.txt)" in str(caught.value)


@pytest.mark.parametrize("meant", ["3f9c", "78291", "boltt"])
def test_what_means_no_call_is_refused(meant: str) -> None:
    with pytest.raises(UsageError, match="no call"):
        find_call(meant, CALLS)


def test_a_near_miss_is_told() -> None:
    with pytest.raises(UsageError, match="did you mean 'Renewal'"):
        find_call("Renewl", CALLS)
