"""The page of a check, in Python."""

import pytest

import truceline as tl
from truceline.api import publishing
from truceline.api.publishing import example_at


def test_a_page_from_a_check(deal, post, tmp_path):
    """The page has the title of the agreement, and what a file says is text in it."""
    path = tl.write_report(tl.check(deal, post), tmp_path / "page.html")
    page = path.read_text(encoding="utf-8")

    assert "River &lt;truce&gt;" in page
    assert "River <truce>" not in page


def test_a_page_has_room_for_so_many(deal, post, tmp_path, monkeypatch):
    """A check of more reports than a page can hold is refused before anything is written."""
    monkeypatch.setattr(publishing, "MOST", 0)
    with pytest.raises(tl.UsageError, match="TL-E915"):
        tl.write_report(tl.check(deal, post), tmp_path / "page.html")

    assert list(tmp_path.iterdir()) == []


def test_an_example_says_what_belongs_together():
    """The shipped example has a title, terms, reports with their licence, and a day from which on they are shown."""
    example = example_at("south-syria-2017")

    assert (example.folder / example.terms).is_file()
    assert all((example.folder / file).is_file() for file in (*example.reports, *example.statements))
    assert set(example.told) == {*example.reports, *example.statements}
    assert example.since is not None
