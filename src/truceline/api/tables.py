"""Tables of reports: taken from whoever has Arrow columns, read from a file, or made of one report in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.api.doubts import doubts_of, guarded, warn_of
from truceline.api.frames import arrow_of
from truceline.basics.quantity import parse_distance
from truceline.basics.size import parse_calibre, parse_range
from truceline.basics.time import Span, parse_moment
from truceline.errors import Fault, UsageError
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.gazetteer import joined
from truceline.formats.geo_columns import placed
from truceline.formats.result import ReportsRead

__all__ = ["as_reports", "handed", "report"]

SHOWN = 100
"""Rows of a column that are named one by one."""


def report(  # noqa: PLR0913 - one argument per column of a report
    *, who: str | Sequence[str] = (), by: str | Sequence[str] = (), lon: float | None = None, lat: float | None = None,
    within: str | None = None, region: str | None = None, place: str | None = None, when: str | None = None,
    zone: str | None = None, lasting: bool = False, act: str | None = None, maybe: str | Sequence[str] = (),
    thing: str | None = None, calibre: str | None = None, range: str | None = None,  # noqa: A002 - the word for it
    model: str | None = None, count: int | None = None, reported: str | None = None, dataset: str | None = None,
    name: str = "report:1",
) -> pa.Table:  # fmt: skip
    """Make a table of one report from words.

    Parameters
    ----------
    who : str or sequence of str
        Actors named in the report, whatever they did, by any name that the terms list.
    by : str or sequence of str
        Actors to whom the report attributes the act; they count as named too.
    lon, lat : float
        Degrees, EPSG:4326.
    within : str
        The true place surely lies within this distance of (lon, lat): "2 km", "500 m". A point alone is no place.
    region, place : str, optional
        The id of a region in which it surely lies; the place in the words of the source.
    when : str
        "2017-11-20" is that whole local day, "2017-11" that month, "2017-11-20T08:30+03:00" an instant.
    zone : str, optional
        The IANA time zone of a bare date; without one it is every place's day, 50 hours long.
    lasting : bool
        True: it lasted throughout `when`. False: at some instant in it; so is a bare date without a zone taken, since
        nobody can tell throughout which hours it lasted.
    act, thing : str
        What was surely done, and the weapon or object, as in the trees of acts and things.
    maybe : str or sequence of str
        Further acts that the report may show.
    calibre, range : str, optional
        Of the weapon, as said: "122 mm", "15.4 km".
    model : str, optional
        Its make or type in the words of the source, such as those that the terms list under `models`.
    count : int, optional
        How many.
    reported : str, optional
        The day on which it was published.
    dataset, name : str
        The data set, and the id of the report.

    Returns
    -------
    pyarrow.Table
        One row with the columns of every table of reports; join several with ``pyarrow.concat_tables``.

    Raises
    ------
    UsageError
        With every word that cannot be read (TL-E912).

    Examples
    --------
    >>> import truceline as tl
    >>> one = tl.report(by="Northbank Army", lon=20.5, lat=10.1, within="2 km", when="2030-03-05", act="position")
    >>> one["radius_m"].to_pylist(), one["involved"].to_pylist()
    ([2000.0], [['Northbank Army']])
    """
    faults: list[Fault] = []
    named = list(dict.fromkeys((*_names(who), *_names(by))))
    begin, end, settled = _instants("when", when, zone, faults)
    published, _, _ = _instants("reported", reported, "UTC", faults)
    faults += _place_faults(lon, lat, within)
    row = {
        "report": name, "dataset": dataset, "from": begin, "until": end, "lasting": lasting and settled, "lon": lon,
        "lat": lat, "radius_m": _radius(within, faults), "region": region, "place": place, "involved": named or None,
        "by": list(_names(by)) or None, "act": act, "maybe": list(_names(maybe)) or None, "thing": thing,
        "calibre_mm": _size(calibre, "calibre", faults), "range_km": _size(range, "range", faults), "model": model,
        "count_lo": count, "count_hi": count, "grade": "F6", "release": "public", "reported": published,
    }  # fmt: skip
    if faults:
        raise UsageError(faults)
    return pa.Table.from_pylist([row], schema=REPORT_SCHEMA)


def as_reports(reports: Any) -> pa.Table:
    """Take a table of reports from whoever has one, with our columns in their own types.

    A column that is in its own type already is not copied.

    Parameters
    ----------
    reports : table, or sequence of tables
        Arrow, or anything that hands over Arrow columns (pandas, GeoDataFrames, polars, DuckDB). The column `report`
        is needed; another of ours that is missing counts as not stated, and so does NaN; further columns are kept.
        Points become lon and lat, where these are missing, and polygons become regions.

    Raises
    ------
    UsageError
        TL-E911 if it is no table or has no column `report`; TL-E912 for each column of another type, for times
        without a zone, and for geometries that cannot be used.

    Examples
    --------
    >>> as_reports(pa.table({"report": [7]}))["report"].to_pylist()
    ['7']
    """
    if not _are_several(reports):
        return _taken(reports, 0, [])[0]
    tables = [as_reports(one) for one in reports]
    try:
        return pa.concat_tables(tables, promote_options="permissive") if tables else REPORT_SCHEMA.empty_table()
    except pa.ArrowException as error:
        remedy = "give the column one type in all tables, or leave it out"
        raise UsageError([Fault("reports", "TL-E912", str(error), remedy)]) from error


def handed(reports: Any, regions: Regions | None = None) -> tuple[Any, Regions]:
    """Take what a call hands over: every table once, and the polygons in which its reports lie.

    Parameters
    ----------
    reports
        As `as_reports` takes them.
    regions : Regions, optional
        The polygons of named regions, instead of those that were read with files.

    Returns
    -------
    reports
        Arrow tables in the place of others; what was read from files stays as it is. Words of the others that
        nobody knows are told as warnings (`api.doubts`), as those of files were when they were read.
    regions : Regions
        Of names and of geometries. Those of different files are not taken to share their borders.
    """
    every = [*reports] if _are_several(reports) else [reports]
    read = [one.regions for one in every if isinstance(one, ReportsRead)]
    known = reduce(_beside, read, Regions.empty()) if regions is None else regions
    taken: list[Any] = []
    doubts: list[Fault] = []
    before = 0
    for one in every:
        table, drawn = (one, Regions.empty()) if isinstance(one, ReportsRead) else _taken(one, before, doubts)
        known = _beside(known, drawn)
        before += len(table.table if isinstance(table, ReportsRead) else table)
        taken.append(table)
    warn_of(doubts)
    return taken if _are_several(reports) else taken[0], known


def _are_several(reports: Any) -> bool:
    return isinstance(reports, Sequence) and not isinstance(reports, str)


def _taken(reports: Any, before: int, doubts: list[Fault]) -> tuple[pa.Table, Regions]:
    """Take one table; so many reports stand in those before it. What was doubted joins `doubts`."""
    table = arrow_of(reports)
    faults = [*_missing(table)]
    for at, name in enumerate(table.column_names):
        if name in REPORT_SCHEMA.names:
            table = _typed(table, at, faults)
    table, regions = (table, Regions.empty()) if faults else placed(table, before, faults)
    faults = faults or [*_off_the_earth(table)]
    if faults:
        raise UsageError(faults)
    if not isinstance(reports, ReportsRead):
        doubts += doubts_of(table, before)
    return guarded(table), regions


def _beside(one: Regions, other: Regions) -> Regions:
    if not (one.ids and other.ids):
        return one if one.ids else other
    return replace(joined(one, other), source=one.source if one.source == other.source else "")


def _off_the_earth(table: pa.Table) -> Iterator[Fault]:
    """Find coordinates and radii that are none; rows are counted from 1."""
    for name, least, most in (("lon", -180.0, 180.0), ("lat", -90.0, 90.0), ("radius_m", 0.0, float("inf"))):
        if name in table.column_names:
            column = table.column(name)
            wrong = pc.fill_null(pc.or_(pc.less(column, least), pc.greater(column, most)), False)
            rows = np.flatnonzero(wrong.to_numpy())
            for row in rows[:SHOWN].tolist():
                what, remedy = f"{column[row]} is out of range", "give degrees, and metres from 0 on, or leave it empty"
                yield Fault(f"reports row {row + 1} column {name}", "TL-E912", what, remedy)
            if len(rows) > SHOWN:
                yield Fault(
                    f"reports column {name}", "TL-E912", f"{len(rows) - SHOWN:,} more are out of range", "as above"
                )


def _missing(table: pa.Table) -> Iterator[Fault]:
    names = table.column_names
    if "report" not in names:
        yield Fault("reports", "TL-E911", "there is no column 'report'", "give every row an id in a column 'report'")
    for name in REPORT_SCHEMA.names:
        if names.count(name) > 1:
            yield Fault(f"reports column {name}", "TL-E912", "several columns have this name", "leave all but one out")


def _typed(table: pa.Table, at: int, faults: list[Fault]) -> pa.Table:
    """Cast one of our columns to its type; a time without a zone is nobody's instant and is a fault."""
    name, given = table.column_names[at], table.column(at)
    field = REPORT_SCHEMA.field(name)
    wanted, column = field.type, _without_nan(given)
    if column.type == wanted:
        return table if column is given else table.set_column(at, field, column)
    if column.null_count == len(column):  # nothing is stated, whatever its type
        return table.set_column(at, field, pa.nulls(len(column), wanted))
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    place = f"reports column {name}"
    if pa.types.is_timestamp(wanted) and not (pa.types.is_timestamp(kind) and kind.tz):
        faults.append(Fault(place, "TL-E912", f"{kind} is no instant", "give times with a zone, in UTC"))
        return table
    try:
        return table.set_column(at, field, column.cast(kind).cast(wanted))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        remedy = "give a list of words in each row" if pa.types.is_list(wanted) else "cast the column"
        faults.append(Fault(place, "TL-E912", f"{kind} is not {wanted}", remedy))
        return table


