"""The cell index of a line: for every cell of the ground near it, the strokes that can be nearest there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from truceline.locate.ecef import Floats, length_of, to_ecef
from truceline.locate.pieces import Ints
from truceline.locate.sieve import Asked, sift
from truceline.locate.tables import Small, Strokes

__all__ = ["BITS", "FINE", "MOST", "UNIT", "Cells", "cells_of"]

FINE = 160
"""The finest cells measure a 160th of a degree; each is one of 4 x 4 in a cell of the next level."""

LEVELS = 5
"""The widest cells, the roots, measure 256 of the finest: 1.6 degrees."""

ROOTS = 225
"""There are so many roots around the earth, and 113 from pole to pole."""

UNIT = 16
"""A cell of the grid measures 16 of the finest: a tenth of a degree."""

BITS = 6
"""The number of strokes of a cell takes so many bits."""

MOST = 2**BITS - 1
"""The kernel looks at so many strokes for a place at most; where there are more the slow way decides."""

FARTHEST = 1e6
"""Cells are made as far as this from the line [m]."""

ENOUGH = 5
"""A cell is cut up if more strokes than this can be nearest."""

MOST_CELLS, MOST_LISTED = 2**20, 2**23
"""Cells are no longer cut up when there are so many of them, or of strokes in them."""

MOST_PAIRS = 2**28
"""So many pairs of root and stroke are looked at; roots beyond that are left to the slow way."""

SPACING = 1e5
"""To see how far away the line is, a look at every hundredth kilometre suffices."""


class Cells(NamedTuple):
    """A grid of tenths of a degree of which each cell may hold 4 x 4 finer ones, and these again.

    `corner` : (4,), first row, first column, rows and columns of the grid, counted from 90 south, 180
    west. `grid` : the codes of its cells, row by row, then those of the finer cells. A code above zero
    is 64 x where the strokes of a cell begin in `listed` + their number; one below zero says where the
    codes of its 4 x 4 cells begin; zero: nothing is known of it.
    """

    corner: Small
    grid: Small
    listed: Small


def cells_of(strokes: Strokes) -> Cells:
    """Make the index, from the widest cells to the finest; only cells with many strokes are cut up."""
    places = _roots(strokes)
    corner = np.concatenate([places.min(axis=0), np.ptp(places, axis=0) + 1]) * UNIT
    codes = np.zeros(corner[2] * corner[3], dtype=np.int32)
    waiting = np.arange(len(strokes.held), dtype=np.int32)
    spans = np.tile(np.array([0, len(waiting)], dtype=np.int32), (len(places), 1))
    listed: list[Small] = []
    for level in range(LEVELS):
        size = 4 ** (LEVELS - 1 - level)
        spans, waiting = _sifted(strokes, places, size, spans, waiting)
        many = spans[:, 1] - spans[:, 0]
        found = np.where(many <= MOST, (spans[:, 0] + sum(map(len, listed))) * 2**BITS + many, 0)
        codes, at = _noted(codes, found, places, size // UNIT, corner)
        listed.append(waiting)
        cut = _cut(many, MOST_CELLS - len(codes), MOST_LISTED - sum(map(len, listed))) if size > 1 else places[:0, 0]
        if size <= UNIT:
            codes[at[cut]] = -(len(codes) + 16 * np.arange(len(cut)))
        places = (places[cut, None, :] * 4 + np.stack(np.divmod(np.arange(16), 4), axis=1)).reshape(-1, 2)
        spans = np.repeat(spans[cut], 16, axis=0)
    return Cells(corner.astype(np.int32), codes, np.concatenate(listed))


def _cut(many: Ints, cells: int, strokes: int) -> Ints:
    """Say which cells are cut up, so that no more cells and strokes arise than there may."""
    cut = np.flatnonzero(many > ENOUGH)
    return cut[(16 * np.arange(1, len(cut) + 1) <= cells) & (16 * np.cumsum(many[cut]) <= strokes)]


def _sifted(strokes: Strokes, places: Ints, size: int, spans: Small, waiting: Small) -> tuple[Small, Small]:
    """Keep of the strokes that come into question for each cell those which can be nearest in it."""
    kept = np.empty(int((spans[:, 1] - spans[:, 0]).sum()), dtype=np.int32)
    asked = Asked(np.ascontiguousarray(spans), waiting, np.empty((len(strokes.held), 5)), np.zeros(5, np.int32))
    found = np.empty((len(places), 2), dtype=np.int32)
    total = sift(strokes, *_marks(places, size), asked, kept, found)
    return found, kept[:total].copy()


def _noted(codes: Small, found: Ints, places: Ints, wide: int, corner: Ints) -> tuple[Small, Ints]:
    """Write the codes of cells into the grid, or behind it if they are finer; say where they stand."""
    if not wide:
        return np.concatenate([codes, found.astype(np.int32)]), len(codes) + np.arange(len(found))
    first = (places * wide - corner[:2]) @ np.array([corner[3], 1])
    for row, column in np.ndindex(wide, wide):
        codes[first + row * corner[3] + column] = found
    return codes, first


def _roots(strokes: Strokes) -> Ints:
    """Give the rows and columns of the roots that are not too far from the line."""
    places = np.stack(np.divmod(np.arange(113 * ROOTS), ROOTS), axis=1)
    middles = _marks(places, 256)[0][:, 0]
    station = np.cumsum(strokes.chords[:, 6]) // SPACING
    looks = strokes.chords[np.append(True, (np.diff(station) > 0) | (strokes.held[1:, 2] < 0)), :3]
    near = np.zeros(len(places), dtype=np.bool_)
    for look in looks:
        near |= length_of(middles - look) < FARTHEST + SPACING
    return places[near][: max(MOST_PAIRS // len(strokes.held), 1)]


def _marks(places: Ints, size: int) -> tuple[Floats, float]:
    """Give middle and corners of cells in space, and bound how far their ground bulges from the plane of the corners.

    The ground bulges by a quarter of the squared size upwards, and parallels by a sixteenth sideways.
    """
    steps = np.array([(0.5, 0.5), (0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
    lat, lon = np.moveaxis((places[:, None, :] + steps) * (size / FINE) - np.array([90.0, 180.0]), -1, 0)
    return to_ecef(lon, np.minimum(lat, 90.0)), 0.35 * 6.4e6 * float(np.radians(size / FINE)) ** 2
