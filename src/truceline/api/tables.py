"""Tables of reports: taken from whoever has Arrow columns, read from a file, or made of one report in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from truceline.basics.quantity import parse_distance
from truceline.basics.time import Span, parse_moment
from truceline.errors import Fault, UsageError
from truceline.formats.arrow import REPORT_SCHEMA

__all__ = ["as_reports", "report"]


def report(  # noqa: PLR0913 - one argument per column of a report
    *, who: str | Sequence[str] = (), by: str | Sequence[str] = (), lon: float | None = None, lat: float | None = None,
    within: str | None = None, region: str | None = None, place: str | None = None, when: str | None = None,
    zone: str | None = None, lasting: bool = False, act: str | None = None, maybe: str | Sequence[str] = (),
    thing: str | None = None, count: int | None = None, reported: str | None = None, dataset: str | None = None,
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
        True: it lasted throughout `when`. False: at some instant in it.
    act, thing : str
        What was surely done, and the weapon or object, as in the trees of acts and things.
    maybe : str or sequence of str
        Further acts that the report may show.
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
    begin, end = _instants("when", when, zone, faults)
    published, _ = _instants("reported", reported, "UTC", faults)
    faults += _place_faults(lon, lat, within)
    row = {
        "report": name, "dataset": dataset, "from": begin, "until": end, "lasting": lasting, "lon": lon, "lat": lat,
        "radius_m": _radius(within, faults), "region": region, "place": place, "involved": named or None,
        "by": list(_names(by)) or None, "act": act, "maybe": list(_names(maybe)) or None, "thing": thing,
        "count_lo": count, "count_hi": count, "grade": "F6", "release": "public", "reported": published,
    }  # fmt: skip
    if faults:
        raise UsageError(faults)
    return pa.Table.from_pylist([row], schema=REPORT_SCHEMA)


def as_reports(reports: Any) -> pa.Table:
    """Take a table of reports from whoever has one, with our columns in their own types.

    Parameters
    ----------
    reports : table, or sequence of tables
        Arrow, or anything that hands over Arrow columns (pandas, polars, DuckDB). The column `report` is needed;
        another of ours that is missing counts as not stated; further columns are kept.

    Raises
    ------
    UsageError
        TL-E911 if it is no table or has no column `report`; TL-E912 for each column of another type, and for
        times without a zone.

    Examples
    --------
    >>> as_reports(pa.table({"report": [7]}))["report"].to_pylist()
    ['7']
    """
    if isinstance(reports, Sequence) and not isinstance(reports, str):
        tables = [as_reports(one) for one in reports]
        return pa.concat_tables(tables, promote_options="default") if tables else REPORT_SCHEMA.empty_table()
    table = _arrow(reports)
    faults = list(_missing(table))
    for at, name in enumerate(table.column_names):
        if name in REPORT_SCHEMA.names:
            table = _typed(table, at, faults)
    if faults:
        raise UsageError(faults)
    return table


def _arrow(reports: Any) -> pa.Table:
    table = getattr(reports, "table", reports)  # what `read_reports` gave
    if isinstance(table, pa.RecordBatch):
        return pa.Table.from_batches([table])
    if isinstance(table, pa.Table):
        return table
    if hasattr(table, "__arrow_c_stream__"):
        return pa.table(table)
    what = f"a {type(reports).__name__} is no table of reports"
    raise UsageError(
        [Fault("reports", "TL-E911", what, "give what tl.read_reports or tl.report makes, or a data frame")]
    )


def _missing(table: pa.Table) -> Iterator[Fault]:
    if "report" not in table.column_names:
        yield Fault("reports", "TL-E911", "there is no column 'report'", "give every row an id in a column 'report'")


def _typed(table: pa.Table, at: int, faults: list[Fault]) -> pa.Table:
    """Cast one of our columns to its type; a time without a zone is nobody's instant and is a fault."""
    name, column = table.column_names[at], table.column(at)
    wanted = REPORT_SCHEMA.field(name).type
    if column.type == wanted:
        return table
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_timestamp(wanted) and not (pa.types.is_null(kind) or (pa.types.is_timestamp(kind) and kind.tz)):
        faults.append(
            Fault(f"reports column {name}", "TL-E912", f"{kind} is no instant", "give times with a zone, in UTC")
        )
        return table
    try:
        return table.set_column(at, REPORT_SCHEMA.field(name), column.cast(kind).cast(wanted))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
        faults.append(Fault(f"reports column {name}", "TL-E912", f"{kind} is not {wanted}", "cast the column"))
        return table


def _names(names: str | Sequence[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _instants(key: str, words: str | None, zone: str | None, faults: list[Fault]) -> tuple[Any, Any]:
    if words is None:
        return None, None
    try:
        moment = parse_moment(words)
        span = moment.span(zone, {})
    except (ValueError, KeyError) as error:
        faults.append(_fault(key, error))
        return None, None
    if moment.anchor is not None:
        faults.append(Fault(key, "TL-E912", f"{words!r} hangs on another day", "write a day, such as 2017-11-20"))
    return _scalar(span)


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
