"""How much of a report's disc lies within a band: shown beside a verdict, never part of it."""

from __future__ import annotations

import math

__all__ = ["disc_share"]


def disc_share(low: float, high: float, near: float, far: float) -> float:
    """Give the share of a disc's area with an offset in [near, far), along a straight line.

    Parameters
    ----------
    low, high : float
        The offsets of the disc's nearest and farthest point in metres, low < high.
    near, far : float
        The band in metres; either may be infinite.

    Returns
    -------
    float
        Between 0 and 1. The line is taken as straight over the disc, and every place in the disc as
        equally likely; neither is known, so nothing is decided by it.

    Examples
    --------
    A disc of 25 km around a point 5 km from the line: 37 % of it lies across the line, and 12 % within
    3 miles of it.

    >>> round(disc_share(-20e3, 30e3, -math.inf, 0.0), 2), round(disc_share(-20e3, 30e3, 0.0, 4828.032), 2)
    (0.37, 0.12)
    """
    centre, radius = (low + high) / 2, (high - low) / 2
    return max(0.0, _below((far - centre) / radius) - _below((near - centre) / radius))


def _below(x: float) -> float:
    """Give the share of the unit disc to the left of the chord at x."""
    x = min(1.0, max(-1.0, x))
    return 0.5 + (x * math.sqrt(1.0 - x * x) + math.asin(x)) / math.pi
