"""Dates of a table as spans of UTC microseconds: a day is that whole local day, never its middle.

Without a time zone a bare date is every place's day, from 00:00 at +14:00 to 24:00 at -12:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.time import FOREVER, NEVER_BEFORE, parse_moment
from truceline.formats.date_order import Order, Ordered, Proved, in_order
from truceline.formats.dates import NO_CLOCK, NO_DAY, Days, Split, split_dates
from truceline.formats.rejects import refuse

__all__ = ["Spans", "as_times", "check_zone", "date_words", "days_as_spans", "is_utc", "read_spans", "words_of"]

Microseconds = NDArray[np.int64]
Flags = NDArray[np.bool_]
DAY: Final = 86_400_000_000
HOUR: Final = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans [start, end) of n rows, and which cells could not be read.

    `dated` : a date is stated and was read; elsewhere start and end mean nothing.
    `bad_start`, `bad_end` : the cell holds something that is no date.
    `order` : how day and month were told apart.
    `local` : some dates are local dates, and mean something only with a time zone.
    `spread` : nobody can tell when the span of the row begins or ends, so it holds all that may be meant: no zone is
    known, or the clocks skip or repeat the time. What lasted did not surely last throughout such a span.
    """

    start: Microseconds
    end: Microseconds
    dated: Flags
    bad_start: Flags
    bad_end: Flags
    order: Ordered
    local: bool
    spread: Flags


def check_zone(zone: str | None) -> None:
    """Refuse a time zone that nobody knows.

    Raises
    ------
    EvidenceError
        TL-R011.
    """
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise refuse("TL-R011", f"zone {zone!r}") from error


def days_as_spans(first: Days, last: Days, zone: str | None) -> tuple[Microseconds, Microseconds]:
    """Give the span from 00:00 of the first to 24:00 of the last local day, in microseconds UTC.

    Where `first` or `last` is `NO_DAY` the result means nothing.

    >>> day = np.array([17356])  # 2017-07-09
    >>> [edge.astype("datetime64[us]").item().isoformat() for edge in days_as_spans(day, day, "Etc/GMT-3")]
    ['2017-07-08T21:00:00', '2017-07-09T21:00:00']
    >>> [edge.astype("datetime64[us]").item().isoformat() for edge in days_as_spans(day, day, None)]
    ['2017-07-08T10:00:00', '2017-07-10T12:00:00']
    """
    first, last = np.where(first == NO_DAY, 0, first), np.where(last == NO_DAY, 0, last)
    if zone is None:
        return first * DAY - 14 * HOUR, (last + 1) * DAY + 12 * HOUR
    days, index = np.unique(np.concatenate([first, last + 1]), return_inverse=True)
    edges = np.array([_midnight(day, zone) for day in days.tolist()], dtype=np.int64)[index]
    return edges[: len(first)], edges[len(first) :]


def read_spans(
    start: pa.ChunkedArray, end: pa.ChunkedArray | None, zone: str | None, order: Order | Proved | None
) -> Spans:
    """Read the columns `from` and `until`: dates, instants, months, years and intervals as text.

    An instant without an end is an instant; a date without an end is that whole day; a date as an
    end is the end of that day.
    """
    given_end = end if end is not None else start
    if is_utc(start) and is_utc(given_end):
        return _typed(start, given_end)
    starts, ends = date_words(start, end)
    clocked = order.clocked if isinstance(order, Proved) else (None, None)
    first = split_dates(starts, clocked=clocked[0])
    last = split_dates(ends, first.forms, clocked=clocked[1])
    ordered = in_order(first, last, stated=order)
    begins, fine_start, spread_start = _edges(starts, first, ordered.first, zone, side=0)
    finishes, fine_end, spread_end = _edges(ends, last, ordered.last, zone, side=1)
    empty_start, empty_end = _empty(starts), _empty(ends)
    return Spans(
        begins, finishes, fine_start & fine_end & ~empty_start, ~fine_start & ~empty_start, ~fine_end & ~empty_end,
        ordered, bool(np.any(~first.zoned & ~empty_start) or np.any(~last.zoned & ~empty_end)),
        spread_start | spread_end,
    )  # fmt: skip


