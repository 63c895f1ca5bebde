"""Who said what, in a real browser: by link, by keyboard, on a narrow screen, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from publish.sample import payload
from publish.test_who_said import traced
from truceline.publish.html import render
from truceline.publish.who_said import who_said

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a page that tells who said what."""
    path: Path = tmp_path_factory.mktemp("told") / "report.html"
    data: Any = {**payload(40), "who_said": who_said(traced())}
    path.write_text(render(data), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_it_is_whole_and_reads_well(told: Path, visit: Opener, scheme: str, width: int) -> None:
    """Nothing is wider than the screen, nothing was complained about, and axe finds nothing serious."""
    shown = visit(told, width=width, color_scheme=scheme, bypass_csp=True)
    shown.page.eval_on_selector_all("#said details", "all => all.forEach(d => { d.open = true; })")
    found = Axe().run(shown.page, context="#said").response["violations"]

    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert [item["id"] for item in found if item["impact"] in {"serious", "critical"}] == []
    assert shown.complaints == []


@pytest.mark.parametrize("name", ["statement-n-2", "statement-p_1", "claim-depth"])
def test_a_link_unfolds_what_it_names(told: Path, visit: Opener, name: str) -> None:
    """The claim is open, and the reader is there."""
    page = visit(told, f"#{name}").page

    assert page.locator(f"#{name}").is_visible()
    assert page.evaluate("document.activeElement.id") == name
    assert page.locator("#said details[open]").count() == 1


def test_the_keyboard_opens_a_claim(told: Path, visit: Opener) -> None:
    """Enter on the line of a claim shows its statements; a link in it leads to the statement."""
    page = visit(told).page
    page.locator("#claim-depth > summary").focus()
    page.keyboard.press("Enter")
    page.locator("#claim-depth dl a").first.press("Enter")

    assert page.locator("#statement-n-1").is_visible()
    assert page.evaluate("document.activeElement.id") == "statement-n-1"


def test_on_paper_every_claim_is_open_under_its_name(told: Path, visit: Opener) -> None:
    """What is folded on the screen is printed, with its heading."""
    page = visit(told).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("#claim-bases > summary").is_visible()
    assert page.locator("#statement-n-5").is_visible()


def test_without_scripts_all_of_it_is_there(told: Path, chromium: Any) -> None:
    """Statements and links need no script."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(told.as_uri())

    assert page.locator("#statement-n-1").is_visible()
    context.close()
