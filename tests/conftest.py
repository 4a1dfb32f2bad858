"""What many tests share: small calls and small playbooks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.rubric import load
from tests.browser import browser, chromium  # noqa: F401 - fixtures for all tests of pages

FIXTURES = Path(__file__).parent / "fixtures"
MakeCall = Callable[..., Call]


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    """The shipped playbook, compiled once for all tests."""
    return Reviewer(load(shipped.rubrics() / "upselling"))


@pytest.fixture
def make_call() -> MakeCall:
    """Make a call from lines such as 'seller: Good morning.'; every turn lasts five seconds."""
    return call_of


def call_of(*lines: str, side_from: SideSource = SideSource.OPTION) -> Call:
    """A call from lines led by 'seller:' or 'buyer:'."""
    turns = []
    for number, line in enumerate(lines, start=1):
        side, _, text = line.partition(": ")
        turns.append(Turn(number=number, speaker=side.title(), text=text, start=5.0 * number, end=5.0 * number + 5))
    speakers = tuple(Speaker(name=s.value.title(), side=s, side_from=side_from) for s in (Side.SELLER, Side.BUYER))
    return Call(id="test", title="test", format="plain", turns=tuple(turns), speakers=speakers)
