"""GeoJSON, GeoPackage and GeoParquet: points with a radius, polygons as regions, their coordinate systems."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from pyproj import Transformer

from truceline.errors import EvidenceError
from truceline.formats.feature_file import features_in
from truceline.formats.geojson import read_geojson
from truceline.formats.geometries import shapes_of, to_wgs84
from truceline.formats.geopackage import read_geopackage
from truceline.formats.plain import Asked
from truceline.formats.reports import read_reports

UTC = Asked(zone="UTC")
POINT = {"type": "Point", "coordinates": [36.1, 32.7]}
SQUARE = {"type": "Polygon", "coordinates": [[[36, 32], [37, 32], [37, 33], [36, 32]]]}
BOW_TIE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
ROW = {"from": "2017-07-09", "act": "presence", "radius_m": 20}


def feature(geometry, identity=None, **properties):
    """Make a feature with the properties of a report."""
    made = {"type": "Feature", "geometry": geometry, "properties": {**ROW, **properties}}
    return made if identity is None else {**made, "id": identity}


def collection(*features):
    """Make a file of features."""
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def codes(table):
    """List row and code of each note."""
    return [(note["row"], note["code"]) for note in table.to_pylist()]


def test_points_and_polygons_become_places():
    """A polygon is the region in which its report lies, named after the file and the feature."""
    read_ = read_geojson(collection(feature(POINT, 7, involved=["Northbank"]), feature(SQUARE, 8)), "a.geojson", UTC)
    point, area = read_.table.to_pylist()

    assert (point["report"], point["lon"], point["lat"], point["region"]) == ("7", 36.1, 32.7, None)
    assert (point["radius_m"], point["involved"]) == (20.0, ["Northbank"])
    assert (area["report"], area["lon"], area["radius_m"], area["region"]) == ("8", None, None, "a.geojson#8")
    assert read_.regions.ids == ("a.geojson#8",)
    assert read_.regions.polygons[0][0][0].tolist()[0] == [36.0, 32.0]


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (BOW_TIE, "TL-R113"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [500, 0], [0, 1], [0, 0]]]}, "TL-R113"),
        ({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}, "TL-R112"),
        ({"type": "Point", "coordinates": ["x"]}, "TL-R112"),
        ({"type": "Cloud"}, "TL-R112"),
        ({"type": "Point", "coordinates": [32.7, 136.1]}, "TL-R105"),
        ({"type": "Point", "coordinates": [540, 1]}, "TL-R104"),
    ],
)
def test_geometries_that_no_report_can_use_are_rejected(geometry, code):
    """Crossing itself, out of range, a line, or nothing that can be built."""
    read_ = read_geojson(collection(feature(geometry, 1), feature(POINT, 2)), "a.geojson", UTC)

    assert codes(read_.rejected) == [(1, code)]
    assert read_.table.num_rows == 1


def test_features_without_a_geometry_may_give_their_place_in_words():
    """Positions and regions in the properties are read where there is no geometry."""
    empty = {"type": "Point", "coordinates": []}
    read_ = read_geojson(
        collection(feature(None, 1, lon=36, lat=33), feature(None, 2, region="N"), feature(empty, 3)), "a.geojson", UTC
    )

    assert read_.table["lon"].to_pylist() == [36.0, None, None]
    assert read_.table["region"].to_pylist() == [None, "N", None]
    assert codes(read_.warned) == [(3, "TL-R202")]


def test_properties_of_mixed_kinds_become_text():
    """Objects too; a report id in the properties goes before that of the feature."""
    read_ = read_geojson(
        collection(feature(POINT, 1, report="a", x=1, y={"z": 1}, w=2**70), feature(POINT, 2, report="b", x="one")),
        "a.geojson", UTC,
    )  # fmt: skip

    assert read_.table["report"].to_pylist() == ["a", "b"]
    assert read_.table["x"].to_pylist() == ["1", "one"]
    assert read_.table["y"].to_pylist() == ['{"z": 1}', None]
    assert read_.table["w"].to_pylist() == [str(2**70), None]


def test_no_features_are_no_reports():
    """An empty collection is an empty table."""
    assert read_geojson(collection(), "a.geojson", UTC).counts["read"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "[1]", '{"features": 5}', '{"features": [5]}', '{"type": "Point", "coordinates": [1, 2]}',
        '{"type": "Feature", "geometry": null, "properties": {"x": NaN}}',
        '{"type": "Feature", "type": "Feature", "geometry": null, "properties": {}}',
        '{"type": "Feature", "geometry": 5, "properties": {}}', "[" * 100_000, '{"a": 1',
    ],
)  # fmt: skip
def test_what_is_no_geojson_is_refused(text):
    """Also NaN, a key twice, and brackets without end."""
    with pytest.raises(EvidenceError, match="TL-R013"):
        features_in(text.encode(), "a.geojson")


def test_geojson_in_another_coordinate_system_is_refused():
    """The old member `crs` may name WGS 84 and nothing else."""
    lambert = {
        "type": "FeatureCollection",
        "features": [],
        "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::2154"}},
    }
    wgs84 = {**lambert, "crs": {"properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}}
    with pytest.raises(EvidenceError, match="TL-R009"):
        features_in(json.dumps(lambert).encode(), "a")

    assert features_in(json.dumps(wgs84).encode(), "a") == []


def write_gpkg(path, geometries, crs, layer="reports"):
    """Write a layer of reports."""
    fields = [np.array([f"2017-07-0{n + 1}" for n in range(len(geometries))], dtype=object)]
    fields.append(np.array(["presence"] * len(geometries), dtype=object))
    kind = "Point" if all(shape.geom_type == "Point" for shape in geometries) else "Unknown"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(geometries, dtype=object)), fields, ["from", "act"], layer=layer, crs=crs,
        geometry_type=kind, driver="GPKG", append=path.exists(),
    )  # fmt: skip


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:32637"])
def test_a_geopackage_is_read_in_its_own_coordinate_system(tmp_path, crs):
    """UTM metres become degrees, points and polygons alike."""
    path = tmp_path / "a.gpkg"
    there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    shapes = [shapely.Point(36.1, 32.7), shapely.box(36, 32, 37, 33)]
    moved = [
        shapely.transform(shape, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1]))) for shape in shapes
    ]
    write_gpkg(path, moved, crs)
    read_ = read_reports(path, zone="UTC")

    assert read_.kind == "gpkg"
    assert read_.table["lon"][0].as_py() == pytest.approx(36.1, abs=1e-9)
    assert read_.table["lat"][0].as_py() == pytest.approx(32.7, abs=1e-9)
    assert read_.table["region"].to_pylist() == [None, "a.gpkg#2"]
    assert np.allclose(read_.regions.polygons[0][0].__getitem__(0).min(axis=0), [36, 32], atol=1e-9)


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_geopackage_without_a_coordinate_system_or_with_several_layers_is_refused(tmp_path):
    """Nobody may guess where metres begin, nor which layer is meant."""
    write_gpkg(tmp_path / "a.gpkg", [shapely.Point(1, 2)], None)
    write_gpkg(tmp_path / "b.gpkg", [shapely.Point(36, 33)], "EPSG:4326", "one")
    write_gpkg(tmp_path / "b.gpkg", [shapely.Point(36, 33)], "EPSG:4326", "two")
    with pytest.raises(EvidenceError, match="TL-R009"):
        read_geopackage(tmp_path / "a.gpkg", UTC)
    with pytest.raises(EvidenceError, match="it has the layers one, two; name one: layer="):
        read_geopackage(tmp_path / "b.gpkg", UTC)

    assert read_geopackage(tmp_path / "b.gpkg", UTC, layer="two").counts["read"] == 1


def test_what_only_looks_like_a_geopackage_is_refused(tmp_path):
    """A missing file, another format under the name, and a database without layers."""
    (tmp_path / "vrt.gpkg").write_text("<OGRVRTDataSource/>")
    sqlite3.connect(tmp_path / "empty.gpkg").execute("CREATE TABLE t (x)").connection.close()
    (tmp_path / "broken.gpkg").write_bytes(b"SQLite format 3\0 and nothing more")
    for name in ("missing.gpkg", "vrt.gpkg", "empty.gpkg", "broken.gpkg"):
        with pytest.raises(EvidenceError, match="TL-R001"):
            read_geopackage(tmp_path / name, UTC)


def geoparquet(path, about, encoding="WKB"):
    """Write a point and a polygon."""
    table = pa.table({
        "report": ["a", "b"], "radius_m": [5.0, None], "act": ["presence"] * 2, "from": ["2017-07-09"] * 2,
        "place_wkb": pa.array(shapely.to_wkb([shapely.Point(36, 33), shapely.box(36, 32, 37, 33)]), pa.binary()),
    })  # fmt: skip
    meta = {
        "version": "1.1.0",
        "primary_column": "place_wkb",
        "columns": {"place_wkb": {"encoding": encoding, **about}},
    }
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(meta)}), path)
    return path


def test_geoparquet_is_read_by_its_metadata(tmp_path):
    """Without a system it is WGS 84 in the order longitude, latitude."""
    read_ = read_reports(geoparquet(tmp_path / "a.parquet", {}), zone="UTC")

    assert read_.kind == "geoparquet"
    assert read_.table["lon"].to_pylist() == [36.0, None]
    assert read_.table["region"].to_pylist() == [None, "a.parquet#2"]
    assert "place_wkb" not in read_.table.column_names


def test_geoparquet_with_a_broken_promise_is_refused(tmp_path):
    """A system declared unknown, an encoding that is not WKB, metadata without a column."""
    path = tmp_path / "a.parquet"
    with pytest.raises(EvidenceError, match="TL-R009"):
        read_reports(geoparquet(path, {"crs": None}))
    with pytest.raises(EvidenceError, match="geometries encoded as point"):
        read_reports(geoparquet(path, {}, "point"))
    pq.write_table(pa.table({"report": ["a"]}).replace_schema_metadata({"geo": "{}"}), path)
    with pytest.raises(EvidenceError, match="its 'geo' metadata is broken"):
        read_reports(path)


def test_a_system_that_nobody_knows_is_refused():
    """The message is the library's."""
    with pytest.raises(EvidenceError, match="TL-R009"):
        to_wgs84(np.array([shapely.Point(1, 2)]), "EPSG:0", "a")


def test_holes_and_several_parts_are_kept():
    """A multipolygon has several polygons, each with its holes."""
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    shapes = shapes_of(np.array([shapely.MultiPolygon([ring, shapely.box(5, 5, 6, 6)])]), ["a#1"], "a")

    assert [len(polygon) for polygon in shapes.regions.polygons[0]] == [2, 1]
