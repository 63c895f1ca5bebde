"""Hostile words and large files: the report stays text, stays small and stays fast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from publish.sample import payload
from truceline.publish.html import write_report

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
HOSTILE = (
    '</script><img src=x onerror="window.owned=1">',
    "<!--<script>window.owned=1</script>",
    "' onmouseover='window.owned=1' \" onfocus=\"window.owned=1",
    "\u202egnidaelsim\u202c {{ 7*7 }} {% raw %}",
    "javascript:window.owned=1",
    "<svg/onload=window.owned=1>&lt;b&gt;\u2028\u2029",
)  # fmt: skip


def poisoned(value: Any, text: str, keep: frozenset[str]) -> Any:
    """Append a hostile text to every free text of a payload; ids and codes stay, or nothing would be shown."""
    if isinstance(value, dict):
        return {key: part if key in keep else poisoned(part, text, keep) for key, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, text, keep) for part in value]
    return value + text if isinstance(value, str) else value


KEPT = frozenset({
    "id", "from", "until", "month", "region", "reading", "provision", "line", "sources", "source", "denies", "judged",
    "kind", "findings", "reason_sets", "reasons", "bands", "located", "of", "state", "provisions", "disagreements",
    "under", "same_as",
})  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(tmp_path: Path, visit: Opener, text: str) -> None:
    """Markup, quotes, templates and bidi controls in any text are shown as text: no script runs, no element appears."""
    path = tmp_path / "hostile.html"
    write_report(poisoned(payload(60), text, KEPT), path)
    shown = visit(path, "#report=made:00001&reading=north")
    page: Page = shown.page
    page.eval_on_selector_all("details", "all => all.forEach(d => { d.open = true; })")
    page.wait_for_timeout(50)

    assert page.evaluate("window.owned") is None
    assert page.evaluate("document.querySelectorAll('img, [onmouseover], [onfocus], [onload]').length") == 0
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.locator("a[href^='javascript']").count() == 0
    assert shown.requests == [path.as_uri()]
    assert shown.complaints == []
    assert text.strip()[:12] in page.locator(".kicker").inner_text()


def test_seven_thousand_reports_are_usable_at_once_and_below_three_megabytes(tmp_path: Path, visit: Opener) -> None:
    """The size of the leading example: below 3 MB, and usable fast even on two slow cores."""
    path = tmp_path / "large.html"
    write_report(payload(7200), path)
    page = visit(path).page
    first = page.evaluate("performance.getEntriesByName('usable')[0].startTime")

    assert path.stat().st_size < 3_000_000
    assert first < 2500, f"usable after {first:.0f} ms"
