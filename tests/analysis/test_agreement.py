from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.agreement import Counts, bootstrap, compare, matched, quadratic_kappa
from callreview.analysis.labels import PROMPTS, Labels


def labels(level: int | None = 1, turns: tuple[int, ...] = (), violations: tuple[tuple[str, int], ...] = ()) -> Labels:
    return Labels(
        levels=dict.fromkeys(PROMPTS, level),
        evidence=dict.fromkeys(PROMPTS, turns),
        violations=violations,
        autonomy=(),
        moment="demo",
        upsell=True,
    )


def test_kappa_of_a_worked_example() -> None:
    # By hand: the pairs disagree by 1 + 4; the margins {0: 1, 1: 2, 3: 1} and {0: 1, 1: 2, 2: 1} lead one to expect 7.
    pairs = [(0, 0), (1, 1), (1, 2), (3, 1)]
    assert quadratic_kappa(pairs) == pytest.approx(1 - 5 / 7)


@pytest.mark.parametrize("pairs", [[], [(1, 1)], [(2, 2), (2, 2)]])
def test_kappa_is_undefined_without_spread(pairs: list[tuple[int, int]]) -> None:
    assert quadratic_kappa(pairs) is None


@given(st.lists(st.integers(1, 60), unique=True))
def test_what_is_found_exactly_is_all_right(turns: list[int]) -> None:
    assert matched(turns, turns) == Counts(tp=len(turns))


def test_a_turn_is_found_one_turn_away_and_used_once() -> None:
    assert matched([10], [9, 11]) == Counts(tp=1, fp=1)
    assert matched([10], [12]) == Counts(fp=1, fn=1)


def test_na_is_a_level_of_its_own() -> None:
    result = compare([(labels(None), labels(0)), (labels(None), labels(None))])
    assert result.exact == 0.5
    assert result.prompts["risk"].na_agree == 0.5
    assert result.prompts["risk"].confusion == {(None, 0): 1, (None, None): 1}


def test_violations_agree_by_kind_and_turn() -> None:
    gold = labels(violations=(("urgency", 5), ("scarcity", 9)))
    found = labels(violations=(("urgency", 6), ("urgency", 9)))
    result = compare([(gold, found), (labels(), labels(violations=(("coercion", 1),)))])
    assert result.violations == Counts(tp=1, fp=2, fn=1)
    assert (result.clean_calls, result.clean_calls_flagged) == (1, 1)


def test_the_interval_is_the_same_each_time_and_holds_the_figure() -> None:
    pairs = [(labels(level), replace(labels(other))) for level, other in [(0, 0), (1, 2), (2, 2), (3, 1)]]

    def exact(sample: object) -> float:
        return compare.__globals__["_exact"](sample)

    first = bootstrap(pairs, exact)
    assert first == bootstrap(pairs, exact)
    assert first is not None
    assert first[0] <= exact(pairs) <= first[1]
