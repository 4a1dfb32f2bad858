"""The lines of docs/cron.md run as they are written, on paths below a folder of their own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from callreview import shipped
from tests.batch import kill
from tests.batch.conftest import write

PAGE = (kill.ROOT / "docs" / "cron.md").read_text()
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
SYSTEM = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8"}
"""What cron and systemd give their commands, and no more."""


def block(kind: str, *, holds: str = "") -> str:
    (text,) = (text for found, text in BLOCKS if found == kind and holds in text)
    return text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A machine as the page describes it: callreview, a call, and folders that may be written to."""
    for folder in (
        "opt/callreview/bin",
        "srv/calls",
        "var/lib/callreview",
        "var/log/callreview",
        "var/backups/callreview",
    ):
        (tmp_path / folder).mkdir(parents=True)
    program = tmp_path / "opt/callreview/bin/callreview"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{kill.ROOT / "cli"}" exec "{sys.executable}" -m callreview "$@"\n')
    program.chmod(0o755)
    call = next(shipped.transcripts().glob("*.vtt"))
    write(tmp_path / "srv/calls" / call.name, call.read_text())
    write(tmp_path / "srv/calls" / "callreview.toml", (call.parent / "callreview.toml").read_text())
    return tmp_path


def below(root: Path, text: str) -> str:
    """A text of the page, with the folders of the machine below another root."""
    return re.sub(r"(?<![\w./])/(opt|srv|var)/", rf"{root}/\1/", text)


def shell(root: Path, line: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", below(root, line)], env=SYSTEM, cwd="/", capture_output=True, text=True, check=False
    )


def crontab_command() -> str:
    line = block("crontab").splitlines()[-1]
    assert "%" not in line  # cron makes line ends of them
    return re.sub(r"^(\S+ ){5}", "", line)


def unit(name: str) -> str:
    return block("ini", holds=f"/etc/systemd/system/{name}\n")


def test_the_crontab_line_the_backup_and_the_log(root: Path) -> None:
    first = shell(root, crontab_command())
    assert (first.returncode, first.stdout, first.stderr) == (0, "", "")
    store = root / "var/lib/callreview/ledger.db"
    assert json.loads((store.parent / "last-run.json").read_text())["calls"] == {"reviewed": 1, "added": 1}

    write(root / "srv/calls/empty.txt", "")
    second = shell(root, crontab_command())
    assert second.stdout.startswith("2 files\n  1 could not be read\n  1 unchanged\n")
    assert second.stdout.endswith(f"\ncallreview ended with 3, see {root}/var/log/callreview/batch.log\n")
    log = [json.loads(line) for line in (root / "var/log/callreview/batch.log").read_text().splitlines()]
    assert [line.get("outcome", line.get("status")) for line in log] == ["reviewed", 0, "unreadable", 3]

    if not shutil.which("sqlite3"):
        pytest.skip("no sqlite3 here to back up with")
    assert shell(root, block("backup")).returncode == 0
    assert kill.held(root / "var/backups/callreview/ledger.db") == kill.held(store)


def test_the_command_of_the_unit_and_its_alerts(root: Path) -> None:
    command = re.search(r"^ExecStart=(.*)$", unit("callreview.service"), flags=re.MULTILINE)
    assert command
    result = shell(root, command[1])
    assert result.returncode == 0
    assert result.stdout.startswith("1 file\n  1 reviewed\n")
    metrics = (root / "var/lib/callreview/callreview.prom").read_text()
    names = {family.name for family in text_string_to_metric_families(metrics)}
    rules = yaml.safe_load(block("yaml"))["groups"][0]["rules"]
    used = {name for rule in rules for name in re.findall(r"callreview_batch_\w+", rule["expr"])}
    assert used <= names
    outcomes = re.findall(r'outcome="(\w+)"', metrics)
    assert set(re.findall(r'=~"([\w|]+)"', str(rules))[0].split("|")) <= set(outcomes)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze here")
def test_systemd_takes_the_units(root: Path) -> None:
    units = ["callreview.service", "callreview.timer", "callreview-failed.service"]
    for name in units:
        (root / name).write_text(below(root, unit(name)))
    line = ["systemd-analyze", "verify", *(str(root / name) for name in units)]
    result = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("logrotate", path=SYSTEM["PATH"]), reason="no logrotate here")
def test_logrotate_takes_its_lines(root: Path) -> None:
    rules = below(root, block("logrotate")).replace("su callreview callreview", "")
    (root / "rules").write_text(rules)
    (root / "var/log/callreview/batch.log").write_text("{}\n")
    line = ["logrotate", "--force", "--state", str(root / "state"), str(root / "rules")]
    result = subprocess.run(line, env=SYSTEM, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert (root / "var/log/callreview/batch.log.1.gz").exists()
