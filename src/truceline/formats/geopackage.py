"""Reports as one layer of a GeoPackage."""

from __future__ import annotations

import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Final

from truceline.formats.geometries import shapes_of, to_wgs84
from truceline.formats.parquet_file import rows_of
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import refuse, why
from truceline.formats.result import ReportsRead
from truceline.formats.wkb import from_wkb

__all__ = ["read_geopackage"]

SQLITE: Final = b"SQLite format 3\0"
_COMPUTED: Final = "SELECT name FROM sqlite_master WHERE (type = 'view' OR sql LIKE 'create virtual%')"
_LISTS: Final = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_MOST: Final = 10_000
GEOPACKAGE: Final = (b"GPKG", b"GP10", b"GP11")  # bytes 68 to 71 of the file


def read_geopackage(path: Path, asked: Asked, layer: str | None = None) -> ReportsRead:
    """Read a layer of points or polygons; its coordinate system is honoured.

    Only a GeoPackage is opened, whatever other formats the library underneath could guess.

    Raises
    ------
    EvidenceError
        TL-R001 if it is no GeoPackage, or has several layers and none is named; TL-R009 if the
        layer has no coordinate system; else as `read_plain`.
    """
    import pyogrio  # noqa: PLC0415 - it loads much, and few files are of this kind
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    name = str(path)
    try:
        with path.open("rb") as file:
            head = file.read(72)
        if not head.startswith(SQLITE) or head[68:] not in GEOPACKAGE:
            raise refuse("TL-R001", name, "it is no GeoPackage")
        _require_tables(path, name)
        with warnings.catch_warnings():  # what it warns of and matters is found below; the rest nobody can act on
            warnings.simplefilter("ignore", RuntimeWarning)
            layers = [str(each) for each in pyogrio.list_layers(path)[:, 0]]
            if layer is None and len(layers) != 1:
                raise refuse("TL-R001", name, f"it has the layers {', '.join(layers[:20])}", "name one: layer=")
            meta, table = pyogrio.read_arrow(path, layer=layer)
    except (OSError, sqlite3.Error, DataSourceError, DataLayerError) as error:
        raise refuse("TL-R001", name, why(error)) from error
    column = meta["geometry_name"] or "wkb_geometry"
    if column not in table.column_names:
        raise refuse("TL-R001", name, "it has no layer of points or polygons")
    rows = rows_of(table.drop_columns([column]))
    geometries = from_wkb(table[column], f"{name} column {column}")
    ids = [f"{path.name}#{number}" for number in range(1, len(table) + 1)]
    return read_plain(name, "gpkg", rows, asked, shapes_of(to_wgs84(geometries, meta["crs"], name), ids, path.name))


def _require_tables(path: Path, name: str) -> None:
    """Refuse a layer, or a list of layers, that is no table: a view computes its rows, and could do so for ever."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
        base.execute("PRAGMA trusted_schema = OFF")
        computed = base.execute(f"{_COMPUTED} AND lower(name) IN (?, ?, ?)", _LISTS).fetchall()
        layers = [] if computed else base.execute("SELECT lower(table_name) FROM gpkg_contents").fetchmany(_MOST)
        computed += [row for row in base.execute(_COMPUTED).fetchmany(_MOST) if (row[0].lower(),) in layers]
    if computed:
        remedy = "export the layer as a table"
        raise refuse("TL-R001", name, f"its layer {computed[0][0]!r} is computed when it is read", remedy)
