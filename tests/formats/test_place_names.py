"""Gazetteers: rows and features become named places, and every fault stands at its place."""

import json

import pytest

from truceline.errors import EvidenceError
from truceline.formats.place_names import read_place_names

SQUARE = [[[20.0, 10.0], [20.02, 10.0], [20.02, 10.02], [20.0, 10.02], [20.0, 10.0]]]


def wrong(tmp_path, text, name="g.csv"):
    """List the faults of a gazetteer without its folder."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError) as error:
        read_place_names(path)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in error.value]


def feature(geometry, **properties):
    """Write one feature of GeoJSON."""
    one = {"type": "Feature", "geometry": geometry, "properties": properties}
    return json.dumps({"type": "FeatureCollection", "features": [one]})


def test_rows_of_csv_are_places():
    """With further names, a radius in metres or in words, a kind and districts."""
    places = read_place_names("tests/data/places/toy.csv")
    [town] = places.called("North Town")

    assert (town.name, town.lon, town.lat, town.radius) == ("Northton", 20.5, 10.0, 1500.0)
    assert (town.also, town.kind, town.admin) == (("Norton", "North Town"), "town", ("North District",))
    assert places.called("Southton")[0].radius == 1609.344
    assert [mill.radius for mill in places.called("Mill")] == [None, None]
    assert places.source == "toy.csv"


def test_features_of_geojson_are_places():
    """A point, or a polygon, whose disc holds all of it."""
    places = read_place_names("tests/data/places/toy.geojson")
    [town], [area] = places.called("norton"), places.called("disengagement area near ford")

    assert (town.radius, town.admin, town.polygons) == (1500.0, ("North District",), ())
    assert (round(area.lon, 3), round(area.lat, 3)) == (20.01, 10.01)
    assert area.radius == pytest.approx(1557.0, abs=5.0)
    assert len(area.polygons) == 1


def test_every_fault_of_every_row_is_told(tmp_path):
    """At once, each with its row and column."""
    rows = ("A,1,2,,", ",200,x,,", "B,0,0,,", "C,1,1,5,1 km", "D,1,1,0,", "E,1,1,,far", "a,1,2,,", "F,1")
    degrees = "write degrees with a point, such as 36.7076"
    told = (
        ("row 2 column name", "no name; name the place"),
        ("row 2 column lon", f"'200' is no number of degrees from -180 to 180; {degrees}"),
        ("row 2 column lat", f"'x' is no number of degrees from -90 to 90; {degrees}"),
        ("row 3 column lon", "0, 0 stands for a missing position; give the position"),
        ("row 4", "both radius_m and footprint are filled; keep one of the two"),
        ("row 5 column radius_m", "'0' is no radius above 0; write metres, or leave the cell empty"),
        ("row 6 column footprint",
         "'far' is no radius above 0; write a distance such as '1.5 km', or leave the cell empty"),
        ("row 7", f"the same name and position as {tmp_path}/g.csv row 1; keep one of the two"),
        ("row 8", "the row has another number of cells than the header; quote cells that hold the delimiter"),
    )  # fmt: skip
    found = wrong(tmp_path, "\n".join(("name,lon,lat,radius_m,footprint", *rows)))

    assert sorted(found) == sorted(f"g.csv {at}: TL-R019 the gazetteer has a fault: {what}" for at, what in told)


@pytest.mark.parametrize("cell", ["undisclosed", "1e999", "inf", "-5"])
def test_a_radius_without_an_end_is_none(tmp_path, cell):
    """A place whose reach nobody knows has an empty cell."""
    column = "footprint" if cell == "undisclosed" else "radius_m"

    assert "is no radius above 0" in wrong(tmp_path, f"name,lon,lat,{column}\nA,1,2,{cell}\n")[0]


@pytest.mark.parametrize("column", ["name", "lon", "lat"])
def test_a_column_that_is_missing_is_named(tmp_path, column):
    """Without a name or a position nothing is a place."""
    header = ",".join(name for name in ("name", "lon", "lat", "kind") if name != column)

    assert wrong(tmp_path, f"{header}\n1,2,3\n")[0].startswith(
        f"g.csv:1: TL-R019 the gazetteer has a fault: no column {column}; write a header of name, also, lon, lat"
    )


@pytest.mark.parametrize(
    ("geometry", "properties", "told"),
    [
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}, {"name": "A"}, "is a LineString and not an area"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, {"name": "A"}, "not valid"),
        ({"type": "Polygon", "coordinates": SQUARE}, {}, "no name"),
        ({"type": "Point", "coordinates": [500, 2]}, {"name": "A"}, "'500' is no number of degrees"),
        ({"type": "Point"}, {"name": "A"}, "'' is no number of degrees"),
        (None, {"name": "A"}, "is a None and not an area"),
    ],
)
def test_what_is_wrong_with_a_feature_is_told(tmp_path, geometry, properties, told):
    """Lines, crossing rings, positions that are nowhere."""
    faults = wrong(tmp_path, feature(geometry, **properties), "g.geojson")

    assert any(told in fault for fault in faults)
    assert all(fault.startswith("g.geojson feature 1") for fault in faults)


def test_the_faults_of_a_crossing_ring_stand_beside_that_of_its_name(tmp_path):
    """Both are told."""
    ring = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]

    assert len(wrong(tmp_path, feature({"type": "Polygon", "coordinates": ring}), "g.geojson")) == 2
