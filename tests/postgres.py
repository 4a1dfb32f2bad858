"""A real PostgreSQL for tests, on a socket of its own, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest


class Server:
    """A running server; each `database()` is an empty one, by its address.

    They are schemas of one database: a database of its own is a thousand files.
    """

    def __init__(self, socket: Path) -> None:
        self._socket, self._numbers = socket, count(1)

    def database(self) -> str:
        import psycopg

        name = f"ledger{next(self._numbers)}"
        with psycopg.connect(host=str(self._socket), user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql+psycopg://postgres@/postgres?host={self._socket}&options=-csearch_path%3D{name}"


@contextmanager
def server() -> Iterator[Server]:
    """Start one; the test is skipped where none is installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (initdb and postgres are not found)")
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user = _as_somebody(folder)
    data = folder / "data"
    try:
        initdb = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **as_user)
        options = ["-k", folder, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "lc_messages=C"]
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], cwd=folder, stderr=subprocess.DEVNULL, **as_user
        )
        try:
            _wait(folder)
            yield Server(folder)
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of the newest server."""
    beside_initdb = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders = [*beside_initdb, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return next((at for at in folders if (at / "postgres").exists() and (at / "initdb").exists()), None)


def _as_somebody(folder: Path) -> dict[str, Any]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name for user in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    folder.chmod(0o755)
    return {"user": user}


def _wait(socket: Path) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(host=str(socket), user="postgres", dbname="postgres").close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not start")
