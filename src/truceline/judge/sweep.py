"""Count as a function of stand-off: how many reports lie surely, and possibly, within each distance.

No rule is judged here and no distance is preferred; rival figures are only marks on the curve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.judge.located import Offsets

__all__ = ["Reach", "reach_of", "sweep_counts"]


@dataclass(frozen=True, slots=True)
class Reach:
    """Per report the distances from which on it counts: surely above `sure`, possibly above `possible` (inf: never)."""

    sure: NDArray[np.float64]
    possible: NDArray[np.float64]


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


def sweep_counts(
    reach: Reach, distances: NDArray[np.float64], *, counted: Truths, groups: NDArray[np.int64], n_groups: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count reports surely and possibly within each distance, in one pass over the reports.

    Parameters
    ----------
    reach : Reach
        n reports.
    distances : ndarray of float64, shape (k,)
        Stand-off distances in metres, rising. A report exactly at the distance is not within it.
    counted : ndarray of int8, shape (n,)
        1 counts, 0 may count (possible only), -1 does not.
    groups : ndarray of int64, shape (n,)
        The group (a month, say) of each report, or -1 for none.

    Returns
    -------
    sure, possible : ndarray of int64, shape (n_groups, k)
        ``sure <= possible``, and both rise with the distance.

    Examples
    --------
    >>> reach = Reach(np.array([4.5, np.inf]), np.array([3.5, 0.0]))
    >>> sweep_counts(reach, np.array([4.0, 5.0]), counted=np.ones(2, np.int8), groups=np.zeros(2, np.int64), n_groups=1)
    (array([[0, 1]]), array([[2, 2]]))
    """
    inside = groups >= 0
    sure = _counts(reach.sure[inside & (counted == 1)], groups[inside & (counted == 1)], distances, n_groups)
    possible = _counts(reach.possible[inside & (counted >= 0)], groups[inside & (counted >= 0)], distances, n_groups)
    return sure, possible


def _counts(
    reach: NDArray[np.float64], groups: NDArray[np.int64], distances: NDArray[np.float64], n_groups: int
) -> NDArray[np.int64]:
    """Put each report into the first distance above its reach, then add up along the distances."""
    k = len(distances)
    first = np.searchsorted(distances, reach, side="right")
    table = np.bincount(groups * (k + 1) + first, minlength=n_groups * (k + 1))
    return np.cumsum(table.reshape(n_groups, k + 1)[:, :k], axis=1)
