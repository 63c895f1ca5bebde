"""Who reads which clause how, told: every reading once under each clause, in the order of the file."""

import pytest

from truceline.basics.time import Span
from truceline.engines.setup import known_by
from truceline.formats.table_text import shown_width
from truceline.formats.terms_file import load_text
from truceline.publish.readings_text import COLUMNS, markdown_lines, readings_lines, readings_rows
from truceline.publish.readings_told import readings_told
from world import TERMS, truce

AMENDED = TERMS.replace(
    "readings:\n",
    "amendments: {ext1: {title: Extension, agreed: 2031-06-01, source: s.text, set: {provisions.few.at_most: 5},"
    " add: {provisions.more: {who: any, what: fire, at_most: 0}}, drops: [fewer]}}\nreadings:\n"
    "  keeper: {holder: northhill, source: s.north, keeps: [halt]}\n"
    "  whole: {holder: southhill, source: memory, keeps: all, note: all of it}\n"
    "  ender: {holder: northvale, source: s.south, set: {term.until: 2031-09-01}}\n"
    "  adder: {holder: southvale, source: s.press, until: 2031-08-01, lint: a slip,"
    " add: {provisions.extra: {who: any, what: fire, at_most: 0}}}\n",
).replace(
    "sources:\n",
    "stances:\n  - {actor: northhill, to: halt, is: rejects, said: 2031-05-13, source: s.north, note: not ours}\n"
    "  - {actor: southhill, to: truce, is: not bound, source: s.south}\n"
    "  - {actor: southhill, to: heavy, is: rejects, source: s.south}\nsources:\n",
)  # fmt: skip
DEAL = load_text(AMENDED, "toy.yaml")
TOLD = readings_told(DEAL)
CLAUSES = {clause["id"]: clause for clause in TOLD["clauses"]}


def text(told=TOLD, **more):
    """Write it as text."""
    return "\n".join(readings_lines(told, **more))


def test_every_reading_stands_once_under_every_clause_of_the_text():
    """As changing, denying or keeping it, or as leaving it as it stands; in the order of the file."""
    for clause in TOLD["clauses"]:
        names = [one["id"] for one in clause["readings"]]
        if clause["in_text"]:
            assert sorted([*names, *clause["as_it_stands"]]) == sorted(TOLD["readings"])
        order = [TOLD["readings"].index(name) for name in names]
        assert order == sorted(order)


def test_the_kinds_of_readings_are_told_apart():
    """Changes, denials, what is kept by name or altogether, what is added."""
    kinds = {(clause["id"], one["id"]): one["kind"] for clause in TOLD["clauses"] for one in clause["readings"]}

    assert kinds["behind", "northview"] == "changes"
    assert kinds["guns", "northview"] == "denies"
    assert kinds["halt", "keeper"] == "keeps"
    assert kinds["few", "whole"] == "keeps"
    assert kinds["extra", "adder"] == "adds"
    assert "keeper" in CLAUSES["few"]["as_it_stands"]
    assert "adder" in CLAUSES["few"]["as_it_stands"]


def test_as_signed_stands_beside_the_text_as_amended():
    """What the amendment changed, brought and dropped, with its date and source."""
    assert CLAUSES["few"]["as_signed"]["changes"][0]["to"] == "at most 5"
    assert CLAUSES["few"]["amendments"][0]["agreed"] == "2031-06-01"
    assert CLAUSES["more"]["as_signed"]["sentence"] == "not there"
    assert CLAUSES["fewer"]["as_signed"]["dropped"]
    assert CLAUSES["extra"]["as_signed"] is None
    assert CLAUSES["halt"]["as_signed"] is None
    shown = text()
    assert "as signed: the armies: tank" in shown
    assert "changed by Extension, agreed 1 June 2031" in shown
    assert "dropped by an amendment: the armies: presence" in shown
    assert "not in the text, a reading adds it: anybody: fire" in shown


def test_positions_stand_with_what_they_are_about():
    """With a clause, with a demand, or with the whole deal."""
    assert CLAUSES["halt"]["stances"][0]["actor"] == "northhill"
    assert [one["id"] for one in TOLD["deal"]["readings"]] == ["whole", "ender", "adder"]
    shown = text()
    assert "  position of northhill: rejects, 13 May 2031: not ours" in shown
    assert "  position of southhill to Truce: not bound" in shown
    assert "    position of southhill: rejects" in shown
    assert "date, term.until: 1 January 2032 -> 1 September 2031" in shown
    assert "date, until: (not stated) -> until 1 August 2031" in shown


