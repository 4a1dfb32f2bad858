"""Shares, and the intervals of their differences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.shares import LEAST, Share, change

shares = st.integers(0, 60).flatmap(lambda n: st.builds(Share, count=st.integers(0, n), n=st.just(n)))


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_intervals_are_those_that_newcombe_published(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), table II, method 10."""
    found = change(Share(count=now[0], n=now[1]), Share(count=before[0], n=before[1]))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00011)


@given(now=shares, before=shares)
def test_a_change_lies_in_its_interval_and_turns_round_with_the_order(now: Share, before: Share) -> None:
    there, back = change(now, before), change(before, now)
    if min(now.n, before.n) < LEAST:
        assert there is None
    else:
        assert there is not None and back is not None
        assert -1 <= there.low <= there.difference <= there.high <= 1
        assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=0.0001)


def test_few_calls_have_no_share() -> None:
    assert Share(count=4, n=4).value is None
    assert Share(count=4, n=5).value == 0.8
