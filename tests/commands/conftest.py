"""Runs the command as a user would, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from callreview.commands.app import main


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """`run("check", "a.txt")` gives exit status, standard output and standard error."""
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: object) -> Result:
        monkeypatch.setattr(sys, "argv", ["callreview", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as stop:
            status = int(stop.code or 0)
        captured = capfd.readouterr()
        return Result(status, captured.out, captured.err)

    return call
