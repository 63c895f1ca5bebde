"""What the columns of UCDP GED say about each other: cells, counts, clearance, precision of dates."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.formats.cells import text_column, wholes
from truceline.formats.dates import NO_DAY, Days
from truceline.formats.places import Positions
from truceline.formats.rejects import Flag, flag
from truceline.formats.result import Part

__all__ = ["clearance", "deaths", "grid", "longest", "too_long"]

Flags = NDArray[np.bool_]
MOST_DAYS: Final = {1: 0, 2: 6, 3: 7, 4: 31}  # days between date_start and date_end that each date_prec allows
NO_LIMIT: Final = 2**62


def deaths(table: pa.Table) -> Part:
    """Give the least and the most deaths that any of low, best and high states, and where these contradict.

    >>> columns, flags = deaths(pa.table({"low": [1, 1], "best": [2, 5], "high": [3, 3]}))
    >>> columns["count_hi"].to_pylist(), flags[0].rows.tolist()
    ([3, 5], [1])
    """
    values, given, flags = [], [], []
    for name in ("low", "best", "high"):
        cells = text_column(table, name)
        number, is_given, bad = wholes(cells)
        values.append(number)
        given.append(is_given & (number >= 0))
        flags.append(flag("TL-R103", bad, name, cells))
    stated, any_given = np.array(values), np.array(given)
    wrong = np.zeros(len(table), dtype=bool)
    for less, more in ((0, 1), (1, 2), (0, 2)):
        wrong |= any_given[less] & any_given[more] & (stated[less] > stated[more])
    lowest = np.where(any_given, stated, np.iinfo(np.int64).max).min(axis=0)
    highest = np.where(any_given, stated, -1).max(axis=0)
    none = ~any_given.any(axis=0)
    told = pc.binary_join_element_wise(*(text_column(table, name) for name in ("low", "best", "high")), " ")
    columns = {
        "count_lo": pa.array(lowest, mask=none),
        "count_hi": pa.array(highest, mask=none),
        "unit": pc.if_else(pa.array(none), pa.scalar(None, pa.string()), "death"),
    }
    return columns, (flag("TL-R208", wrong, "low best high", told), *flags)


def grid(table: pa.Table, place: Positions) -> tuple[Flag, ...]:
    """Hold each position against the PRIO-GRID cell that its row names: a proof of swapped axes.

    The grid has cells of half a degree, numbered from the south-west, 720 in a row.
    """
    if "priogrid_gid" not in table.column_names:
        return ()
    cell, given, _ = wholes(table["priogrid_gid"])
    known = given & (cell > 0) & place.given
    differs = known & (_cell(place.lon, place.lat) != cell)
    swapped = differs & (np.abs(place.lon) <= 90) & (_cell(place.lat, place.lon) == cell)
    return (
        flag("TL-R105", swapped, "longitude", table["longitude"]),
        flag("TL-R214", differs & ~swapped, "priogrid_gid", table["priogrid_gid"]),
    )


def clearance(table: pa.Table) -> Part:
    """Find rows that the publisher still checks, and missing counts of sources."""
    status = text_column(table, "code_status")
    open_ = np.asarray(pc.fill_null(pc.not_equal(status, "Clear"), fill_value=False).combine_chunks())
    sources = text_column(table, "number_of_sources")
    missing = np.asarray(pc.fill_null(pc.equal(sources, "-1"), fill_value=False).combine_chunks())
    return {}, (
        flag("TL-R212", open_, "code_status", status),
        flag("TL-R209", missing, "number_of_sources", sources),
    )


def longest(table: pa.Table) -> Days:
    """Give the most days between the two dates that each row's date_prec allows."""
    codes, _, _ = wholes(text_column(table, "date_prec"))
    return np.select([codes == code for code in MOST_DAYS], list(MOST_DAYS.values()), NO_LIMIT).astype(np.int64)


def too_long(table: pa.Table, first: Days, last: Days, most: Days) -> Flag:
    """Find rows whose dates are further apart than their precision says."""
    known = (first != NO_DAY) & (last != NO_DAY)
    apart = np.where(known, last, 0) - np.where(known, first, 0)
    return flag("TL-R217", known & (apart > most), "date_prec", text_column(table, "date_prec"))


def _cell(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    row, column = np.floor((lat + 90) * 2), np.floor((lon + 180) * 2)
    return (row * 720 + column + 1).astype(np.int64)
