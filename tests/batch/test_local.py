"""Files that ruin their worker are found out, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

from callreview.batch.engines import engine
from callreview.batch.run import Event
from callreview.batch.worker import MIB
from tests.batch.conftest import MakeCalls, RunBatch
from tests.batch.saboteur import Ruin

GOOD = [f"good{n}" for n in range(20)]
DEEDS = ["kill", "segfault", "exit", "hang", "eat", "fault"]


def test_each_file_that_ruins_its_worker_is_recorded_and_the_others_are_reviewed(
    run_batch: RunBatch, make_calls: MakeCalls, events: list[Event]
) -> None:
    local = engine("local")
    make_calls(*GOOD, *DEEDS)
    summary = run_batch(engine=local, reading=Ruin(), jobs=2, time_limit_s=3.0, memory_limit=1024 * MIB)
    assert summary.status == 3
    assert summary.files == {"reviewed": 20, "crashed": 3, "too_long": 1, "too_much_memory": 1, "defect": 1}
    reasons = {Path(path).stem: failure.reason for path, failure in summary.failures.items()}
    assert "it ends the process that reviews it (SIGKILL)" in reasons["kill"]
    assert "(SIGSEGV)" in reasons["segfault"]
    assert "(exit status 7)" in reasons["exit"]
    assert "it takes longer than 3 s" in reasons["hang"]
    assert "it takes more memory than the 1,024 MB that a worker may have" in reasons["eat"]
    assert "KeyError: 'turn 7'" in reasons["fault"]
    assert all(str(event.path) in event.failure.reason for event in events if event.failure)

    again = run_batch(engine=local, reading=Ruin(), jobs=2, time_limit_s=3.0, memory_limit=1024 * MIB)
    assert again.files == {"unchanged": 20, "failed_before": 6}
    assert again.status == 0
