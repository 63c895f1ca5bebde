"""A column of geometries in an Arrow table (GeoArrow): points become lon and lat, polygons become regions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from truceline.errors import Fault
from truceline.evidence.regions import Regions
from truceline.formats.geometries import shapes_of
from truceline.formats.report_codes import CODES

__all__ = ["placed"]

WKB: Final = ("geoarrow.wkb", "ogc.wkb")
NAME, ABOUT = b"ARROW:extension:name", b"ARROW:extension:metadata"
Flags = NDArray[np.bool_]


def placed(table: pa.Table, before: int, faults: list[Fault]) -> tuple[pa.Table, Regions]:
    """Read the geometries of n reports as places.

    A point becomes `lon` and `lat`, a polygon becomes a region, whose id goes into the column `region`; equal
    polygons are one region. An empty geometry is a place that is not stated. A table that has a column `lon` or
    `lat` says itself where its points are: its geometries are not read.

    Parameters
    ----------
    table : pyarrow.Table
        Its column `region`, if there is one, has strings.
    before : int
        How many reports other tables held: a region is called after the number of its first report.
    faults : list of Fault
        TL-E912 is added for geometries that are not WKB in EPSG:4326, longitude first, or no points or polygons.

    Returns
    -------
    table : pyarrow.Table
        With the columns `lon`, `lat` and `region`; unchanged where there are no geometries, or faults.
    regions : Regions
        The polygons.

    Examples
    --------
    >>> told = {NAME: "geoarrow.wkb", ABOUT: '{"crs": "EPSG:4326"}'}
    >>> column = pa.field("there", pa.binary(), metadata=told)
    >>> points = pa.table([shapely.to_wkb(shapely.points([[20.5, 10.0]]))], schema=pa.schema([column]))
    >>> placed(points, 0, [])[0].select(["lon", "lat"]).to_pylist()
    [{'lon': 20.5, 'lat': 10.0}]
    """
    named = [(field.name, *_extension(field)) for field in table.schema]
    found = [(name, kind, about) for name, kind, about in named if kind in WKB or kind.startswith("geoarrow.")]
    if not found or {"lon", "lat"} & set(table.column_names):
        return table, Regions.empty()
    if len(found) > 1:
        names = ", ".join(name for name, _, _ in found)
        faults.append(_fault(names, "which of these geometries is the place is not said", "leave all but one out"))
        return table, Regions.empty()
    [(name, kind, about)] = found
    told = _told(about)
    wrong = [*_wrong(name, kind, told)]
    faults += wrong
    return (table, Regions.empty()) if wrong else _read(table, name, told.get("edges"), before, faults)


def _extension(field: pa.Field) -> tuple[str, bytes]:
    """Give the name and the metadata of an extension type, whether anybody has registered it or not."""
    if isinstance(field.type, pa.ExtensionType):
        return field.type.extension_name, field.type.__arrow_ext_serialize__()
    metadata = field.metadata or {}
    return metadata.get(NAME, b"").decode(), metadata.get(ABOUT, b"")


def _told(about: bytes) -> dict[str, Any]:
    try:
        told = json.loads(about or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _wrong(name: str, kind: str, told: dict[str, Any]) -> Iterator[Fault]:
    if kind not in WKB:
        yield _fault(name, f"geometries are encoded as {kind}", "give them as WKB")
    system = told.get("crs")
    if system is None:
        remedy = "say it: set_crs(4326), if they are degrees of WGS 84"
        yield _fault(name, "the coordinate system is not stated", remedy)
    elif not _is_wgs84(system):
        called = system.get("name") if isinstance(system, dict) else system
        yield _fault(name, f"the coordinate system is {called}", "give EPSG:4326: to_crs(4326)")


def _is_wgs84(system: Any) -> bool:
    """Say whether degrees of WGS 84 are meant; their order does not matter, as GeoArrow always has the longitude first.

    >>> _is_wgs84("OGC:CRS84"), _is_wgs84("EPSG:3857")
    (True, False)
    """
    try:
        return bool(CRS.from_user_input(system).equals(CRS("EPSG:4326"), ignore_axis_order=True))
    except CRSError:
        return False


def _read(table: pa.Table, name: str, edges: str | None, before: int, faults: list[Fault]) -> tuple[pa.Table, Regions]:
    """Read each distinct geometry once: many reports may lie in one district."""
    coded = _stored(table.column(name)).dictionary_encode()
    rows = np.asarray(pc.fill_null(coded.indices, -1))
    geometries = shapely.from_wkb(coded.dictionary.to_numpy(zero_copy_only=False), on_invalid="ignore")
    codes, first = np.unique(rows, return_index=True)
    ids = [f"polygon#{before + row + 1}" for row in first[codes >= 0].tolist()]
    shapes = shapes_of(geometries, ids, "")
    wrong = [("this is no WKB", "write the geometries again", np.flatnonzero(shapely.is_missing(geometries)))]
    wrong += [(CODES[flag.code].what, CODES[flag.code].do, flag.rows) for flag in shapes.flags]
    if edges not in (None, "planar"):
        what, remedy = f"edges are {edges}, not straight in lon/lat", "draw polygons with straight edges"
        wrong.append((what, remedy, np.flatnonzero(shapes.columns["region"].is_valid())))
    faults += [_fault(name, f"{what} ({_first(np.isin(rows, at))})", remedy) for what, remedy, at in wrong if len(at)]
    columns = {column: cells.take(coded.indices) for column, cells in shapes.columns.items()}
    if "region" in table.column_names:
        columns["region"] = pc.coalesce(columns["region"], table.column("region"))
        table = table.drop_columns(["region"])
    for column, cells in columns.items():
        table = table.append_column(column, cells)
    return table, shapes.regions


def _stored(column: pa.ChunkedArray) -> pa.Array:
    joined = column.combine_chunks()
    return joined.storage if isinstance(joined, pa.ExtensionArray) else joined


def _first(where: Flags) -> str:
    """Name the first row of those marked, from 1, and how many more there are.

    >>> _first(np.array([False, True, True]))
    'row 2 and 1 more'
    """
    rows = np.flatnonzero(where) + 1
    return f"row {rows[0]}" + (f" and {len(rows) - 1} more" if len(rows) > 1 else "")


def _fault(name: str, what: str, remedy: str) -> Fault:
    return Fault(f"reports column {name}", "TL-E912", what, remedy)
