"""WKB: what is long is looked through before it is read, and what cannot be built is no missing place."""

import numpy as np
import pyarrow as pa
import pytest
import shapely

from truceline.errors import EvidenceError
from truceline.formats.wkb import UNUSABLE, from_wkb

SQUARES = shapely.MultiPolygon([shapely.box(x, 0, x + 0.5, 0.5) for x in range(300)])
HOLED = shapely.Polygon(shapely.box(0, 0, 9, 9).exterior, [shapely.box(1, 1, 2, 2).exterior])


def read(*cells, kind=None):
    """Read a column of cells."""
    return from_wkb(pa.chunked_array([pa.array(cells, kind or pa.binary())]), "a.parquet column g").tolist()


@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("dimension", [2, 3, 4])
@pytest.mark.parametrize("order", [0, 1])
@pytest.mark.parametrize("system", [0, 4326])
def test_long_geometries_are_read_as_they_are(flavor, dimension, order, system):
    """Many polygons, in both orders of bytes, with heights and measures, with and without a coordinate system."""
    parts = [*SQUARES.geoms, HOLED]
    shape = shapely.set_srid(shapely.MultiPolygon([part for part in parts for _ in range(2)]), system)
    shape = shape if dimension == 2 else shapely.force_3d(shape, 7.0)
    data = shapely.to_wkb(
        shape,
        output_dimension=dimension,
        byte_order=order,
        flavor=flavor,
        include_srid=bool(system) and flavor != "iso",
    )
    [found] = read(data)

    assert len(data) > 10_000
    assert shapely.equals(found, shape)


def test_long_simple_geometries_are_read():
    """Points are short; lines and polygons hold nothing that could nest."""
    line = shapely.LineString(np.column_stack([np.arange(2000.0), np.zeros(2000)]))

    assert read(shapely.to_wkb(line)) == [line]
    assert read(shapely.to_wkb(shapely.Point(1, 2)), kind=pa.large_binary()) == [shapely.Point(1, 2)]


def test_what_nests_is_not_read():
    """A long collection, and a multipolygon that holds anything but polygons or ends too early, are of no use."""
    collection = shapely.to_wkb(shapely.GeometryCollection([SQUARES]))
    points = shapely.to_wkb(shapely.MultiPoint([(x, 0) for x in range(900)]))
    whole = shapely.to_wkb(SQUARES)

    assert read(collection, points, whole[:-9], whole[:20_000], whole[:9] + points) == [UNUSABLE] * 5


def test_short_collections_are_read():
    """Nothing that short could matter; no report can use them either, and the row says so."""
    inner = shapely.GeometryCollection([shapely.Point(1, 1)])

    assert read(shapely.to_wkb(inner)) == [inner]


def test_what_cannot_be_built_is_not_missing():
    """No geometry is None; a broken one is one that no report can use."""
    assert read(None, b"", b"cloud") == [None, UNUSABLE, UNUSABLE]
    assert read() == []


def test_cells_that_are_no_bytes():
    """They are refused with the column."""
    with pytest.raises(EvidenceError, match=r"a\.parquet column g: TL-R018 .*: double; write geometries as WKB"):
        read(1.5, kind=pa.float64())
