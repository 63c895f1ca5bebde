"""Geometries as places: a point needs a radius beside it, a polygon is the region in which the place lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from truceline.evidence.regions import Regions
from truceline.formats.lists import constant
from truceline.formats.plain import Shapes
from truceline.formats.rejects import flag, refuse
from truceline.terms.shapes import Polygon

__all__ = ["shapes_of", "to_wgs84"]

POINT, POLYGON, MULTIPOLYGON, EMPTY = 0, 3, 6, -1


def shapes_of(geometries: NDArray[np.object_], ids: Sequence[str], source: str) -> Shapes:
    """Take n geometries in EPSG:4326 apart into points and regions; `ids` name the regions.

    >>> shapes = shapes_of(shapely.from_wkt(["POINT (36 33)", "POLYGON ((0 0, 1 0, 1 1, 0 0))"]), ["a#1", "a#2"], "a")
    >>> shapes.columns["lon"].to_pylist(), shapes.columns["region"].to_pylist()
    ([36.0, None], [None, 'a#2'])
    """
    flat = shapely.force_2d(geometries)
    kind = np.where(shapely.is_empty(flat), EMPTY, shapely.get_type_id(flat))
    is_point, is_area = kind == POINT, (kind == POLYGON) | (kind == MULTIPOLYGON)
    west, south, east, north = shapely.bounds(flat).T
    outside = ~((west >= -180) & (east <= 180) & (south >= -90) & (north <= 90))
    unusable = is_area & (outside | ~shapely.is_valid(flat))
    usable = np.flatnonzero(is_area & ~unusable).tolist()
    points = flat.copy()
    points[~is_point] = None
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    named = np.array([*ids, ""], dtype=object)[:-1]
    named[~is_area | unusable] = None
    columns = {
        "lon": pa.array(lon, mask=~is_point),
        "lat": pa.array(lat, mask=~is_point),
        "region": pa.array(named, pa.string()),
    }
    regions = Regions(
        tuple(ids[row] for row in usable), tuple(_polygons(flat[row]) for row in usable), (0.0,) * len(usable), source
    )
    told = pa.chunked_array([constant(None, len(flat))])
    flags = (
        flag("TL-R112", ~(is_point | is_area | (kind == EMPTY)), "geometry", told),
        flag("TL-R113", unusable, "geometry", told),
    )
    return Shapes(columns, regions, flags)


def to_wgs84(geometries: NDArray[np.object_], system: Any, name: str) -> NDArray[np.object_]:
    """Move geometries from their coordinate system to EPSG:4326, longitude first, vertex by vertex.

    Raises
    ------
    EvidenceError
        TL-R009 if the system is not stated or not known.
    """
    if system is None:
        raise refuse("TL-R009", name)
    try:
        known = CRS.from_user_input(system)
    except CRSError as error:
        raise refuse("TL-R009", name, str(error)) from error
    if known.equals(CRS("EPSG:4326"), ignore_axis_order=True):
        return geometries
    transformer = Transformer.from_crs(known, CRS("EPSG:4326"), always_xy=True)
    moved: NDArray[np.object_] = shapely.transform(
        shapely.force_2d(geometries), lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )
    return moved


def _polygons(shape: Any) -> tuple[Polygon, ...]:
    return tuple(
        tuple(shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors))
        for part in shapely.get_parts(shape)
    )
