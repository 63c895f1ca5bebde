"""The smallest circle round points in the plane."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import shapely

from truceline.locate.ecef import Floats

__all__ = ["middle_of"]

CLOSE = 1e-9
"""A share of the radius by which a point may stick out: rounding."""


def middle_of(points: Floats) -> Floats:
    """Find the middle of the smallest circle that holds n points, shape (n, 2).

    The circle hangs on two or three of them. The farthest point outside takes the place of one that is not needed any
    more, and every such circle is larger than the one before: so this ends.

    >>> middle_of(np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 1.0], [2.0, 2.0]]))
    array([2., 0.])
    """
    hull = shapely.get_coordinates(shapely.convex_hull(shapely.MultiPoint(points)))
    middle, radius, held = hull[0], 0.0, hull[:1]
    while True:
        away = np.hypot(*(hull - middle).T)
        farthest = int(np.argmax(away))
        if away[farthest] <= radius * (1.0 + CLOSE) + CLOSE:
            return np.asarray(middle)
        candidates = np.concatenate([held, hull[farthest : farthest + 1]])
        middle, radius, held = _smallest(candidates)


def _smallest(points: Floats) -> tuple[Floats, float, Floats]:
    """Find the smallest circle round at most four points: its middle, its radius, and the points on which it hangs."""
    found = []
    for some in (*combinations(range(len(points)), 2), *combinations(range(len(points)), 3)):
        held = points[list(some)]
        middle = _through(held)
        if middle is not None:
            radius = float(np.max(np.hypot(*(held - middle).T)))
            if np.max(np.hypot(*(points - middle).T)) <= radius * (1.0 + CLOSE) + CLOSE:
                found.append((radius, some, middle))
    radius, some, middle = min(found, key=lambda one: one[:2])
    return middle, radius, points[list(some)]


def _through(points: Floats) -> Floats | None:
    """Find the middle of the circle through two points, as its diameter, or three; None for three in one line."""
    if len(points) == 2:
        return np.asarray(points.mean(axis=0))
    sides = points[1:] - points[0]
    if abs(np.linalg.det(sides)) <= CLOSE * float(np.max(np.abs(sides))) ** 2:
        return None
    return np.asarray(points[0] + np.linalg.solve(2.0 * sides, (sides**2).sum(axis=1)))
