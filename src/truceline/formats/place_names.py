"""A gazetteer of named places: CSV with a row for each, or GeoJSON with a point or a polygon for each.

::

    name,also,lon,lat,radius_m,kind,admin
    Northton,Norton;North Town,20.5,10.0,1500,town,North District
    Mill,,20.6,10.1,,village,North District

`also` and `admin` hold several words separated by ``;``. `radius_m` is the radius within which all of the place lies; a
column `footprint` may say it in words, such as "1.5 km". Where neither is stated it is that of the table of precision.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from truceline.basics.quantity import parse_distance
from truceline.errors import EvidenceError, Fault, GeometryError
from truceline.evidence.toponyms import Toponym, Toponyms, name_key
from truceline.formats.cells import NUMBER
from truceline.formats.csv_file import read_bytes, read_csv, text_of
from truceline.formats.feature_file import features_in
from truceline.formats.report_codes import CODES
from truceline.formats.shape_file import ShapeError, area_shape
from truceline.locate.footprint import disc_round
from truceline.terms.shapes import Polygon

__all__ = ["read_place_names"]

_CODE: Final = "TL-R019"
_COLUMNS: Final = ("name", "also", "lon", "lat", "radius_m", "footprint", "kind", "admin")


@dataclass(frozen=True, slots=True)
class _Row:
    """One place as written: where it stands, its cells (empty: not stated), and its polygons."""

    at: str
    cells: Mapping[str, str]
    polygons: tuple[Polygon, ...] = ()


def read_place_names(path: Path | str) -> Toponyms:
    """Read a gazetteer.

    Raises
    ------
    EvidenceError
        TL-R001 to TL-R017 as any CSV or GeoJSON file; TL-R019 with every row at fault: a name, a position or a radius
        that cannot be used, or a place that stands twice.

    Examples
    --------
    >>> places = read_place_names("tests/data/places/toy.csv")
    >>> [(place.name, place.radius, place.kind) for place in places.called("norton")]
    [('Northton', 1500.0, 'town')]
    """
    data, name = read_bytes(Path(path)), str(path)
    text = text_of(data, name)[0].lstrip()
    read = _features(data, name) if text[:1] in {b"{", b"["} else _rows(data, name)
    faults: list[Fault] = []
    found: dict[tuple[str, float, float], str] = {}
    places: list[Toponym] = []
    for row in read:
        if isinstance(row, Fault):
            faults.append(row)
            continue
        made, wrong = _toponym(row)
        faults += wrong
        if made is not None and not wrong:
            before = found.setdefault((name_key(made.name), made.lon, made.lat), row.at)
            if before != row.at:
                faults.append(_fault(row.at, f"the same name and position as {before}", "keep one of the two"))
            places.append(made)
    if faults:
        raise EvidenceError(faults)
    return Toponyms(tuple(places), Path(path).name)


def _rows(data: bytes, name: str) -> Iterator[_Row | Fault]:
    """Go through the rows of CSV; a row that cannot be cut into its cells is a fault."""
    file = read_csv(data, name)
    for column in ("name", "lon", "lat"):
        if column not in file.table.column_names:
            yield _fault(f"{name}:1", f"no column {column}", f"write a header of {', '.join(_COLUMNS)}")
            return
    for lost in file.lost:
        yield _fault(f"{name} row {lost.number}", CODES[lost.code].what, CODES[lost.code].do)
    columns = [column for column in _COLUMNS if column in file.table.column_names]
    for number, cells in zip(file.numbers.tolist(), file.table.select(columns).to_pylist(), strict=True):
        yield _Row(f"{name} row {number}", {column: (cell or "").strip() for column, cell in cells.items()})


def _features(data: bytes, name: str) -> Iterator[_Row | Fault]:
    """Go through the features of GeoJSON; a geometry that cannot be used is a fault."""
    for number, feature in enumerate(features_in(data, name), start=1):
        at = f"{name} feature {number}"
        try:
            yield _feature(feature, at)
        except ShapeError as error:
            yield _fault(at, error.what, error.remedy)


def _feature(feature: Mapping[str, Any], at: str) -> _Row:
    properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    cells = {column: _words(properties.get(column)) for column in _COLUMNS}
    if geometry.get("type") != "Point":
        return _Row(at, cells, area_shape(geometry, at).polygons)
    position = geometry.get("coordinates")
    lon, lat = (position[0], position[1]) if isinstance(position, list) and len(position) > 1 else ("", "")
    return _Row(at, {**cells, "lon": _words(lon), "lat": _words(lat)})


def _words(value: object) -> str:
    return ";".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value).strip()


def _toponym(row: _Row) -> tuple[Toponym | None, list[Fault]]:
    """Make a place of a row, and list what is wrong with it."""
    cells, radius = row.cells, None
    faults: list[Fault] = []
    if not cells["name"]:
        faults.append(_fault(f"{row.at} column name", "no name", "name the place"))
    if row.polygons:
        try:
            disc = disc_round(row.polygons, row.at)
        except GeometryError as error:
            return None, [*faults, *(_fault(one.at, one.what, one.remedy) for one in error)]
        lon, lat, radius = disc.lon, disc.lat, disc.radius
    else:
        lon, lat = (_degrees(row, column, most, faults) for column, most in (("lon", 180.0), ("lat", 90.0)))
        if not faults and lon == lat == 0.0:
            faults.append(_fault(f"{row.at} column lon", "0, 0 stands for a missing position", "give the position"))
        radius = _radius(row, faults)
    also, admin = (_several(cells.get(column, "")) for column in ("also", "admin"))
    return Toponym(cells["name"], lon, lat, radius, also, cells.get("kind", ""), admin, row.polygons), faults


def _degrees(row: _Row, column: str, most: float, faults: list[Fault]) -> float:
    number = _number(row.cells[column])
    if number is None or abs(number) > most:
        what = f"{row.cells[column]!r} is no number of degrees from -{most:.0f} to {most:.0f}"
        faults.append(_fault(f"{row.at} column {column}", what, "write degrees with a point, such as 36.7076"))
    return number or 0.0


def _radius(row: _Row, faults: list[Fault]) -> float | None:
    """Read how far a place reaches, in metres or in words; None where it is not stated."""
    metres, words = row.cells.get("radius_m", ""), row.cells.get("footprint", "")
    if metres and words:
        faults.append(_fault(row.at, "both radius_m and footprint are filled", "keep one of the two"))
    if not metres and not words:
        return None
    column, cell = ("radius_m", metres) if metres else ("footprint", words)
    found = _number(metres) if metres else _length(words)
    if found is None or not 0.0 < found < 1e6:
        what = f"{cell!r} is no radius above 0"
        remedy = "write metres" if metres else "write a distance such as '1.5 km'"
        faults.append(_fault(f"{row.at} column {column}", what, f"{remedy}, or leave the cell empty"))
    return found


def _number(text: str) -> float | None:
    found = float(text) if re.fullmatch(NUMBER, text) else math.nan
    return found if math.isfinite(found) else None


def _length(words: str) -> float | None:
    try:
        return parse_distance(words).hi
    except ValueError:
        return None


def _several(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in words.split(";"))))


def _fault(at: str, what: str, remedy: str) -> Fault:
    return Fault(at, _CODE, f"{CODES[_CODE].what}: {what}", remedy)
