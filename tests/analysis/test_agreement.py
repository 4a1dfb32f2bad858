from hypothesis import given
from hypothesis import strategies as st

from callreview.analysis.agreement import Counts, compare, matched
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