def _without_nan(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Take NaN for what it means in a table, not stated; a column without it is not copied."""
    if not (pa.types.is_float64(column.type) or pa.types.is_float32(column.type)):
        return column
    missing = pc.is_nan(column)
    return pc.if_else(missing, pa.scalar(None, column.type), column) if pc.any(missing).as_py() else column


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _instants(key: str, words: str | None, zone: str | None, faults: list[Fault]) -> tuple[Any, Any, bool]:
    """Give the span of a moment, and say whether its begin and end are known."""
    if words is None:
        return None, None, True
    try:
        moment = parse_moment(words)
        span = moment.span(zone, {})
    except (ValueError, KeyError) as error:
        faults.append(_fault(key, error))
        return None, None, True
    if moment.anchor is not None:
        faults.append(Fault(key, "TL-E912", f"{words!r} hangs on another day", "write a day, such as 2017-11-20"))
    return *_scalar(span), moment.is_settled(zone)


def _scalar(span: Span) -> tuple[Any, Any]:
    kind = REPORT_SCHEMA.field("from").type
    return tuple(pa.scalar(us, pa.int64()).cast(kind) for us in (span.start_us, span.end_us))


def _radius(within: str | None, faults: list[Fault]) -> float | None:
    if within is None:
        return None
    try:
        distance = parse_distance(within)
    except ValueError as error:
        faults.append(_fault("within", error))
        return None
    if not 0.0 < distance.hi < float("inf"):
        faults.append(Fault("within", "TL-E912", f"{within!r} has no upper bound", "write a distance such as '2 km'"))
    return distance.hi


def _size(words: str | None, key: str, faults: list[Fault]) -> float | None:
    """Read a calibre, in millimetres, or a range, in kilometres: one figure, as a report states it."""
    if words is None:
        return None
    try:
        size = parse_calibre(words) if key == "calibre" else parse_range(words)
    except ValueError as error:
        faults.append(_fault(key, error))
        return None
    if size.lo != size.hi:
        faults.append(Fault(key, "TL-E912", f"{words!r} is no single size", "write one figure with its unit"))
    return size.lo / (1.0 if key == "calibre" else 1e3)


def _place_faults(lon: float | None, lat: float | None, within: str | None) -> Iterator[Fault]:
    if (lon is None) != (lat is None):
        yield Fault("lon, lat", "TL-E912", "half a position", "give both lon and lat")
    if lon is not None and within is None:
        yield Fault("within", "TL-E912", "a point alone is no place", "say how exact it is, such as within='2 km'")
    if lon is not None and lat is not None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        yield Fault("lon, lat", "TL-E912", f"{lon}, {lat} is nowhere on earth", "give degrees, the longitude first")


def _fault(key: str, error: Exception) -> Fault:
    what, _, remedy = str(error).rpartition("; ")
    return Fault(key, "TL-E912", what or remedy, remedy if what else "correct it")
