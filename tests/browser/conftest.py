"""A headless Chromium that opens reports from disk and notes everything they ask for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from publish.sample import payload
from truceline.publish.html import write_report

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


class Visit:
    """A page that is open, with everything that it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        """Listen before the page is loaded."""
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: Path, fragment: str = "") -> Page:
        """Open a file from disk and wait until everything is drawn."""
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("html.ready", state="attached")
        return self.page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give one browser for all tests; `CHROMIUM` names another one than that of the system."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert found is not None, "no Chromium: install it, or name it in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visit]]:
    """Give an opener of pages: ``visit(path, "#reading=north", width=900, color_scheme="dark")``."""
    contexts = []

    def opened(path: Path, fragment: str = "", *, width: int = 1200, **options: Any) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.set_default_timeout(8000)
        contexts.append(context)
        shown = Visit(context.new_page())
        shown.go(path, fragment)
        return shown

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the report of 640 made-up reports as a file."""
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(payload(640), path)
    return path