def test_demands_name_the_clauses_that_share_a_line():
    """The terms do not say which clause a demand is about, and neither do we."""
    assert {"few", "guns"} <= {*TOLD["demands"][0]["clauses"]}
    assert "halt" not in TOLD["demands"][0]["clauses"]
    assert "heavy, by southbank: within 30 km of the river, tank" in text()
    assert readings_told(DEAL, provisions=["halt"])["demands"] == []


def test_what_a_reading_rests_on_is_told_once():
    """The second clause that it changes says that it stands above."""
    shown = text()

    assert shown.count("rests on spokesman of Northbank, 12 May 2031, via Radio North [s.north]") >= 1
    assert "what it rests on stands above" in shown
    assert "held by southhill, no date is stated; unconfirmed" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    """And without colours none has a sign of one."""
    lines = list(readings_lines(TOLD, width=width))

    assert max(map(shown_width, lines)) <= width
    assert "\x1b" not in "".join(lines)
    assert "\x1b[38;5;244m" in text(width=width, colour=True)
    assert not any(line != line.rstrip() for line in lines)


def test_only_what_is_asked_for_is_told():
    """One clause, one reading."""
    told = readings_told(DEAL, provisions=["behind"], readings=["northview"])

    assert [clause["id"] for clause in told["clauses"]] == ["behind"]
    assert [one["id"] for one in told["clauses"][0]["readings"]] == ["northview"]
    assert readings_told(DEAL, provisions=["few"], readings=["northview"])["clauses"][0]["as_it_stands"] == [
        "northview"
    ]


def test_what_was_not_known_is_named():
    """On a day, with what came later."""
    day = known_by("2031-05-31", truce())
    told = readings_told(truce().as_known(day), as_known="2031-05-31")

    assert isinstance(day, Span)
    assert told["readings"] == ["northview", "southview"]
    assert "Not known on 2031-05-31, so left out: the reading press" in text(told)
    assert "as known on 2031-05-31" in text(told)
    undated = load_text(TERMS.replace("said: 2031-05-12, via: [Radio South]", "via: [Radio South]"), "toy.yaml")
    found = readings_told(undated.as_known(day), as_known="2031-05-31")
    assert "As known on 2031-05-31: 1 source of the terms states no date" in text(found)
    assert "Not known on" in "\n".join(markdown_lines(told))


def test_the_rows_have_one_field_each():
    """Words as written, with their places; what stands has a row too."""
    rows = list(readings_rows(TOLD))
    by = {(row["provision"], row["reading"], row["field"]): row for row in rows}

    assert all(tuple(row) == COLUMNS for row in rows)
    assert by["behind", "southview", "depth"]["to"] == "4 mi"
    assert by["behind", "southview", "line"]["from_at"].startswith("toy.yaml:")
    assert by["behind", "text", "sentence"]["kind"] == "text"
    assert by["few", "as_signed", "limit"]["to"] == "at most 3"
    assert by["few", "adder", ""]["kind"] == "stands"
    assert by["extra", "adder", "sentence"]["kind"] == "adds"
    assert by["", "ender", "date"]["to"] == "2031-09-01"
    assert by["halt", "keeper", ""]["kind"] == "keeps"


def test_markdown_has_a_table_per_clause():
    """Bars in words do not break it."""
    told = {**TOLD, "clauses": [{**CLAUSES["behind"], "readings": [
        {**CLAUSES["behind"]["readings"][0], "holder": "a|b"}]}]}  # fmt: skip
    lines = list(markdown_lines(told))

    assert "## Behind (`behind`)" in lines
    assert any("a\\|b" in line for line in lines)
    assert "> As signed: the armies: tank" in "\n".join(markdown_lines(TOLD))
    assert "## Positions" in markdown_lines(TOLD)
    assert "## The whole deal" in markdown_lines(TOLD)
    plain = "\n".join(markdown_lines(readings_told(truce(), provisions=["halt"], readings=["press"])))
    assert "## Positions" not in plain
    assert "\n\n\n" not in plain + "\n".join(markdown_lines(TOLD))
