"""Positions and precision codes: what is a place, and what only looks like one."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.evidence.precision import precision_table
from truceline.evidence.regions import Regions
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer, joined, read_regions
from truceline.formats.places import extents, positions

SQUARE = [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]
hostile = st.one_of(
    st.floats(), st.sampled_from([0.0, -0.0, 180.0, -180.0, 540.0, 90.0, 90.000001, 1e308, 181.0, -181.0])
)


def column(*values):
    """Make a column."""
    return pa.chunked_array([pa.array(values)])


def found(flags):
    """List the rows of each code."""
    return {flag.code: flag.rows.tolist() for flag in flags if len(flag.rows)}


def feature(identity, properties=None, coordinates=SQUARE):
    """Make a region."""
    geometry = {"type": "Polygon", "coordinates": coordinates}
    made = {"type": "Feature", "properties": properties or {}, "geometry": geometry}
    return made if identity is None else {**made, "id": identity}


def written(folder, *features):
    """Write a file of regions."""
    path = folder / "regions.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


@settings(max_examples=200)
@given(hostile, hostile)
def test_a_hostile_number_never_becomes_a_position(lon, lat):
    """A position is on Earth and not at 0, 0; everything else is flagged and has no place."""
    point = positions(column(lon), column(lat))

    assert point.given[0] == bool(-180 <= lon <= 180 and -90 <= lat <= 90 and not lon == lat == 0)
    assert np.isfinite([point.lon[0], point.lat[0]]).all()
    assert point.given[0] or found(point.flags)


def test_each_fault_has_its_code():
    """Empty, half, out of range, swapped and 0, 0 are told apart."""
    point = positions(
        column("36.7", None, "36.7", "181", "33", "0", "x"), column("33", None, None, "10", "136", "0", "1")
    )

    assert found(point.flags) == {
        "TL-R110": [2], "TL-R104": [3], "TL-R105": [4], "TL-R201": [5], "TL-R103": [6],
    }  # fmt: skip
    assert point.empty.tolist() == [False, True, False, False, False, False, False]
    assert point.columns["lon"].to_pylist() == [36.7, None, None, None, None, None, None]


def test_a_position_far_from_all_others_and_near_them_if_swapped_is_doubted():
    """One of many, and only where there are enough to know where the others are."""
    lon, lat = [36 + n / 100 for n in range(30)], [33 - n / 100 for n in range(30)]
    many = positions(column(*lon, 33.0), column(*lat, 36.2))
    few = positions(column(*lon[:5], 33.0), column(*lat[:5], 36.2))

    assert found(many.flags) == {"TL-R215": [30]}
    assert many.given.all()
    assert not found(few.flags)


def test_regions_are_read_with_their_names(tmp_path):
    """`also` is a list or separated by semicolons; the error of the boundary is a distance."""
    path = written(
        tmp_path,
        feature("N", {"name": "North Province", "also": "N.P.; Nordland", "level": "adm1", "uncertainty": "600 m"}),
        feature(None, {"id": 7, "name": "Ford", "also": ["Furt", None]}),
    )
    gazetteer = read_regions(path)

    assert gazetteer.regions.ids == ("N", "7")
    assert gazetteer.regions.uncertainties == (600.0, 0.0)
    assert gazetteer.regions.source == "regions.geojson"
    assert gazetteer.called(["nordland", "FURT ", "Ford", "South", None, ""], "adm1").to_pylist() == [
        "N", "7", "7", None, None, None,
    ]  # fmt: skip
    assert gazetteer.called(["N.P."], "adm2").to_pylist() == [None]
    assert gazetteer.ids_of(["N", "Furt", "x", "new", None], ["new"]).to_pylist() == ["N", "7", None, "new", None]
    assert len(gazetteer) == 2


def test_letters_with_accents_are_compared_in_one_form(tmp_path):
    """An e with an accent is one letter, however it is stored."""
    gazetteer = read_regions(written(tmp_path, feature("F", {"name": "Forêt"})))

    assert gazetteer.called(["Fore\u0302t", "Foret"], "adm1").to_pylist() == ["F", None]


def test_a_name_that_two_regions_share_points_to_none(tmp_path):
    """Guessing between two is not reading; a level tells them apart."""
    both = read_regions(written(tmp_path, feature("a", {"name": "Ford"}), feature("b", {"name": "Ford"})))
    told_apart = read_regions(
        written(
            tmp_path, feature("a", {"name": "Ford", "level": "adm1"}), feature("b", {"name": "Ford", "level": "adm2"})
        )
    )

    assert both.called(["Ford"], "adm1").to_pylist() == both.ids_of(["Ford"]).to_pylist() == [None]
    assert told_apart.called(["Ford"], "adm2").to_pylist() == ["b"]
    assert told_apart.ids_of(["Ford"]).to_pylist() == [None]


def test_all_faults_of_a_file_of_regions_come_at_once(tmp_path):
    """Each feature is named by its number."""
    path = written(
        tmp_path,
        feature(None),
        feature("a", {"level": "village"}),
        feature("b", {"uncertainty": "a bit"}),
        feature("c", {"uncertainty": "undisclosed"}),
        feature("d", coordinates=[[[0, 0], [1, 1]]]),
        feature("e"),
        feature("e"),
    )
    with pytest.raises(EvidenceError) as error:
        read_regions(path)

    assert [fault.at.rpartition(" ")[2] for fault in error.value] == ["1", "2", "3", "4", "5", "7"]
    assert {fault.code for fault in error.value} == {"TL-R012"}


def test_an_empty_file_of_regions_has_none(tmp_path):
    """No feature is no fault."""
    assert len(read_regions(written(tmp_path))) == 0
    assert len(NO_REGIONS) == 0


def test_joining_keeps_the_first_of_two_with_one_id():
    """And the source of the first set."""
    one, other = (Regions(ids, ((),) * len(ids), (error,) * len(ids), name) for ids, error, name in
                  ((("a",), 1.0, "one"), (("a", "b"), 2.0, "other")))  # fmt: skip
    both = joined(one, other)

    assert (both.ids, both.uncertainties, both.source) == (("a", "b"), (1.0, 2.0), "one")


TABLE = precision_table(
    [
        {"dataset": "d", "code": code, "radius_m": radius, "level": level, "days": "", "note": ""}
        for code, radius, level in (
            ("1", "2000", ""), ("3", "", "adm2"), ("4", "", "adm1"), ("6", "", "country"), ("7", "", "unknown"),
        )
    ],
    "toy.csv",
)  # fmt: skip
NAMED = {
    "adm2": column(None, "Ford", "Mill", None, None, None, None),
    "adm1": column("North", "North", "North", "South", None, None, None),
    "country": column("Toyland", "Toyland", "Toyland", "Toyland", "Toyland", None, None),
}
CODES = column("1", "3", "3", "4", "6", "7", "9")


def test_a_code_is_a_radius_or_the_region_that_the_row_names():
    """Where the unit itself is not known, the next one around it holds the place as surely."""
    ids, names, levels = ("F", "N", "T"), (("Ford",), ("North",), ("Toyland",)), ("adm2", "adm1", "country")
    regions = Gazetteer(Regions(ids, ((),) * 3, (0.0,) * 3, "toy"), names, levels)
    extent = extents(CODES, "d", TABLE, NAMED, regions, "where_prec")

    assert extent.radius.to_pylist() == [2000.0, None, None, None, None, None, None]
    assert extent.region.to_pylist() == [None, "F", "N", "T", "T", None, None]
    assert found(extent.flags) == {"TL-R203": [6]}


def test_without_regions_a_code_of_a_unit_gives_no_place_and_that_is_said_once():
    """The point of a district is not a place."""
    extent = extents(CODES, "d", TABLE, NAMED, NO_REGIONS, "where_prec")

    assert extent.region.null_count == 7
    assert [(flag.code, flag.evidence) for flag in extent.flags if flag.evidence] == [("TL-R305", "4 rows")]


def test_a_unit_that_no_region_is_called_by_is_doubted():
    """The row loads, and its place is not known."""
    regions = Gazetteer(Regions(("F",), ((),), (0.0,), "toy"), (("Ford",),), ("adm2",))
    extent = extents(CODES, "d", TABLE, NAMED, regions, "where_prec")

    assert found(extent.flags) == {"TL-R203": [6], "TL-R204": [2, 3, 4]}


def test_the_name_that_was_looked_for_is_told():
    """Of the unit itself where the row has it, else of the next one around; a row that names none is told as that."""
    regions = Gazetteer(Regions(("F",), ((),), (0.0,), "toy"), (("Ford",),), ("adm2",))
    named = {**NAMED, "adm1": column("North", "", "North", "South", "", None, None), "country": column(*[""] * 7)}
    flags = [each for each in extents(CODES, "d", TABLE, named, regions, "where_prec").flags if each.code == "TL-R204"]

    assert [(each.rows.tolist(), each.values.to_pylist()) for each in flags] == [
        ([2, 3], ["Mill", "South"]),
        ([4], [None]),
    ]
    assert flags[1].what.endswith("the place is not known: the row names none")


def test_rows_with_points_alone_need_no_regions():
    """Nothing is said where nothing is missing."""
    extent = extents(column("1", "1"), "d", TABLE, NAMED, NO_REGIONS, "where_prec")

    assert [flag.code for flag in extent.flags] == ["TL-R203"]
