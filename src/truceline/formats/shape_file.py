"""GeoJSON -> the shapes that an agreement names: a feature by its id, checked number by number.

Coordinates are longitude, latitude in degrees (EPSG:4326). Nothing is repaired: a ring that is not
closed or a latitude of 181 is a fault of the file that the reader of the terms has to see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from truceline.terms.shapes import AreaShape, LineShape, Polygon, Ring

__all__ = ["Features", "ShapeError", "area_shape", "features_of", "line_shape", "ring_of"]

Features = Mapping[str, Mapping[str, Any]]
_LARGEST = 50_000_000  # bytes


class ShapeError(ValueError):
    """What is wrong with a shape, as `code`, `what` and `remedy`, before the place in the terms is known."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        """Keep the parts."""
        super().__init__(f"{code} {what}; {remedy}")
        self.code, self.what, self.remedy = code, what, remedy


def features_of(path: Path) -> Features:
    """Read the geometries of a GeoJSON file by the id of their feature (its `id`, else ``properties.id``).

    Raises
    ------
    ShapeError
        If there is no such file, if it is no GeoJSON, or if an id stands twice.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ShapeError("TL-E040", f"'{path.name}' is larger than 50 MB", "simplify the geometries")
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=_no_constant)
    except OSError as error:
        remedy = "put the file beside the terms, or correct the name"
        raise ShapeError("TL-E040", f"there is no file '{path.name}' that can be read", remedy) from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, ShapeError):
            raise
        what = f"'{path.name}' is not GeoJSON ({error})"
        raise ShapeError("TL-E040", what, "export it again as GeoJSON") from error
    return _by_id(data, path.name)


def _no_constant(word: str) -> NoReturn:
    msg = f"{word} is not a number"
    raise ValueError(msg)


def _by_id(data: Any, name: str) -> Features:
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        remedy = "export it as a GeoJSON FeatureCollection"
        raise ShapeError("TL-E040", f"'{name}' has no list of features", remedy)
    found: dict[str, Mapping[str, Any]] = {}
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            continue
        properties = feature.get("properties")
        key = feature.get("id", properties.get("id") if isinstance(properties, dict) else None)
        if isinstance(key, (str, int)):
            if str(key) in found:
                raise ShapeError("TL-E041", f"'{name}' has two features '{key}'", "give each feature its own id")
            found[str(key)] = feature["geometry"]
    return found


def line_shape(geometry: Mapping[str, Any], source: str) -> LineShape:
    """Turn a LineString or MultiLineString into a line.

    >>> line_shape({"type": "LineString", "coordinates": [[35.0, 33.0], [35.5, 33.0]]}, "lines.geojson#river").parts
    (array([[35. , 33. ],
           [35.5, 33. ]]),)
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    parts = {"LineString": [coordinates], "MultiLineString": coordinates}.get(str(kind))
    if not isinstance(parts, list) or not parts:
        raise ShapeError("TL-E042", f"'{source}' is a {kind} and not a line", "use a LineString or MultiLineString")
    return LineShape(tuple(ring_of(part, source, at_least=2) for part in parts), source)


def area_shape(geometry: Mapping[str, Any], source: str) -> AreaShape:
    """Turn a Polygon or MultiPolygon into an area.

    >>> square = [[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]
    >>> len(area_shape({"type": "Polygon", "coordinates": square}, "areas.geojson#town").polygons)
    1
    """
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(kind))
    if not isinstance(polygons, list) or not polygons:
        raise ShapeError("TL-E042", f"'{source}' is a {kind} and not an area", "use a Polygon or MultiPolygon")
    return AreaShape(tuple(_polygon(polygon, source) for polygon in polygons), source)


def _polygon(rings: Any, source: str) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise ShapeError("TL-E043", f"'{source}' has a polygon without a ring", "export the geometry again")
    closed = tuple(ring_of(ring, source, at_least=4) for ring in rings)
    if any(not np.array_equal(ring[0], ring[-1]) for ring in closed):
        raise ShapeError("TL-E043", f"'{source}' has a ring that is not closed", "repeat its first point at the end")
    return closed


def ring_of(points: Any, source: str, *, at_least: int) -> Ring:
    """Turn a list of positions [lon, lat] into an array of shape (k, 2); heights are left out.

    Raises
    ------
    ShapeError
        If a position is no pair of numbers within -180..180 and -90..90, or if there are too few.
    """
    if not isinstance(points, (list, tuple)) or len(points) < at_least:
        raise ShapeError("TL-E043", f"'{source}' has fewer than {at_least} points", "export the geometry again")
    for point in points:
        if not _is_position(point):
            raise ShapeError("TL-E043", f"'{source}' has a position that is no [lon, lat]", "write two numbers")
        if not (-180 <= point[0] <= 180 and -90 <= point[1] <= 90):
            what = f"'{source}' has the position [{point[0]}, {point[1]}], which is nowhere on Earth"
            raise ShapeError("TL-E043", what, "write degrees in the order longitude, latitude (EPSG:4326)")
    return np.array([point[:2] for point in points], dtype=np.float64)


def _is_position(point: Any) -> bool:
    numbers = point[:2] if isinstance(point, (list, tuple)) else ()
    return len(numbers) == 2 and all(isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers)
