"""Pages in a real browser: the system's Chromium, without a window and without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Opened:
    """A page that is open, with what its console complained of and what it asked the network for."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def barriers(self) -> list[str]:
        """What axe-core finds wrong with the page as it is now, each with the first place."""
        from axe_playwright_python.sync_playwright import Axe

        violations = Axe().run(self.page).response["violations"]
        return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html']}" for v in violations]

    def tabbed(self, most: int = 2000) -> list[str]:
        """The outer HTML of what Tab reaches, in order, up to where it begins anew."""
        self.page.evaluate("document.activeElement.blur()")
        reached: list[str] = []
        self.page.evaluate("window.reached = new Set()")
        for _ in range(most):
            self.page.keyboard.press("Tab")
            html = self.page.evaluate(
                "(() => { const at = document.activeElement; if (at === document.body || reached.has(at)) return null;"
                " reached.add(at); return at.outerHTML; })()"
            )
            if html is None:
                return reached
            reached.append(html)
        return reached


class Browser:
    """Opens pages; each by itself, closed at the end of the test."""

    def __init__(self, chromium: Any) -> None:
        self._chromium = chromium
        self._contexts: list[Any] = []

    def open(self, file: Path, *, dark: bool = False, width: int = 1000, height: int = 800) -> Opened:
        """A page from a file."""
        context = self._chromium.new_context(
            color_scheme="dark" if dark else "light", viewport={"width": width, "height": height}, offline=True
        )
        self._contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on(
            "console", lambda m: opened.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: opened.requests.append(request.url))
        opened.page.goto(file.as_uri())
        opened.requests.remove(file.as_uri())
        return opened

    def close(self) -> None:
        """Close what was opened."""
        while self._contexts:
            self._contexts.pop().close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser itself, started once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def browser(chromium: Any) -> Iterator[Browser]:
    """`browser.open(file)` gives an open page."""
    browser = Browser(chromium)
    yield browser
    browser.close()
