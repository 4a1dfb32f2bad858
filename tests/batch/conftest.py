"""Folders of small calls, a small playbook, and runs over them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from callreview.assessment.reviewer import load_playbook
from callreview.batch.changes import Wanted
from callreview.batch.engines import Done, Engine, Work
from callreview.batch.run import Event, Plan, Run
from callreview.batch.summary import Summary
from callreview.batch.worker import Job, Worker
from callreview.ingest import ReadOptions, find_transcripts
from callreview.rubric import Rubric
from callreview.store.ledger import open_ledger
from tests.conftest import FIXTURES

SMALL = FIXTURES / "rubrics" / "small"
MakeCalls = Callable[..., list[Path]]
RunBatch = Callable[..., Summary]


def text_of(name: str) -> str:
    """A short call that differs from others."""
    return f"Rep: Good morning, this is about {name}.\nBuyer: Good morning, we want fewer tickets by June.\n"


@pytest.fixture(scope="session")
def small() -> Rubric:
    return load_playbook(SMALL)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def make_calls(inbox: Path) -> MakeCalls:
    """Write calls of these names, an hour ago."""

    def make(*names: str) -> list[Path]:
        return [write(inbox / f"{name}.txt", text_of(name)) for name in names]

    return make


def write(path: Path, text: str, *, age_s: float = 3600) -> Path:
    path.write_text(text)
    changed = time.time() - age_s
    os.utime(path, (changed, changed))
    return path


def in_this_process(work: Work) -> Generator[Done, None, None]:
    """The quickest engine for a few files."""
    worker = Worker(work.job)
    for task in work.tasks:
        yield task, worker.review(task)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def run_batch(inbox: Path, tmp_path: Path, small: Rubric, events: list[Event]) -> RunBatch:
    """Run over the inbox, in this process unless another engine is named."""

    def run(
        *,
        reading: ReadOptions | None = None,
        wanted: Wanted | None = None,
        limit: int | None = None,
        jobs: int = 1,
        listen: Callable[[Event], None] = events.append,
        engine: Engine = in_this_process,
        **limits: object,
    ) -> Summary:
        store = str(tmp_path / "calls.db")
        plan = Plan(
            paths=find_transcripts([inbox]),
            troubles=[],
            job=Job(rubric=SMALL, reading=reading or ReadOptions(), **limits),  # type: ignore[arg-type]
            rubric=small,
            wanted=wanted or Wanted(settle_s=60),
            jobs=jobs,
            limit=limit,
        )
        events.clear()
        with open_ledger(store) as ledger:
            return Run(plan, ledger, listen).review(engine)

    return run
