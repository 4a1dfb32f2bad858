"""The rubric floor: YAML that a manager edits becomes typed rules that know their line and column."""

from callreview.rubric.folders import find_rubric, shipped_rubrics
from callreview.rubric.loader import load
from callreview.rubric.model import Rubric

__all__ = ["Rubric", "find_rubric", "load", "shipped_rubrics"]
