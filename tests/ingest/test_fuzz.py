import pytest
from hypothesis import HealthCheck, given, settings

from callreview.ingest.formats import plain

from . import fuzz


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(fuzz.INPUTS)
def test_a_clear_error_or_calls_that_hold_together(data):
    fuzz.check(data)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"a":' * 1_000 + b"1" + b"}" * 1_000,
        b'{"callTranscripts": ' + b"[" * 1_000 + b"]" * 1_000 + b"}",
        b'{"transcript": [{"start": 1' + b"0" * 5_000 + b', "speaker": "A", "text": "hi"}]}',
        b"WEBVTT\n\n\0\0" + b"00:01.000 --> 00:02.000\nDana: hi\0\n\n" * 3,
    ],
    ids=["open lists", "deep", "deep within a format", "a number of 5,000 digits", "NUL bytes"],
)
def test_what_breaks_readers(data):
    fuzz.check(data)


def test_what_fails_is_found(monkeypatch):
    monkeypatch.setattr(plain, "read", lambda source: 1 / 0)
    found = fuzz.fuzz(minutes=0.01, first_seed=0)
    assert any(place.startswith("ZeroDivisionError at test_fuzz.py") for place in found.inputs)
