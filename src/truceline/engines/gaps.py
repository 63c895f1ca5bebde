"""How far apart two lines lie, station by station: bounds that hold for every station between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.judge.located import Gaps, Offsets
from truceline.locate.along import point_at
from truceline.locate.ecef import to_lonlat
from truceline.locate.line import locate_points
from truceline.locate.reference import ReferenceLine

__all__ = ["GapTable", "gap_table", "gaps_of", "widest"]

Floats = NDArray[np.float64]

STEP = 100.0
"""Metres between two stations at which the gap is measured, unless the line is so long that there would be too many."""
MOST = 8192
"""Stations at which it is measured, about."""
SLACK = 0.05
"""Metres by which chords and distances are no more exact than this."""


@dataclass(frozen=True, slots=True, eq=False)
class GapTable:
    """The gap from a line to another one by stretches of stations; made by `gap_table`.

    Stretch k runs from station ``begin[k]`` to ``end[k]`` within one `part` of the line; on all of it the gap lies in
    [low[0, k], high[0, k]]; row j of `low` and `high` bounds 2**j stretches from k on.
    """

    line: ReferenceLine
    other: ReferenceLine
    begin: Floats
    end: Floats
    part: NDArray[np.intp]
    low: Floats
    high: Floats

    @property
    def uncertainty(self) -> float:
        """By how much the true gap may differ from that of the drawn lines, metres."""
        return self.line.uncertainty + self.other.uncertainty


def gap_table(line: ReferenceLine, other: ReferenceLine) -> GapTable:
    """Measure the gap from a line to another one along all of it.

    A place on the line moves no faster than its station, and its distance from the other line changes no faster than
    the place: so between two stations it is bounded by what it is at both.

    Examples
    --------
    >>> from truceline.locate.line import reference_line
    >>> river, road = (reference_line([[(20.0, lat), (21.0, lat)]], plus="north") for lat in (0.0, 0.1))
    >>> table = gap_table(river, road)
    >>> bool(table.low[0].min() < 11_057.4 < table.high[0].max())
    True
    """
    pieces = line.pieces
    step = max(STEP, line.length / MOST)
    counts = np.maximum(np.ceil(pieces.stretch / step).astype(np.int64), 1)
    piece = np.repeat(np.arange(len(counts)), counts)
    number = np.arange(len(piece)) - np.repeat(np.cumsum(counts) - counts, counts)
    shares = [(number + more) / counts[piece] for more in (0, 1)]
    gaps = [_measured(line, other, piece, share) for share in shares]
    begin, end = (pieces.station[piece] + pieces.stretch[piece] * share for share in shares)
    middle, half = (gaps[0] + gaps[1]) / 2.0, (end - begin) / 2.0
    low, high = np.maximum(middle - half - SLACK, 0.0), middle + half + SLACK
    return GapTable(
        line, other, begin, end, pieces.part[piece], _doubling(low, np.minimum), _doubling(high, np.maximum)
    )


def _measured(line: ReferenceLine, other: ReferenceLine, piece: NDArray[np.int64], share: Floats) -> Floats:
    """Measure from shares of pieces of a line to another line."""
    pieces = line.pieces
    foot = pieces.start[piece] + pieces.along[piece] * (pieces.length[piece] * share)[:, None]
    return locate_points(other, *to_lonlat(foot)).distance


def _doubling(values: Floats, combine: np.ufunc) -> Floats:
    """Combine 1, 2, 4, ... neighbours from each place on; past the end the last ones are repeated."""
    rows = [values]
    width = 1
    while width < len(values):
        later = np.minimum(np.arange(len(values)) + width, len(values) - 1)
        rows.append(combine(rows[-1], rows[-1][later]))
        width *= 2
    return np.stack(rows)


def gaps_of(table: GapTable, offsets: Offsets) -> Gaps:
    """Bound the gap for n reports by the stations at which their nearest points may lie.

    Where these lie close together the gap is measured in their middle; of an exact place it is exact.
    """
    last_one = len(table.begin) - 1
    first = np.minimum(np.searchsorted(table.end, offsets.station_low, side="left"), last_one)
    last = np.maximum(np.searchsorted(table.begin, offsets.station_high, side="right") - 1, first)
    low, high = _between(table, first, last)
    long = offsets.station_high - offsets.station_low
    near = np.flatnonzero((table.part[first] == table.part[last]) & (long < STEP))
    if len(near):
        middle = np.clip(offsets.station_low[near] + long[near] / 2.0, 0.0, table.line.length)
        exact = locate_points(table.other, *point_at(table.line, middle)).distance
        low[near] = np.maximum(low[near], exact - long[near] / 2.0)
        high[near] = np.minimum(high[near], exact + long[near] / 2.0)
    return Gaps(np.minimum(low, high), high, table.uncertainty)


def widest(table: GapTable) -> tuple[float, float]:
    """Bound the gap along the whole of the line."""
    return float(table.low[0].min()), float(table.high[0].max())


def _between(table: GapTable, first: NDArray[np.intp], last: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Bound the gap over the stretches from the first to the last of each of n."""
    level = np.frexp((last - first + 1).astype(np.float64))[1] - 1
    second = last - (1 << level.astype(np.int64)) + 1
    return (
        np.minimum(table.low[level, first], table.low[level, second]),
        np.maximum(table.high[level, first], table.high[level, second]),
    )
