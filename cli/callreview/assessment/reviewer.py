"""Reviewing calls with one rubric: compile once, review many."""

from __future__ import annotations

from callreview.assessment.assess import assess
from callreview.assessment.readings import check_readings
from callreview.assessment.review import Review
from callreview.conversation import Call
from callreview.detection.detect import Detector
from callreview.detection.hearing import Hearing
from callreview.rubric.model import Rubric


class Reviewer:
    """Holds a compiled rubric; RubricError where it names an unknown reading."""

    def __init__(self, rubric: Rubric) -> None:
        check_readings(rubric)
        self.rubric = rubric
        self._detector = Detector(rubric)

    def hear(self, call: Call) -> Hearing:
        """What was heard, before it is assessed."""
        return self._detector.hear(call)

    def review(self, call: Call) -> Review:
        """The review of one call."""
        return assess(self.hear(call), self.rubric)
