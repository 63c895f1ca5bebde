"""The search: which pieces of a line can be nearest to which places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from truceline.locate.ecef import Floats, dot, length_of
from truceline.locate.pieces import Ints, Pieces

__all__ = ["Reached", "nearest", "reached"]

BLOCK = 256
"""Places are searched in neighbourhoods of at most so many."""

MOST_PAIRS = 2**18
"""At most so many pairs of place and piece are held at once: 2 MiB for each number kept about them."""

TIE = 1e-7
"""Pieces whose distances differ by less [m] are equally near: the lowest station is taken."""

ROUNDING = 2e-9
"""Squared distances from a piece are as exact as this [m2], for it may begin a kilometre from the foot."""

SAME = 1e-6
"""Feet nearer to each other along the line [m] are one whichever piece they are counted to."""

FOLDED = 1e-6 - 1.0
"""Directions whose product is less turn back on each other."""


class Reached(NamedTuple):
    """Some places (`rows`) and the pieces (`those`) near them; the arrays have shape (rows, those).

    `away` : distance through the earth from the place to the piece [m]. `foot` : where on the
    piece its nearest point lies, metres from its start. `along` : the same on the endless straight
    line through the piece. `square` : squared distance to the piece's start [m2].
    """

    rows: Ints
    those: Ints
    away: Floats
    foot: Floats
    along: Floats
    square: Floats


def nearest(pieces: Pieces, points: Floats) -> tuple[Ints, Floats]:
    """Find the piece nearest to each of n points in space, and the foot on it (metres from its start).

    Every pair is measured by itself, so the answer for a place does not depend on the places that
    are searched with it. Of equally near pieces the first is taken.
    """
    piece, foot = np.zeros(len(points), dtype=np.intp), np.zeros(len(points))
    for rows, far, spread in _blocks(pieces, points):
        those = np.flatnonzero(far <= far.min() + 2.0 * spread + TIE + np.sqrt(ROUNDING))
        for near in _measured(pieces, points, rows, those):
            chosen = _chosen(pieces, near)
            piece[near.rows] = those[chosen]
            foot[near.rows] = near.foot[np.arange(len(chosen)), chosen]
    return piece, foot


def _chosen(pieces: Pieces, near: Reached) -> Ints:
    """Choose for each place the first of the equally near pieces, as a column of those that were measured.

    What is equally near may still be the same foot: past a joint it lies a little way along one piece, and the
    piece before is as near as rounding can tell. Then the nearest counts. A way back on the same course has other feet.
    """
    least = near.away.min(axis=1)
    slack = TIE * (2.0 * least + TIE) + ROUNDING
    chosen: Ints = np.argmax(near.away <= np.sqrt(least * least + slack)[:, None], axis=1)
    rows = np.flatnonzero(near.away[np.arange(len(chosen)), chosen] > least)
    best = np.argmin(near.away[rows], axis=1)
    first, other = near.those[chosen[rows]], near.those[best]
    apart = pieces.stations(other, near.foot[rows, best]) - pieces.stations(first, near.foot[rows, chosen[rows]])
    same = (apart > SAME) & (apart * apart <= 1.01 * slack[rows])
    same &= dot(pieces.along[first], pieces.along[other]) > FOLDED
    chosen[rows[same]] = best[same]
    return chosen


def reached(pieces: Pieces, points: Floats, reach: Floats) -> Iterator[Reached]:
    """Go through all points with the pieces that come within `reach` [m, shape (n,)] of at least one of them."""
    for rows, far, spread in _blocks(pieces, points):
        those = np.flatnonzero(far <= reach[rows].max() + spread)
        yield from _measured(pieces, points, rows, those)


def _blocks(pieces: Pieces, points: Floats) -> Iterator[tuple[Ints, Floats, float]]:
    """Give neighbourhoods of points: their rows, how far each piece is from their middle, and their spread."""
    for rows in _neighbourhoods(points):
        middle = points[rows].mean(axis=0)
        spread = float(length_of(points[rows] - middle).max())
        yield rows, _measure(pieces, middle[None], slice(None))[0][0], spread + 1e-6


def _neighbourhoods(points: Floats) -> Iterator[Ints]:
    """Sort points into slabs along the axis of their greatest extent, and each slab along the next."""
    if not len(points):
        return
    first, second, _ = np.argsort(-np.ptp(points, axis=0), kind="stable")
    slabs = max(round(np.sqrt(len(points) / BLOCK)), 1)
    rank = np.empty(len(points), dtype=np.intp)
    rank[np.argsort(points[:, first], kind="stable")] = np.arange(len(points))
    order = np.lexsort((points[:, second], rank * slabs // len(points)))
    for begin in range(0, len(points), BLOCK):
        yield order[begin : begin + BLOCK]


def _measured(pieces: Pieces, points: Floats, rows: Ints, those: Ints) -> Iterator[Reached]:
    step = max(MOST_PAIRS // len(those), 1)
    for begin in range(0, len(rows), step):
        some = rows[begin : begin + step]
        yield Reached(some, those, *_measure(pieces, points[some], those))


def _measure(pieces: Pieces, points: Floats, those: Ints | slice) -> tuple[Floats, Floats, Floats, Floats]:
    """Measure every point against every piece; differences first, so that nothing cancels."""
    along, square = np.zeros((2, 1, 1))
    for axis in range(3):
        gap = points[:, axis, None] - pieces.start[those, axis]
        along = along + gap * pieces.along[those, axis]
        square = square + gap * gap
    foot = np.clip(along, 0.0, pieces.length[those])
    away = np.sqrt(np.maximum(square - foot * (2.0 * along - foot), 0.0))
    return away, foot, along, square
