"""Rows of words become statements, or tell everything that is wrong with them at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.statement_codes import CODES, fault_of
from truceline.evidence.statement_words import STATEMENT_COLUMNS, read_statement
from truceline.evidence.vocabulary import CATEGORIES, STANCES, is_category

GOOD = {"id": "n-1", "chain": "named>Agency>Herald", "person": "Ada North", "stance": "interprets"}


def read(**words):
    """Read the good row with some cells changed: the statement, and the codes with their columns."""
    statement, faults = read_statement(GOOD | words, "row 1")
    return statement, [f"{fault.code} {fault.at.rpartition(' ')[2]}" for fault in faults]


def test_every_cell_arrives():
    """A full row is kept word by word."""
    full = {
        "office": "envoy", "body": "Northbank", "category": "RETREAT.withdraw", "modes": "future; negation",
        "claim": "range", "about": "provisions.p; readings.r", "value": "5-7 km", "words": "5-7 kms",
        "line": "the river", "subject": "militias", "fact": "stay away", "language": "en", "said": "2017-11-12",
        "published": "2017-11-13?", "retrieved": "2026-11-22", "outlet": "Herald",
        "url": "https://h.example/1", "polarity": "negative",
        "hedge": "reportedly", "quote": "five km", "prefix": " stay ", "suffix": " away", "sha256": "A" * 64,
        "release": "protected",
    }  # fmt: skip
    statement, faults = read(**full)

    assert faults == []
    assert (statement.modes, statement.about) == (("future", "negation"), ("provisions.p", "readings.r"))
    assert (statement.citation.prefix, statement.citation.sha256) == (" stay ", "a" * 64)
    assert (str(statement.said), statement.value.hi, statement.release) == ("2017-11-12", 7000.0, "protected")
    for column in ("words", "line", "subject", "fact", "language", "outlet", "url", "polarity", "hedge", "claim"):
        assert getattr(statement, column) == full[column]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ({"id": " "}, ["TL-S101 id"]),
        ({"stance": "offer"}, ["TL-S103 stance"]),
        ({"category": "RETREAT.phone"}, ["TL-S103 category"]),
        ({"modes": "past"}, ["TL-S103 modes"]),
        ({"polarity": "neutral"}, ["TL-S103 polarity"]),
        ({"value": "near"}, ["TL-S104 value"]),
        ({"said": "12.11.2017"}, ["TL-S105 said"]),
        ({"published": "mop + 3 d"}, ["TL-S105 published"]),
        ({"chain": "named>>Herald"}, ["TL-S106 chain"]),
        ({"quote": "so " * 26, "sha256": "0" * 64}, ["TL-S107 quote"]),
        ({"prefix": "so"}, ["TL-S108 quote"]),
        ({"stance": ""}, ["TL-S109 category"]),
        ({"said": "2017-11-20", "published": "2017-11-13"}, ["TL-S111 published"]),
        ({"description": "aide"}, ["TL-S112 description"]),
        ({"person": "Ada North; Bo South", "body": "Northbank"}, ["TL-S201 person", "TL-S113 person"]),
    ],
)
def test_a_fault_names_its_column(words, codes):
    """The row is left out, and nothing is guessed."""
    statement, found = read(**words)

    assert statement is None
    assert sorted(found) == sorted(codes)


def test_all_faults_come_at_once_in_the_order_of_the_columns():
    """One look at the row tells all of it."""
    _, found = read(id="", value="near", stance="offer", said="soon", chain="")

    assert found == ["TL-S101 id", "TL-S103 stance", "TL-S104 value", "TL-S105 said"]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ({"person": ""}, ["TL-S201 person"]),
        ({"release": "secret"}, ["TL-S202 release"]),
        ({"quote": "five km"}, ["TL-S203 sha256"]),
    ],
)
def test_a_doubt_leaves_the_statement(words, codes):
    """It is loaded, and the doubt is said; what is not marked as public is protected."""
    statement, found = read(**words)

    assert found == codes
    assert statement.release == ("protected" if "release" in words else "public")


def test_the_first_word_of_a_chain_may_be_the_speaker_or_a_carrier():
    """A name without a speaker is the speaker; a name that is not the speaker's carried it."""
    assert read(person="", chain="Ada North>Herald")[0].speakers[0].person == "Ada North"
    assert str(read(chain="A. North>Herald")[0].chain) == "A. North>Herald"
    assert str(read(chain="Agency>Herald")[0].chain) == "named>Agency>Herald"
    assert str(read(person="", description="photos", chain="Agency>Herald")[0].chain) == "unnamed>Agency>Herald"
    assert str(read(chain="", outlet="Herald")[0].chain) == "?>Herald"
    assert str(read(chain="")[0].chain) == "?"


def test_several_speakers_run_side_by_side():
    """A joint statement has one entry per speaker in each column, and a dash for none."""
    statement, faults = read(person="Ada North; Bo South", body="Northbank; -")

    assert faults == []
    assert [(each.person, each.body) for each in statement.speakers] == [("Ada North", "Northbank"), ("Bo South", "")]


@given(st.dictionaries(st.sampled_from(STATEMENT_COLUMNS), st.text(max_size=30)))
def test_no_row_breaks_the_reader(cells):
    """Whatever the cells hold, there is a statement or a fault TL-S1, and never both."""
    statement, faults = read_statement(cells, "row 1")

    assert (statement is None) == any(fault.code.startswith("TL-S1") for fault in faults)


def test_the_lists_are_closed_and_each_word_has_its_meaning():
    """Sixteen categories; stances with a meaning each; nothing else is a category."""
    assert len(CATEGORIES) == 16
    assert all(STANCES.values())
    assert is_category("CONSULT.phone")
    assert not is_category("consult")
    assert not is_category("RETREAT.")


def test_every_code_is_explained_on_its_page():
    """The page of errors has a heading for each code with its words, and its remedy below."""
    text = (Path(__file__).parents[2] / "docs" / "errors-statements.md").read_text(encoding="utf-8")

    for code, (what, do) in CODES.items():
        section = re.search(rf"^### {code}: (.*?)$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
        assert section, code
        assert section[1] == what
        assert f"**Do:** {do}." in section[2].replace("\n", " "), code
    assert str(fault_of("TL-S101", "row 1", remedy="give one")) == "row 1: TL-S101 the row has no id; give one"
