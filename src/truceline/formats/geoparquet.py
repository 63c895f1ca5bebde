"""Reports as GeoParquet: a Parquet file whose metadata says which column is the place, and in what system."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any, Final

import pyarrow as pa

from truceline.formats.geometries import shapes_of, to_wgs84
from truceline.formats.parquet_file import rows_of
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import refuse
from truceline.formats.result import ReportsRead
from truceline.formats.wkb import from_wkb

__all__ = ["GEO", "read_geoparquet"]

GEO: Final = b"geo"
DEFAULT: Final = "OGC:CRS84"  # what GeoParquet says for a file that names no system


def read_geoparquet(table: pa.Table, name: str, asked: Asked) -> ReportsRead:
    """Read a table with a column of WKB points or polygons.

    Raises
    ------
    EvidenceError
        TL-R001 if the metadata is broken or the encoding is not WKB; TL-R009 if the coordinate
        system is declared to be unknown; else as `read_plain`.
    """
    column, about = _geometry_column(table, name)
    system = about.get("crs", DEFAULT)
    geometries = from_wkb(table[column], f"{name} column {column}")
    stem = PurePath(name).name
    ids = [f"{stem}#{number}" for number in range(1, len(table) + 1)]
    shapes = shapes_of(to_wgs84(geometries, system, name), ids, stem)
    rows = rows_of(table.drop_columns([column]))
    return read_plain(name, "geoparquet", rows, asked, shapes)


def _geometry_column(table: pa.Table, name: str) -> tuple[str, dict[str, Any]]:
    try:
        meta = json.loads(table.schema.metadata[GEO])
        column = meta["primary_column"]
        about = meta["columns"][column]
        encoding = about["encoding"]
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise refuse("TL-R001", name, "its 'geo' metadata is broken", "write it again") from error
    if encoding != "WKB" or column not in table.column_names or not isinstance(about, dict):
        raise refuse("TL-R001", name, f"geometries encoded as {encoding}", "write them as WKB")
    return column, about
