"""The wheel carries its rubrics and samples, and runs outside the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def run(installed: Path, *arguments: str) -> str:
    return python(installed, "from callreview.commands.app import main; main()", *arguments)


def python(installed: Path, code: str, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(installed)!r}); {code}", *arguments],
        cwd=installed,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_installed_program_finds_its_rubrics_and_samples(installed: Path) -> None:
    assert str(installed) in run(installed, "rubric", "list")
    assert "SCORE" in run(installed, "demo")


def test_the_installed_program_makes_a_ledger(installed: Path) -> None:
    python(installed, "from callreview.store.ledger import open_ledger; open_ledger('ledger.db')")
    assert run(installed, "verify", "--store", "ledger.db") == ""


def test_no_code_lies_among_the_rubrics(installed: Path) -> None:
    assert not list((installed / "callreview" / "_shipped").rglob("*.py"))
