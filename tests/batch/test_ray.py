"""The Ray engine on a real cluster of two nodes, each with processes of its own on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from callreview.batch.changes import Wanted
from callreview.batch.contents import stat_of
from callreview.batch.engines import Work, engine
from callreview.batch.engines.ray import _Flight
from callreview.batch.run import Plan, Run
from callreview.batch.worker import Job, Task
from callreview.errors import CallreviewError, UsageError
from callreview.ingest import ReadOptions
from callreview.rubric import Rubric
from callreview.store.ledger import open_ledger
from tests.batch.conftest import SMALL, text_of, write

ray = pytest.importorskip("ray", reason="Ray is not installed")
CALLS = 60


class Cluster:
    """Two nodes: the head, which stays, and one that can be killed."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self._folder = folder
        # Each node finds the program where the tests do.
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "RAY_USAGE_STATS_ENABLED": "0"}
        self._nodes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._node("--head", f"--port={self.port}", "--include-dashboard=false")
        self._node(f"--address={self.address}")

    def _node(self, *options: str) -> None:
        line = [sys.executable, "-m", "ray.scripts.scripts", "start", *options, "--num-cpus=1", "--block"]
        line += ["--object-store-memory=100000000", "--disable-usage-stats"]
        with (self._folder / f"node{len(self._nodes)}.log").open("wb") as log:
            node = subprocess.Popen(line, env=self._environment, stdout=log, stderr=log, start_new_session=True)
        self._nodes.append(node)

    def wait_for_both(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                ray.init(address=self.address, logging_level="ERROR", log_to_driver=False)
                if sum(node["Alive"] for node in ray.nodes()) == 2:
                    return
            except (ConnectionError, RuntimeError):
                pass
            finally:
                ray.shutdown()
            time.sleep(0.5)
        pytest.fail("the cluster did not come up: " + (self._folder / "node0.log").read_text()[-2000:])

    def kill_second_node(self) -> None:
        os.killpg(self._nodes[1].pid, signal.SIGKILL)

    def stop(self) -> None:
        for node in self._nodes:
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(node.pid, number)
                    node.wait(timeout=10)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path)
    made.start()
    try:
        made.wait_for_both()
        yield made
    finally:
        made.stop()


def review_all(paths: list[Path], small: Rubric, store: Path, name: str, address: str | None = None) -> list[str]:
    """The ledger that an engine makes of the files."""
    job = Job(rubric=SMALL, reading=ReadOptions(sellers=("Rep",)))
    plan = Plan(paths=paths, troubles=[], job=job, rubric=small, wanted=Wanted(settle_s=0), jobs=1, address=address)
    with open_ledger(store) as ledger:
        Run(plan, ledger, lambda event: None).review(engine(name))
        return [*ledger.dump()]


def workers() -> list[int]:
    """Processes of the cluster that are reviewing."""
    found = subprocess.run(["pgrep", "-f", "ray::_review"], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def break_things(cluster: Cluster, killed: list[int]) -> None:
    """Kill a worker as soon as there is one, then a whole node."""
    until = time.monotonic() + 60
    while not killed and time.monotonic() < until:
        for pid in workers()[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
        time.sleep(0.05)
    time.sleep(1)
    cluster.kill_second_node()


def test_a_cluster_that_loses_a_worker_and_a_node_makes_the_same_ledger(
    cluster: Cluster, tmp_path: Path, small: Rubric
) -> None:
    paths = [write(tmp_path / f"{n}.txt", text_of(f"call {n}") * 40) for n in range(CALLS)]
    alone = review_all(paths, small, tmp_path / "alone.db", "local")
    killed: list[int] = []
    breaking = threading.Thread(target=break_things, args=[cluster, killed])
    breaking.start()
    together = review_all(paths, small, tmp_path / "together.db", "ray", cluster.address)
    breaking.join()
    assert killed
    assert together == alone
    assert len(alone) > CALLS


def test_no_cluster_is_told_with_the_way_out(tmp_path: Path, small: Rubric) -> None:
    path = write(tmp_path / "a.txt", text_of("a"))
    with pytest.raises(UsageError) as told:
        review_all([path], small, tmp_path / "none.db", "ray", f"127.0.0.1:{free_port()}")
    assert "ray start --head" in str(told.value)


def test_a_machine_that_does_not_see_the_files_ends_the_run(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", text_of("a"))
    task = Task(path=path, stat=stat_of(path), content_hash="")
    blind = SimpleNamespace(
        put=lambda job: job,
        remote=lambda **options: lambda review: SimpleNamespace(remote=lambda job, task: "reference"),
        cluster_resources=lambda: {"CPU": 1},
        wait=lambda references, **options: (references, []),
        get=lambda reference: None,
        exceptions=ray.exceptions,
    )
    job = Job(rubric=SMALL, reading=ReadOptions())
    with pytest.raises(CallreviewError, match="does not see"):
        list(_Flight(blind, Work(job=job, tasks=[task], jobs=1)).run())
