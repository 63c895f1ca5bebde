"""Reports as GeoJSON: the properties are the columns, the geometry is the place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.errors import ShapelyError

from truceline.formats.csv_file import CsvFile
from truceline.formats.feature_file import features_in
from truceline.formats.geometries import shapes_of
from truceline.formats.headers import require_distinct, require_filled
from truceline.formats.parquet_file import rows_of
from truceline.formats.plain import Asked, read_plain
from truceline.formats.result import ReportsRead

__all__ = ["read_geojson"]


def read_geojson(data: bytes, name: str, asked: Asked) -> ReportsRead:
    """Read a FeatureCollection of points and polygons.

    The id of a feature is the id of its report where the properties have none. A polygon is the
    region in which its report lies, named after the file and the feature.

    Raises
    ------
    EvidenceError
        TL-R007, TL-R009, TL-R013 and TL-R017 for the file, else as `read_plain`.
    """
    features = features_in(data, name)
    stem = PurePath(name).name
    ids = [f"{stem}#{feature.get('id', number)}" for number, feature in enumerate(features, start=1)]
    geometries = np.array([None, *(_geometry(feature.get("geometry")) for feature in features)], dtype=object)[1:]
    return read_plain(name, "geojson", _table(features, name), asked, shapes_of(geometries, ids, stem))


def _table(features: Sequence[Mapping[str, Any]], at: str) -> CsvFile:
    """Make a table of the properties; values of mixed kinds become text."""
    rows = [feature.get("properties") or {} for feature in features]
    names = dict.fromkeys(name for row in rows for name in row)
    require_filled(len(rows), len(names), sum(map(len, rows)), at)
    require_distinct(list(names), at)
    columns = {name: _column([row.get(name) for row in rows]) for name in names}
    if "report" not in columns and any("id" in feature for feature in features):
        columns["report"] = _column([feature.get("id") for feature in features])
    table = pa.table(columns) if columns else pa.table({"report": pa.nulls(len(rows), pa.string())})
    return rows_of(table)


def _column(values: list[Any]) -> pa.Array:
    try:
        column = pa.array(values)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        column = pa.nulls(0)
    simple = pa.types.is_primitive(column.type) or pa.types.is_string(column.type) or _is_words(column.type)
    return (
        column if simple and len(column) == len(values) else pa.array([_text(value) for value in values], pa.string())
    )


def _is_words(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) and pa.types.is_string(kind.value_type))


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _geometry(geometry: Mapping[str, Any] | None) -> Any:
    """Build a geometry; one that cannot be built becomes a collection, which no report can use."""
    if geometry is None:
        return None
    try:
        return shapely.geometry.shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return shapely.GeometryCollection([shapely.LineString([(0, 0), (1, 1)])])
