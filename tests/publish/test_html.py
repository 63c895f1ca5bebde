"""The file: self-contained, under its own policy, written whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from publish.sample import payload
from truceline.errors import UsageError
from truceline.publish import html
from truceline.publish.html import render, write_report


class Parts(HTMLParser):
    """Collect the elements of a page with their attributes, and the text of style and script elements."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Note the text of the element that began last."""
        self.texts.append(data)


@pytest.fixture(scope="module")
def page() -> str:
    """Give the report of 60 made-up reports."""
    return render(payload(60))


def test_the_page_refers_to_nothing_outside(page):
    """No element loads anything: no src, no stylesheet, no import, no url(); links are followed by people alone."""
    elements = Parts(page).elements
    loads = [(tag, attributes) for tag, attributes in elements if {"src", "srcset", "data", "action"} & set(attributes)]
    linked = [attributes["href"] for tag, attributes in elements if tag == "link"]
    addresses = set(re.findall(r"https?://[^\s\"'<>\\]+", page))

    assert loads == []
    assert linked == ["data:,"]
    assert "@import" not in page
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch-open", "#hatch-band", "#hatch-gap"}
    assert addresses == {"https://example.org/gazette/12", "http://www.w3.org/2000/svg"}


def test_the_policy_names_the_one_style_and_the_one_script(page):
    """Their hashes are those of what stands in the page; nothing inline is allowed beside them."""
    policy = next(attributes["content"] for tag, attributes in Parts(page).elements if "http-equiv" in attributes)
    texts = [re.search(pattern, page, re.DOTALL)[1] for pattern in (r"<style>(.*?)</style>", r"<script>(.*?)</script>")]
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]

    assert policy.startswith("default-src 'none'; ")
    assert f"style-src 'sha256-{hashes[0]}'" in policy
    assert f"script-src 'sha256-{hashes[1]}'" in policy
    assert "unsafe" not in policy


def test_no_inline_style_and_no_handler(page):
    """What the policy would refuse is not in the page."""
    attributes = {name for _, given in Parts(page).elements for name in given}

    assert "style" not in attributes
    assert not any(name.startswith("on") for name in attributes)


def test_the_data_reads_back_and_can_end_no_element(page):
    """Every "<" is escaped, and the JSON says the same as the payload."""
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)[1]

    assert "<" not in data
    assert json.loads(data)["n"] == 60


def test_the_tables_of_counts_stand_without_scripts(page):
    """The noscript part holds every clause that was judged and every reading that was known."""
    plain = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)[1]

    assert "no_outsiders" in plain
    assert "mediator" in plain
    assert "Outsiders" in plain


def test_the_same_payload_gives_the_same_bytes():
    """No clock, no chance: a report can be compared with its twin."""
    assert render(payload(30)) == render(payload(30))


def test_a_payload_without_reports_is_drawn():
    """Nothing to show is shown as nothing."""
    made = payload(0)
    made["reports"] = {key: [] for key in payload(1)["reports"]}

    assert "0 reports" in render(made)


def test_a_report_is_written_whole(tmp_path):
    """The file holds the page, may be read by others, and nothing else is left in the folder."""
    path = tmp_path / "report.html"
    write_report(payload(5), path)

    assert path.read_text(encoding="utf-8") == render(payload(5))
    assert path.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_payload_leaves_the_file_as_it_was(tmp_path):
    """The old report stays; no draft is left behind."""
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    made = payload(5)
    made["title"] = None
    with pytest.raises(UsageError):
        write_report(made, path)

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_while_writing_leaves_no_draft(tmp_path, monkeypatch):
    """A full disk, for instance: the draft is removed and the old file stays."""
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("truceline.formats.atomic.os.fsync", full)
    with pytest.raises(UsageError, match=r"TL-E910 .*No space"):
        write_report(payload(5), path)

    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_part_that_could_end_its_element_is_refused(tmp_path, monkeypatch):
    """A script of ours that holds an end tag is found when the page is put together."""
    (tmp_path / "page" / "report").mkdir(parents=True)
    (tmp_path / "page" / "report" / "bad.js").write_text('const end = "</script>";', encoding="utf-8")
    monkeypatch.setattr(html, "files", lambda _package: tmp_path)
    with pytest.raises(ValueError, match="would end its element"):
        html._joined("report", ("bad",), "js")
