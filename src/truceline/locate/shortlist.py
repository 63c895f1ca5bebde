"""Shortlists: for each cell of a net, the pieces of a line that can be nearest to a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import Floats, dot, length_of
from truceline.locate.pieces import Ints, Pieces

__all__ = ["Shortlists", "away_from", "lengthened", "no_shortlists", "whole"]

MOST_PAIRS = 2**15
"""At most about so many pairs of place and piece are measured at once: what fits into the cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Shortlists:
    """The pieces of cell c are `listed[begin[c] : begin[c] + count[c]]`; a new value for every addition.

    `count` is 0 where no list was made yet, -1 where it would have been too long.
    """

    begin: NDArray[np.int32]
    count: NDArray[np.int32]
    listed: NDArray[np.int32]


def no_shortlists(cells: int) -> Shortlists:
    """Begin with no shortlist for any of so many cells.

    >>> no_shortlists(3).count
    array([0, 0, 0], dtype=int32)
    """
    begin, count = np.zeros((2, cells), dtype=np.int32)
    return Shortlists(begin, count, np.zeros(0, dtype=np.int32))


def whole(pieces: Pieces) -> Shortlists:
    """List all pieces for the one cell that is the whole earth.

    >>> from truceline.locate.pieces import join
    >>> whole(join([np.array([[0.0, 0.0], [0.02, 0.0]])], "geodesic")).listed
    array([0, 1, 2], dtype=int32)
    """
    many = len(pieces.length)
    return Shortlists(np.zeros(1, np.int32), np.full(1, many, np.int32), np.arange(many, dtype=np.int32))


def lengthened(
    lists: Shortlists, cells: Ints, pieces: Pieces, middles: Floats, spread: Floats, above: tuple[Shortlists, Ints],
    longest: int,
) -> tuple[Shortlists, Floats]:  # fmt: skip
    """Add the shortlists of n cells, each of places within `spread` [m] of a middle, shape (n, 3).

    `above` : shortlists of larger cells, and which of these each cell belongs to. Returns how far the
    middles are from the nearest piece as well, through the earth [m]. A list of more than `longest`
    pieces is left out.

    Let q be the point of the line nearest to the middle c. A place p that lies within h of c is
    farther from x than from q if |c - x|^2 - |c - q|^2 > 2 h |x - q|. A piece is left out if that
    holds of all its points.

    >>> from truceline.locate.ecef import to_ecef
    >>> from truceline.locate.pieces import join
    >>> equator = join([np.array([[0.0, 0.0], [0.05, 0.0]])], "geodesic")
    >>> place, above = to_ecef([0.01], [0.02]), (whole(equator), np.zeros(1, dtype=np.intp))
    >>> more, away = lengthened(no_shortlists(2), np.array([1]), equator, place, np.array([100.0]), above, 99)
    >>> more.count, more.listed, away.round(1)
    (array([0, 2], dtype=int32), array([0, 1], dtype=int32), array([2211.5]))
    """
    larger, which = above
    half = pieces.length / 2.0
    midway = pieces.start + pieces.along * half[:, None]
    count, kept, away = np.empty(len(cells), dtype=np.int32), [lists.listed], np.empty(len(cells))
    for some in _runs(larger.count[which]):
        first, row, piece = _pairs(larger, which[some])
        square, foot = _measured(pieces, piece, middles[some][row])
        least = np.minimum.reduceat(square, first)
        best = _firsts(square == least[row], row)
        nearest = pieces.start[piece[best]] + pieces.along[piece[best]] * foot[best, None]
        far = length_of(midway[piece] - nearest[row]) + half[piece]
        within = square - least[row] <= 2.0 * spread[some][row] * far
        many = np.add.reduceat(within, first, dtype=np.int32)
        count[some] = np.where(many <= longest, many, -1)
        kept.append(piece[within & (many <= longest)[row]])
        away[some] = np.sqrt(np.maximum(least, 0.0))
    begins, counts, added = lists.begin.copy(), lists.count.copy(), np.maximum(count, 0)
    counts[cells] = count
    begins[cells] = len(lists.listed) + np.cumsum(added) - added
    return Shortlists(begins, counts, np.concatenate(kept)), away


def away_from(lists: Shortlists, cells: Ints, pieces: Pieces, points: Floats) -> Floats:
    """Measure how far n points, each in a cell with a shortlist, are from the nearest piece on it.

    Returns metres through the earth: as far as the nearest of all pieces.

    >>> from truceline.locate.ecef import to_ecef
    >>> from truceline.locate.pieces import join
    >>> equator = join([np.array([[0.0, 0.0], [0.02, 0.0]])], "geodesic")
    >>> away_from(whole(equator), np.array([0]), equator, to_ecef([0.005], [0.01])).round(2)
    array([1105.74])
    """
    away = np.empty(len(points))
    for some in _runs(lists.count[cells]):
        first, row, piece = _pairs(lists, cells[some])
        square, _ = _measured(pieces, piece, points[some][row])
        away[some] = np.sqrt(np.maximum(np.minimum.reduceat(square, first), 0.0))
    return away


def _runs(count: NDArray[np.int32]) -> Iterator[slice]:
    """Cut rows with so many pairs each into runs of few pairs, and one row at least."""
    total, begin = np.cumsum(count, dtype=np.intp), 0
    while begin < len(count):
        done = total[begin - 1] if begin else 0
        until = max(int(np.searchsorted(total, done + MOST_PAIRS, side="right")), begin + 1)
        yield slice(begin, until)
        begin = until


def _pairs(lists: Shortlists, cells: Ints) -> tuple[Ints, Ints, NDArray[np.int32]]:
    """Pair n cells with the pieces on their lists: where each cell begins, and of each pair the cell and the piece."""
    count = lists.count[cells]
    first = np.cumsum(count, dtype=np.intp) - count
    row = np.repeat(np.arange(len(cells)), count)
    return first, row, lists.listed[np.arange(len(row)) + (lists.begin[cells] - first)[row]]


def _measured(pieces: Pieces, piece: NDArray[np.int32], points: Floats) -> tuple[Floats, Floats]:
    """Give the squared distance of each point from its piece, and its foot there, metres from the start."""
    gap, way = points - pieces.start[piece], pieces.along[piece]
    along = dot(gap, way)
    foot = np.clip(along, 0.0, pieces.length[piece])
    return dot(gap, gap) - foot * (2.0 * along - foot), foot


def _firsts(marked: NDArray[np.bool_], row: Ints) -> Ints:
    """Find the first marked pair of each row; every row has one."""
    there = np.flatnonzero(marked)
    firsts: Ints = there[np.append(True, np.diff(row[there]) > 0)]
    return firsts
