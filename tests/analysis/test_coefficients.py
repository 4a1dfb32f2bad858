"""Coefficients equal what is published of them.

ABSTRACTORS is the worked example of Gwet's package irrCAC (vignette "Calculating Chance-corrected Agreement
Coefficients" and the page of `kappa2.table`): a hundred abstracts, classed by two people. GRANTS is the usual example
of Cohen's kappa, PARADOX the one with which Gwet (2002) shows that kappa falls below zero where 118 of 125 agree.
"""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.coefficients import bootstrap, cohen_kappa, exact, gwet_ac1, quadratic_kappa

Table = dict[tuple[int, int], int]
ABSTRACTORS = {(0, 0): 13, (1, 1): 20, (1, 2): 7, (2, 1): 4, (2, 2): 56}
GRANTS = {(1, 1): 20, (1, 0): 5, (0, 1): 10, (0, 0): 15}
PARADOX = {(1, 1): 118, (1, 0): 5, (0, 1): 2}
LEVELS = st.integers(0, 3)
TABLES = st.dictionaries(st.tuples(LEVELS, LEVELS), st.integers(1, 9), min_size=1)


def test_kappa_equals_published_values() -> None:
    assert cohen_kappa(ABSTRACTORS) == pytest.approx(0.7964094, abs=5e-8)
    assert cohen_kappa(GRANTS) == pytest.approx(0.4)
    assert cohen_kappa(PARADOX) == pytest.approx(-0.0234, abs=5e-5)


def test_quadratic_kappa_equals_published_values() -> None:
    assert quadratic_kappa(ABSTRACTORS) == pytest.approx(0.8921569, abs=5e-8)


def test_quadratic_kappa_of_four_pairs_by_hand() -> None:
    # The pairs disagree by 1 + 4; the margins {0: 1, 1: 2, 3: 1} and {0: 1, 1: 2, 2: 1} lead one to expect 7.
    assert quadratic_kappa({(0, 0): 1, (1, 1): 1, (1, 2): 1, (3, 1): 1}) == pytest.approx(1 - 5 / 7)


def test_ac1_equals_published_values() -> None:
    assert gwet_ac1(ABSTRACTORS, ratings=3) == pytest.approx(0.8493305, abs=5e-8)
    assert gwet_ac1(PARADOX, ratings=2) == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize(
    ("measure", "published"),
    [(cohen_kappa, (0.680, 0.913)), (lambda table: gwet_ac1(table, ratings=3), (0.764, 0.935))],
    ids=["kappa", "AC1"],
)
def test_intervals_are_as_wide_as_published_ones(measure, published) -> None:  # type: ignore[no-untyped-def]
    # The published ones come from the variance and the normal distribution, so the last digits may differ.
    assert bootstrap(_pairs(ABSTRACTORS), lambda sample: measure(_table(sample))) == pytest.approx(published, abs=0.02)


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    # Resampling a hundred pairs of which 89 agree draws from the binomial, whose percentiles can be reckoned.
    shares = [comb(100, k) * 0.89**k * 0.11 ** (100 - k) for k in range(101)]
    reckoned = tuple(next(k for k in range(101) if sum(shares[: k + 1]) >= at) / 100 for at in (0.025, 0.975))
    assert bootstrap(_pairs(ABSTRACTORS), lambda sample: exact(_table(sample))) == pytest.approx(reckoned, abs=0.011)


def test_the_interval_is_the_same_each_time() -> None:
    pairs = _pairs(GRANTS)
    assert bootstrap(pairs, lambda s: cohen_kappa(_table(s))) == bootstrap(pairs, lambda s: cohen_kappa(_table(s)))


@pytest.mark.parametrize("table", [{}, {(2, 2): 3}])
def test_nothing_is_told_where_there_is_nothing_to_tell(table: Table) -> None:
    assert cohen_kappa(table) is None
    assert quadratic_kappa(table) is None


def test_ac1_is_one_where_all_get_the_same() -> None:
    assert gwet_ac1({(2, 2): 3}, ratings=4) == 1


@given(TABLES)
def test_no_coefficient_depends_on_who_is_named_first(table: Table) -> None:
    turned = {(b, a): count for (a, b), count in table.items()}
    assert cohen_kappa(turned) == pytest.approx(cohen_kappa(table))
    assert quadratic_kappa(turned) == pytest.approx(quadratic_kappa(table))
    assert gwet_ac1(turned, ratings=4) == pytest.approx(gwet_ac1(table, ratings=4))


@given(TABLES)
def test_one_is_full_agreement_and_never_passed(table: Table) -> None:
    told = [cohen_kappa(table), quadratic_kappa(table), gwet_ac1(table, ratings=4)]
    assert all(value is None or value <= 1 + 1e-12 for value in told)
    assert (exact(table) == 1) == (gwet_ac1(table, ratings=4) == 1)


def _pairs(table: Table) -> list[tuple[int, int]]:
    return [pair for pair, count in table.items() for _ in range(count)]


def _table(pairs: list[tuple[int, int]]) -> Table:
    return {pair: pairs.count(pair) for pair in set(pairs)}
