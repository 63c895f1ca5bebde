"""An explanation as text and as a folded section."""

import re

import pytest

from truceline.engines.explaining import explain_all
from truceline.publish.explain_text import explanation_lines
from truceline.publish.notebook import explanation_html, summary_html
from world import check, day, reports, setup, spot

ROW = {"by": ["Northbank Forces"], "involved": ["Northbank Forces"], "act": "clash", **day("2031-05-20")}


@pytest.fixture(scope="module")
def explained():
    """Explain all verdicts on one report."""
    return explain_all(setup(), reports({**ROW, "place": "<b>mill</b>", **spot(30_000, 12_000, 100)}), "r0")


def test_every_part_has_its_heading(explained):
    """Rule, reading, report, conditions and what follows are told in this order."""
    lines = list(explanation_lines(explained[0]))
    heads = [line for line in lines[1:] if not line.startswith(" ")]

    assert re.fullmatch(r"r0, \S+: . [a-z ]+ under reading text", lines[0])
    assert [head.partition(" (")[0] for head in heads[:5]] == [
        "the rule", "the reading text", "the report", "does the rule speak?", "is it broken?",
    ]  # fmt: skip


def test_nothing_is_longer_than_the_screen(explained):
    """Wrapped lines fit, and go on indented."""
    for one in explained:
        lines = list(explanation_lines(one, width=60))

        assert max(len(line) for line in lines[1:]) <= 60
        assert "".join(lines).replace(" ", "") == "".join(explanation_lines(one)).replace(" ", "")


def test_colours_are_only_paint(explained):
    """The verdict has its colour, the text stays the same."""
    plain, painted = ("\n".join(explanation_lines(explained[0], colour=colour)) for colour in (False, True))

    assert painted != plain
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain


def test_in_a_notebook_words_of_others_are_text(explained):
    """Folded sections, the first one open; markup in a report stays text; no script."""
    page = explanation_html(explained)

    assert page.count("<details") == len(explained)
    assert page.startswith("<details open>")
    assert "&lt;b&gt;mill" in page
    assert "<script" not in page


def test_counts_in_a_notebook():
    """A table with a row per provision and group of readings."""
    checked = check(reports({**ROW, **spot(30_000, 12_000, 100)}))
    page = summary_html(checked)

    assert "<b>Truce of the river</b>: 1 reports" in page
    assert all(f"<td>{provision}</td>" in page for provision in checked.summary.depends)
