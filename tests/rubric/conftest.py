"""A small playbook to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import FIXTURES

RUBRICS = FIXTURES / "rubrics"


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    """The small playbook in a folder of its own, beside the files that it shares."""
    return copy_of_small(tmp_path / "rubrics")


def copy_of_small(parent: Path) -> Path:
    """A copy of the small playbook in a new folder."""
    shutil.copytree(RUBRICS / "small", parent / "small")
    for name in ("contexts.yaml", "lists.yaml"):
        shutil.copy(RUBRICS / name, parent / name)
    return parent / "small"
