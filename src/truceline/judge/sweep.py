"""Count as a function of stand-off: how many reports lie surely, and possibly, within each distance.

No rule is judged here and no distance is preferred; rival figures are only marks on the curve.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from truceline.judge.located import Bools, Floats, Offsets

__all__ = ["Reach", "from_area", "nearby", "reach_of", "steps_of"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Per report the distances from which on it counts: surely above `sure`, possibly above `possible` (inf: never)."""

    sure: Floats
    possible: Floats


def from_area(offsets: Offsets) -> Offsets:
    """Take offsets from a boundary, positive outside, for distances from the area: what lies in it is at none.

    >>> offsets = Offsets(np.array([3.5, -20.0]), np.array([4.5, -9.0]), np.zeros(2, bool), np.ones(2, np.int8),
    ...                   np.zeros(2), np.zeros(2), {}, 0.5)
    >>> reach_of(from_area(offsets), both_sides=False)
    Reach(sure=array([5., 0.]), possible=array([3., 0.]))
    """
    error = offsets.uncertainty
    low, high = (np.maximum(end, 0.0) for end in (offsets.low - error, offsets.high + error))
    return replace(offsets, low=low, high=high, uncertainty=0.0)


def reach_of(offsets: Offsets, *, both_sides: bool) -> Reach:
    """Turn offset intervals into the distances from which on a report lies within the band [0, d).

    On one side a report that may lie across the line, or beyond an end of it, is never surely
    within; on both sides only the distance counts.

    Examples
    --------
    >>> offsets = Offsets(np.array([3.5, -20.0]), np.array([4.5, 30.0]), np.zeros(2, bool), np.ones(2, np.int8),
    ...                   np.zeros(2), np.zeros(2), {}, 0.0)
    >>> reach_of(offsets, both_sides=False)
    Reach(sure=array([4.5, inf]), possible=array([3.5, 0. ]))
    """
    low, high = offsets.low - offsets.uncertainty, offsets.high + offsets.uncertainty
    near = np.maximum(np.maximum(low, -high), 0.0)
    if both_sides:
        return Reach(np.maximum(np.abs(low), np.abs(high)), near)
    doubt = offsets.either | (not offsets.sided)
    sure = np.where(doubt | (low < 0.0), np.inf, high)
    never = (high < 0.0) & ~doubt
    return Reach(sure, np.where(never, np.inf, near))


def nearby(offsets: Offsets, farthest: float) -> Bools:
    """Mark the reports that may lie closer than `farthest` metres: of all others the reach is at least that.

    >>> offsets = Offsets(np.array([3.5, -20.0, 9.0]), np.array([4.5, -9.0, 9.5]), np.zeros(3, bool),
    ...                   np.ones(3, np.int8), np.zeros(3), np.zeros(3), {}, 0.5)
    >>> nearby(offsets, 8.5)
    array([ True, False, False])
    """
    return (offsets.low - offsets.uncertainty < farthest) & (-(offsets.high + offsets.uncertainty) < farthest)


def steps_of(reach: Reach, distances: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find the first of k rising distances within which each report lies, surely and possibly; k: within none.

    A report exactly at a distance is not within it; it lies within every distance from its step on.

    >>> steps_of(Reach(np.array([4.5, np.inf]), np.array([4.0, 0.0])), np.array([4.0, 5.0]))
    (array([1, 2]), array([1, 0]))
    """
    sure, possible = (np.searchsorted(distances, side, side="right") for side in (reach.sure, reach.possible))
    return sure, possible
