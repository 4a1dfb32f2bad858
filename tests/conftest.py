"""What many tests share: small calls and small playbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from callreview import shipped
from callreview.assessment.reviewer import Reviewer
from callreview.conversation import Call, Side, SideSource, Speaker, Turn
from callreview.rubric import load
from tests import postgres as postgres_server
from tests.browser import browser, chromium  # noqa: F401 - fixtures for all tests of pages
from tests.ledgers.generator import MadeCall, quarter
from tests.ledgers.records import write_ledger

FIXTURES = Path(__file__).parent / "fixtures"
MakeCall = Callable[..., Call]


@pytest.fixture(scope="session", autouse=True)
def kept_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep compiled playbooks in a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALLREVIEW_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="session")
def reviewer() -> Reviewer:
    """The shipped playbook, compiled once for all tests."""
    return Reviewer(load(shipped.rubrics() / "upselling"))


@pytest.fixture(scope="session")
def made_quarter() -> tuple[MadeCall, ...]:
    """Twelve weeks of made-up calls, with what is true of each."""
    return tuple(quarter())


@pytest.fixture(scope="session")
def quarter_store(made_quarter: tuple[MadeCall, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the made-up quarter, to be read; who writes into it copies it first."""
    store = tmp_path_factory.mktemp("quarter") / "ledger.db"
    write_ledger(made_quarter, store)
    return store


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A PostgreSQL for all tests that want one."""
    with postgres_server.server() as server:
        yield server


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
