from pathlib import Path

import pytest

from callreview.analysis.labels import LabelledCall, read_folder
from callreview.assessment.readings import findings, known_readings
from callreview.assessment.reviewer import Reviewer
from callreview.ingest import ReadOptions, read_call

CALLS = read_folder(Path(__file__).parents[1] / "gold" / "tune")[::4]


@pytest.mark.parametrize("labelled", CALLS, ids=lambda labelled: labelled.name)
def test_a_reading_gives_no_fact_that_it_does_not_declare(reviewer: Reviewer, labelled: LabelledCall) -> None:
    sides = ReadOptions(sellers=tuple(labelled.sellers), buyers=tuple(labelled.buyers))
    hearing = reviewer.hear(read_call(labelled.transcript, options=sides))
    for name, facts in known_readings().items():
        assert {fact for finding in findings(name, hearing) for fact in finding.facts} <= facts
