"""The rubric floor: YAML that a manager edits becomes typed rules that know their line and column."""

from callreview.rubric.loader import find_rubric, load
from callreview.rubric.model import Rubric

__all__ = ["Rubric", "find_rubric", "load"]
