"""Reviewing calls with one rubric: compile once, review many."""

from __future__ import annotations

from pathlib import Path

from callreview.assessment.assess import assess
from callreview.assessment.readings import known_readings
from callreview.assessment.review import Review
from callreview.conversation import Call
from callreview.detection.detect import Detector
from callreview.detection.hearing import Hearing
from callreview.detection.keeping import is_kept
from callreview.rubric import Rubric, load


def load_playbook(folder: Path) -> Rubric:
    """A playbook that is bound to the readings; raises RubricError with every mistake found in it.

    One that is kept compiled was without mistakes, and is not searched for them again.
    """
    return load(folder, readings=known_readings(), is_sound=is_kept)


class Reviewer:
    """Holds a compiled rubric, as `load_playbook` gives it."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self._detector = Detector(rubric, keep=True)

    def hear(self, call: Call) -> Hearing:
        """What was heard, before it is assessed."""
        return self._detector.hear(call)

    def review(self, call: Call) -> Review:
        """The review of one call."""
        return assess(self.hear(call), self.rubric)
