"""Mapping files: somebody else's columns and words in ours."""

from __future__ import annotations

import pyarrow as pa
import pytest

from truceline.errors import EvidenceError
from truceline.formats.mapping_file import AS_IS, Mapped, mapped, read_mapping


def read(folder, text):
    """Read a mapping file from its text."""
    path = folder / "map.yaml"
    path.write_text(text)
    return read_mapping(path)


def test_a_mapping_file_is_read(tmp_path):
    """One column or several for one of ours; words stay words."""
    how = read(
        tmp_path,
        """
columns: {from: Date, involved: [Actor 1, Actor 2], region: none}
constants: {radius_m: 500, dataset: no}
values: {act: {Battle: clash, 1: fire}}
lists: ","
zone: Etc/GMT-3
date_order: day
decimal: ","
empty: [NA, "-99"]
""",
    )

    assert how.columns == {"from": ("Date",), "involved": ("Actor 1", "Actor 2"), "region": ("none",)}
    assert how.constants == {"radius_m": "500", "dataset": "no"}
    assert how.values == {"act": {"Battle": "clash", "1": "fire"}}
    assert (how.lists, how.zone, how.date_order, how.decimal) == (",", "Etc/GMT-3", "day", ",")
    assert how.empty == ("NA", "-99")


def test_one_word_stands_for_a_list_of_one(tmp_path):
    """`empty: NA` needs no brackets, and what is left out stays as it is."""
    how = read(tmp_path, "empty: NA\n")

    assert how.empty == ("NA",)
    assert (how.columns, how.lists, how.decimal, how.date_order) == ({}, ";", ".", None)


def test_all_faults_come_at_once_with_their_places(tmp_path):
    """Names that nobody knows are followed by what was probably meant."""
    with pytest.raises(EvidenceError) as error:
        read(
            tmp_path,
            "colums: {}\ncolumns: {fromm: Date, zzz: x}\nvalues: {act: {Battle: [a]}}\nconstants: 5\n"
            'date_order: sideways\ndecimal: x\nlists: ""\n',
        )
    told = {fault.at.partition(":")[2]: str(fault) for fault in error.value}

    assert set(told) == {"1:1", "2:11", "2:24", "3:24", "4:12", "5:13", "6:10", "7:8"}
    assert "did you mean 'from'?" in told["2:11"]
    assert "use one of report, dataset" in told["2:24"]


def test_a_file_that_is_no_yaml_is_refused_with_its_place(tmp_path):
    """Aliases are no part of the language either."""
    with pytest.raises(EvidenceError, match="TL-R010"):
        read(tmp_path, "columns: {a: *b}\n")


def test_columns_become_ours():
    """Theirs under our names, several as one list, words translated, constants in every row."""
    theirs = pa.table(
        {"Date": ["2017", "NA"], "A": ["N", None], "B": ["S", "S"], "lon": ["36,5", None], "region": ["x", "y"]}
    )
    how = Mapped(
        columns={"from": ("Date",), "involved": ("A", "B"), "region": ("none",)},
        constants={"radius_m": "500"},
        values={"involved": {"N": "northbank"}},
        decimal=",",
        empty=("NA",),
    )

    assert mapped(theirs, how).to_pydict() == {
        "lon": ["36.5", None],
        "from": ["2017", None],
        "involved": ["northbank;S", ";S"],
        "radius_m": ["500", "500"],
    }


def test_without_a_mapping_file_our_names_are_enough():
    """All others are none of our columns; typed columns stay typed."""
    theirs = pa.table({"lon": [36.5], "Notes": ["x"]})

    assert mapped(theirs, AS_IS).to_pydict() == {"lon": [36.5]}
    assert mapped(theirs.select(["Notes"]), AS_IS).num_columns == 0


def test_columns_that_the_file_does_not_have_are_named():
    """With the one that was probably meant, or all that there are."""
    how = Mapped(columns={"from": ("Dtae",), "act": ("zzz",)})
    with pytest.raises(EvidenceError) as error:
        mapped(pa.table({"Date": ["2017"]}), how)

    assert [fault.remedy for fault in error.value] == ["did you mean 'Date'?", "the file has Date"]
