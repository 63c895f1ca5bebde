"""Reports as one layer of a GeoPackage."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import shapely

from truceline.formats.geometries import shapes_of, to_wgs84
from truceline.formats.parquet_file import rows_of
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import refuse, why
from truceline.formats.result import ReportsRead

__all__ = ["read_geopackage"]

SQLITE: Final = b"SQLite format 3\0"
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
        layers = [str(each) for each in pyogrio.list_layers(path)[:, 0]]
        if layer is None and len(layers) != 1:
            raise refuse("TL-R001", name, f"it has the layers {', '.join(layers)}", "name one: layer=")
        meta, table = pyogrio.read_arrow(path, layer=layer)
    except (OSError, DataSourceError, DataLayerError) as error:
        raise refuse("TL-R001", name, why(error)) from error
    column = meta["geometry_name"] or "wkb_geometry"
    rows = rows_of(table.drop_columns([column]))
    geometries = shapely.from_wkb(table[column].to_numpy(zero_copy_only=False), on_invalid="ignore")
    ids = [f"{path.name}#{number}" for number in range(1, len(table) + 1)]
    return read_plain(name, "gpkg", rows, asked, shapes_of(to_wgs84(geometries, meta["crs"], name), ids, path.name))
