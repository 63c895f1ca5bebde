"""GeoJSON: features by id, shapes as numbers, and nothing repaired in silence."""

import json
import math

import pytest

from truceline.formats.shape_file import ShapeError, area_shape, features_of, line_shape, ring_of

RING = [[20.0, 45.0], [20.1, 45.0], [20.1, 45.1], [20.0, 45.0]]


def written(tmp_path, data):
    """Write a file and give its path."""
    path = tmp_path / "shapes.geojson"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    return path


def feature(**parts):
    """Build a feature."""
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [20.0, 45.0]}, **parts}


def test_features_are_found_by_id(tmp_path):
    """The member `id` goes before `properties.id`; features without an id or a geometry are passed over."""
    features = [
        feature(id="a", properties={"id": "b"}),
        feature(properties={"id": 7}),
        feature(properties=None),
        feature(id=1.5),
        {"type": "Feature", "id": "c", "geometry": None},
        "no feature",
    ]

    assert list(features_of(written(tmp_path, {"features": features}))) == ["a", "7"]


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"\xff\xfe", "TL-E040 'shapes.geojson' is not GeoJSON"),
        (b"{", "TL-E040 'shapes.geojson' is not GeoJSON"),
        (b'{"features": [NaN]}', "NaN is not a number"),
        (b"[" * 200_000, "TL-E040 'shapes.geojson' is not GeoJSON"),
        ([], "TL-E040 'shapes.geojson' has no list of features"),
        ({"features": {}}, "TL-E040 'shapes.geojson' has no list of features"),
        ({"features": [feature(id="a"), feature(id="a")]}, "TL-E041 'shapes.geojson' has two features 'a'"),
    ],
)
def test_files_that_are_no_geojson_are_refused(tmp_path, data, trouble):
    """A file of another kind, of no kind, or with an ambiguous id."""
    with pytest.raises(ShapeError, match="; ") as refused:
        features_of(written(tmp_path, data))

    assert trouble in str(refused.value)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    """Before anything is read."""
    large = tmp_path / "large.geojson"
    with large.open("wb") as opened:
        opened.truncate(50_000_001)

    with pytest.raises(ShapeError, match="TL-E040 there is no file"):
        features_of(tmp_path / "none.geojson")
    with pytest.raises(ShapeError, match="is larger than 50 MB"):
        features_of(large)


def test_lines_and_areas_keep_their_parts():
    """Several parts stay several; holes follow the exterior; heights are left out."""
    parts = [[[20, 45, 99], [21, 45, 98]], [[22, 45], [23, 45]]]
    line = line_shape({"type": "MultiLineString", "coordinates": parts}, "x")
    area = area_shape({"type": "MultiPolygon", "coordinates": [[RING, RING], [RING]]}, "x")

    assert [part.tolist() for part in line.parts] == [[[20.0, 45.0], [21.0, 45.0]], [[22.0, 45.0], [23.0, 45.0]]]
    assert [len(polygon) for polygon in area.polygons] == [2, 1]
    assert area.polygons[0][0].shape == (4, 2)


@pytest.mark.parametrize(
    ("shape", "geometry", "trouble"),
    [
        (line_shape, {"type": "Polygon", "coordinates": [RING]}, "TL-E042 'x' is a Polygon and not a line"),
        (line_shape, {"type": "MultiLineString", "coordinates": []}, "TL-E042"),
        (line_shape, {"type": "LineString"}, "TL-E043 'x' has fewer than 2 points"),
        (line_shape, {"type": "LineString", "coordinates": [[20.0, 45.0]]}, "TL-E043 'x' has fewer than 2 points"),
        (line_shape, {}, "TL-E042 'x' is a None"),
        (area_shape, {"type": "LineString", "coordinates": RING}, "TL-E042 'x' is a LineString and not an area"),
        (area_shape, {"type": "MultiPolygon", "coordinates": {}}, "TL-E042"),
        (area_shape, {"type": "Polygon", "coordinates": []}, "TL-E043 'x' has a polygon without a ring"),
        (area_shape, {"type": "Polygon", "coordinates": [RING[:3]]}, "TL-E043 'x' has fewer than 4 points"),
        (area_shape, {"type": "Polygon", "coordinates": [[*RING, [20.0, 45.1]]]}, "TL-E043 'x' has a ring that is not"),
    ],
)
def test_geometries_of_another_kind_are_refused(shape, geometry, trouble):
    """A line is a line and an area is an area."""
    with pytest.raises(ShapeError) as refused:
        shape(geometry, "x")

    assert str(refused.value).startswith(trouble)


@pytest.mark.parametrize(
    "point", [[20], [20, "45"], [True, 45], "ab", [181, 45], [45, 91], [math.nan, 45], [math.inf, 45], [20, -90.1]]
)
def test_positions_that_are_nowhere_are_refused(point):
    """Range checks are written so that NaN fails them too."""
    with pytest.raises(ShapeError, match="TL-E043"):
        ring_of([[20.0, 45.0], point], "x", at_least=2)


def test_the_ends_of_the_world_are_on_it():
    """Longitude 180 and latitude 90 are positions."""
    assert ring_of([[-180, -90], [180, 90]], "x", at_least=2).tolist() == [[-180.0, -90.0], [180.0, 90.0]]
