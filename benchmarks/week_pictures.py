"""Takes the pictures of docs/week.md: a page of the made-up quarter in a real browser.

    python benchmarks/week_pictures.py

Needs the packages of `dev` and a Chromium on the machine.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "week"
WIDTH, HEIGHT = 1180, 760
sys.path[:0] = [str(ROOT), str(ROOT / "cli")]


def make_page(folder: Path) -> Path:
    """The week's page of all reps, from transcripts that are reviewed anew."""
    from tests.ledgers.generator import quarter, write

    calls, store, page = folder / "calls", folder / "ledger.db", folder / "week.html"
    write(tuple(quarter()), calls)
    command = [sys.executable, "-m", "callreview"]
    files = [str(calls / f"*.{ending}") for ending in ("txt", "vtt")]
    subprocess.run([*command, "batch", *files, "--store", str(store), "--settle", "0"], check=True)
    week = ["week", "2026-W47", "--store", str(store), "--format", "html", "--out", str(page)]
    subprocess.run([*command, *week], check=True)
    return page


def take(page: Path) -> None:
    """The pictures, each of one part of the page."""
    from playwright.sync_api import sync_playwright
    from tests.browser import CHROMIUM

    OUT.mkdir(exist_ok=True)
    with sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT}, offline=True)
        shown.goto(page.as_uri())
        shown.screenshot(path=OUT / "week.png")
        shown.locator("#heat").screenshot(path=OUT / "heat.png")
        shown.locator("#trends").screenshot(path=OUT / "trends.png")
        shown.locator("section.rep").nth(1).screenshot(path=OUT / "rep.png")
        shown.locator("ol.listen a").first.click()
        shown.screenshot(path=OUT / "call.png")
        chromium.close()


def main() -> None:
    """Make the page and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        take(make_page(Path(folder)))


if __name__ == "__main__":
    main()