def date_words(start: pa.ChunkedArray, end: pa.ChunkedArray | None) -> tuple[pa.ChunkedArray, pa.ChunkedArray]:
    """Give the two columns as text; where no end is stated the start stands for it."""
    starts, ends = words_of(start), words_of(end if end is not None else start)
    return starts, pc.if_else(pa.chunked_array([_empty(ends)]), starts, ends)


def is_utc(cells: pa.ChunkedArray) -> bool:
    """Say whether cells are typed instants, which need no reading."""
    return bool(pa.types.is_timestamp(cells.type) and cells.type.tz is not None)


def _typed(start: pa.ChunkedArray, end: pa.ChunkedArray) -> Spans:
    """Take typed instants as they are; one without an end is an instant."""
    kind = pa.timestamp("us", tz="UTC")
    starts = start.cast(kind).cast(pa.int64()).combine_chunks()
    ends = pc.coalesce(end.cast(kind).cast(pa.int64()).combine_chunks(), starts)
    dated, no = np.asarray(pc.is_valid(starts)), np.zeros(len(starts), dtype=bool)
    begin, finish = np.asarray(pc.fill_null(starts, 0)), np.asarray(pc.fill_null(ends, 0))
    days = np.zeros(len(starts), dtype=np.int64)
    return Spans(begin, finish, dated, no, no, Ordered(days, days, no, no, ()), local=False, spread=no)


def as_times(microseconds: Microseconds, given: Flags) -> pa.Array:
    """Make an Arrow column of UTC timestamps, empty where not `given`."""
    return pa.array(microseconds, mask=~given).cast(pa.timestamp("us", tz="UTC"))


def words_of(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Give a column as text: typed dates and times become ISO 8601."""
    return pc.cast(cells, pa.string())


def _midnight(day: int, zone: str) -> int:
    return parse_moment(str(np.datetime64(day, "D"))).span(zone, {}).start_us


def _empty(words: pa.ChunkedArray) -> Flags:
    return np.asarray(pc.equal(pc.utf8_trim_whitespace(pc.fill_null(words, "")), ""))


def _edges(
    words: pa.ChunkedArray, split: Split, days: Days, zone: str | None, *, side: int
) -> tuple[Microseconds, Flags, Flags]:
    """Give the start (side 0) or end (side 1) that each cell means, which cells were read, and which are spread."""
    known = days != NO_DAY
    edges = days_as_spans(days, days, zone)[side]
    clocked = known & (split.clock != NO_CLOCK)
    wall = np.where(clocked, np.where(known, days, 0) * DAY + split.clock, 0)
    edges = np.where(clocked & split.zoned, wall - split.offset, edges)
    spread = known & ~split.zoned & (zone is None)
    local = clocked & ~split.zoned
    if np.any(local):
        both = [_local(wall[local], zone, each) for each in (0, 1)]
        edges[local], spread[local] = both[side], both[0] != both[1]
    other = (split.form < 0) & ~_empty(words)
    for index, text in zip(np.flatnonzero(other).tolist(), words.filter(pa.array(other)).to_pylist(), strict=True):
        found = _moment(text, zone, side)
        if found is not None:
            (edges[index], spread[index]), known[index] = found, True
    return edges, known, spread


def _local(wall: Microseconds, zone: str | None, side: int) -> Microseconds:
    """Give wall-clock times as UTC; a time that the clocks repeat or skip spans both of its meanings."""
    if zone is None:
        return wall + (12 if side else -14) * HOUR
    how = ("earliest", "latest")[side]
    times = pa.array(wall).cast(pa.timestamp("us"))
    utc = pc.assume_timezone(times, zone, ambiguous=how, nonexistent=how)
    return np.asarray(utc.cast(pa.int64()))


@lru_cache(maxsize=4096)
def _moment(text: str, zone: str | None, side: int) -> tuple[int, bool] | None:
    """Read what is no plain date, and say whether it is spread: a month, a year, an interval; None if none of these."""
    try:
        moment = parse_moment(text.strip())
    except ValueError:
        return None
    span = moment.span(zone, {})
    open_ended = span.start_us == NEVER_BEFORE or span.end_us == FOREVER
    if moment.anchor is not None or open_ended:
        return None
    return (span.end_us if side else span.start_us), not moment.is_settled(zone)
