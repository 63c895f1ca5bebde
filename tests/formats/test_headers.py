"""Names of columns, and tables that are wider or emptier than any table of reports."""

import json

import pytest

from truceline.errors import EvidenceError
from truceline.formats.csv_file import read_csv
from truceline.formats.geojson import read_geojson
from truceline.formats.headers import MOST_CELLS, MOST_COLUMNS, require_distinct, require_filled
from truceline.formats.plain import Asked


def test_a_table_may_be_wide():
    """Up to the bound it is taken; beyond it is refused, and so is a text in the place of a name."""
    require_distinct([f"c{number}" for number in range(MOST_COLUMNS)], "a.csv")
    require_distinct([], "a.csv")
    with pytest.raises(EvidenceError, match=r"a\.csv: TL-R017 .*: 10001 columns"):
        require_distinct([f"c{number}" for number in range(MOST_COLUMNS + 1)], "a.csv")
    with pytest.raises(EvidenceError, match=r"a\.csv: TL-R017 .*: a name of 1001 letters"):
        require_distinct(["c" * 1001], "a.csv")


def test_names_that_stand_twice_are_named():
    """The first ten of them, in their order."""
    names = [f"c{number:02}" for number in range(40)]
    with pytest.raises(EvidenceError, match=r"TL-R006 two columns have one name: 'c00', .*'c09';"):
        require_distinct([*names, *names], "a.csv")


def test_a_table_may_be_empty_and_not_huge():
    """A hundred empty cells to each that is filled, or four million in all."""
    require_filled(2, MOST_CELLS // 2, 0, "a")
    require_filled(100, MOST_CELLS, MOST_CELLS, "a")
    with pytest.raises(EvidenceError, match="TL-R007"):
        require_filled(101, MOST_CELLS, MOST_CELLS, "a")


def test_readers_ask():
    """A header of many columns, a cell longer than any name, and features that share no property are refused."""
    with pytest.raises(EvidenceError, match=r"a\.csv: TL-R017"):
        read_csv(b";".join(b"%d" % number for number in range(20_000)), "a.csv")
    with pytest.raises(EvidenceError, match=r"a\.csv: TL-R017"):
        read_csv(b'"' * 200_000, "a.csv")
    many = [{"type": "Feature", "geometry": None, "properties": {f"{n}": n}} for n in range(2100)]
    with pytest.raises(EvidenceError, match=r"a\.geojson: TL-R007 .*: 4410000 cells"):
        read_geojson(json.dumps({"type": "FeatureCollection", "features": many}).encode(), "a.geojson", Asked())
