"""The stage of a call, told from how many turns speak of each."""

import pytest

from callreview.assessment.moment import STAGES


@pytest.mark.parametrize("stage", STAGES.values(), ids=STAGES)
def test_more_turns_of_a_stage_speak_more_for_it(stage) -> None:
    assert stage.odds(1) < stage.odds(3) < stage.odds(6)


def test_one_turn_of_a_stage_is_no_more_than_passing_mention() -> None:
    assert STAGES["demo"].odds(1) < STAGES["proposal"].odds(3)
    assert STAGES["objection"].odds(2) < STAGES["proposal"].odds(3)
    assert STAGES["demo"].odds(6) > STAGES["proposal"].odds(4)
