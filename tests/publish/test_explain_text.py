"""An explanation as text and as a folded section."""

import re

import pyarrow as pa
import pytest

from truceline.engines.explaining import explain_all
from truceline.engines.setup import prepare
from truceline.engines.sweeping import SweepOptions, sweep
from truceline.publish.explain_text import explanation_lines
from truceline.publish.notebook import explanation_html, summary_html, sweep_html
from truceline.publish.notebook_terms import agreement_html
from world import amended, check, day, reports, setup, spot, truce

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
    assert [head.partition(" (")[0] for head in heads] == [
        "the rule", "the reading text", "does the rule speak?", "is it broken?", "the report: what played a part",
        "the report: what else it says",
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


def test_the_arithmetic_stands_below_its_condition(explained):
    """The ground and what follows come after the question about it, and before the next one."""
    lines = list(explanation_lines(explained[0]))
    where, outside = (
        next(at for at, line in enumerate(lines) if words in line) for words in ("where: on", "outside e")
    )
    below = lines[where + 1 : outside]

    assert below[0].startswith("           the arithmetic: area town of Northton [Northton] (")
    assert all(line.startswith(" " * 11) for line in below)


def test_the_columns_of_the_source_stand_last_and_say_how_many_are_empty():
    """In one paragraph; a notebook folds them away, with what others wrote as text."""
    table = reports({**ROW, **spot(30_000, 12_000, 100)})
    table = table.append_column("note", pa.array(["<i>"])).append_column("side_b", pa.array([None], pa.string()))
    told = explain_all(setup(), table, "r0")
    lines = list(explanation_lines(told[0]))
    page = explanation_html(told[:1])

    assert lines[-2:] == ["the source's own columns, as received (1 of 2 say something)", "  note: <i>"]
    assert page.count("<details") == 2
    assert "<summary>the source&#x27;s own columns" in page
    assert "&lt;i&gt;" in page
    silent = explain_all(setup(), table.drop_columns(["note"]), "r0")
    assert list(explanation_lines(silent[0]))[-1] == "the source's own columns, as received (0 of 1 say something)"


def test_rows_with_one_id_stand_side_by_side():
    """The one that was judged is marked; equal rows say so, an empty cell too."""
    row = {**ROW, **spot(30_000, 12_000, 100)}
    two = explain_all(setup(), reports({**row, "report": "r"}, {**row, "report": "r", "act": None}), "r")
    same = explain_all(setup(), reports({**row, "report": "r"}, {**row, "report": "r"}), "r")

    assert list(explanation_lines(two[0]))[-3:] == [
        "the rows of this id: 2", "  another row: act: clash", "  judged here: act: (empty)"
    ]  # fmt: skip
    assert "  another row: the same in every column" in list(explanation_lines(same[0]))


def test_a_rule_with_a_title_has_it_in_its_heading():
    """A short name for people, before the place in the file."""
    held = prepare(amended(("halt: {who: armies,", "halt: {title: Halt of fire, who: armies,"), readings=False))
    told = explain_all(held, reports({**ROW, **spot(30_000, 12_000, 100)}), "r0")

    assert any(line.startswith("the rule: Halt of fire (toy.yaml:") for line in explanation_lines(told[0]))


def test_a_sweep_in_a_notebook():
    """A row per distance in km and miles, with the month where months are counted; very many are cut short."""
    table = reports({**ROW, **spot(30_000, 12_000, 100)})
    plain = sweep_html(sweep(setup(), table, SweepOptions((1_609.344, 20_000.0), ("river",))))
    months = sweep_html(sweep(setup(), table, SweepOptions((20_000.0,), ("river",), months=True)))
    many = sweep_html(sweep(setup(), table, SweepOptions(tuple(1.0 * step for step in range(1, 102)), ("river",))))

    assert plain.count("<tr>") == 3
    assert all(f">{cell}</td>" in plain for cell in ("river", "everyone", "1.609", "1.00", "20.000", "0", "1"))
    assert ">2031-05</td>" in months
    assert "<p>1 more row in" in many


def test_an_agreement_in_a_notebook():
    """Its provisions as sentences, its readings with their holders; without readings there is no second table."""
    page, bare = (agreement_html(held) for held in (truce(), amended(readings=False)))

    assert "<b>Truce of the river</b> (toy-truce): 8 provisions, 3 readings" in page
    assert page.count("<table>") == 2
    assert ">the armies: hostilities, in town of Northton, Southton (and, contested, Bridge), none at all</td>" in page
    assert (bare.count("<table>"), "0 readings" in bare) == (1, True)


def test_counts_in_a_notebook():
    """A table with a row per provision and group of readings."""
    checked = check(reports({**ROW, **spot(30_000, 12_000, 100)}))
    page = summary_html(checked)

    assert "<b>Truce of the river</b>: 1 report</p>" in page
    assert all(f"<td>{provision}</td>" in page for provision in checked.summary.depends)
