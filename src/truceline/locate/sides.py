"""Which side of a line is plus, and where the side of a place is beyond doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.locate.ecef import Floats, dot, eastward, flat_map, length_of, upward
from truceline.locate.pieces import COINCIDE, Ints, Pieces

__all__ = ["ABEAM", "BLUNT", "COMPASS", "Plus", "directions", "headings", "left_is_plus", "sides_are_clear", "sides_of"]

Plus = Literal[
    "left", "right", "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"
]

COMPASS: Mapping[str, float] = {
    "north": 0.0, "north-east": 45.0, "east": 90.0, "south-east": 135.0,
    "south": 180.0, "south-west": 225.0, "west": 270.0, "north-west": 315.0,
}  # fmt: skip
"""The compass points in degrees east of north."""

BLUNT = 1e-8
"""The sum of two opposite directions on a round earth is no longer than this: it has no side."""

LEAST_ACROSS = 0.2
"""A line that runs within some 11 degrees of a compass point does not separate it from its opposite."""

LEAST_PROGRESS = 0.05
"""A line whose ends lie closer than this share of its length has no direction of its own."""

ABEAM = 1e-6
"""A place that lies no farther past the perpendicular at an end [m] is abeam of it: the rest is rounding."""

TOUCH = 1e-9
"""What comes closer than this [earth radii: 6 mm] touches."""

SHARPEST = 179.99
"""A line that turns by more [degrees] turns back on itself."""


def left_is_plus(points: Floats, plus: Plus) -> bool | None:
    """Say whether the left of a line through points, shape (n, 3), is its plus side.

    A compass point decides by the direction from the first point to the last. None where that does
    not settle it: the line runs along the compass point, or returns to where it began.

    >>> from truceline.locate.ecef import to_ecef
    >>> southward = to_ecef([36.0, 36.0], [33.0, 32.0])
    >>> left_is_plus(southward, "east"), left_is_plus(southward, "west"), left_is_plus(southward, "north")
    (True, False, None)
    """
    if plus in ("left", "right"):
        return plus == "left"
    way = points[-1] - points[0]
    far = float(length_of(way))
    if far < LEAST_PROGRESS * length_of(np.diff(points, axis=0)).sum():
        return None
    middle = (points[:1] + points[-1:]) / 2.0
    up, east = upward(middle)[0], eastward(middle)[0]
    azimuth = np.radians(COMPASS[plus])
    wanted = np.sin(azimuth) * east + np.cos(azimuth) * np.cross(up, east)
    across = float(np.cross(up, way) @ wanted) / far
    return across > 0.0 if abs(across) > LEAST_ACROSS else None


def sides_are_clear(points: Floats, *, closed: bool) -> bool:
    """Say whether the side of the nearest edge is the side of the whole line, wherever the foot is no end.

    True for a ring, and for a line with both ends on its convex hull, that do not meet themselves.
    From such an end a ray at right angles to the hull leaves without meeting the line or the other
    ray. The rays and the line cut the plane in two; the way from a place to its foot meets neither
    (on a ray, the nearest place of the line is the end). So the sign changes only on the line.

    >>> from truceline.locate.ecef import to_ecef
    >>> sides_are_clear(to_ecef([0.0, 1.0, 1.0], [0.0, 0.0, 1.0]), closed=False)
    True
    >>> sides_are_clear(to_ecef([0.0, 2.0, 2.0, 0.0, 0.0, 1.0], [0.0, 0.0, 2.0, 2.0, 1.0, 1.0]), closed=False)
    False
    """
    flat = flat_map(points)
    if flat is None or _meets_itself(flat, closed=closed):
        return False
    hull = shapely.boundary(shapely.convex_hull(shapely.linestrings(flat)))
    return closed or bool((shapely.distance(shapely.points(flat[[0, -1]]), hull) <= TOUCH).all())


def _meets_itself(flat: Floats, *, closed: bool) -> bool:
    """Say whether a line touches itself other than from piece to piece, or turns back on itself."""
    segments = shapely.linestrings(np.stack([flat[:-1], flat[1:]], axis=1))
    one, other = shapely.STRtree(segments).query(segments, predicate="dwithin", distance=TOUCH)
    apart = np.abs(one - other)
    if closed:
        apart = np.minimum(apart, len(segments) - apart)
    turns = np.diff(_bearings(np.concatenate([flat, flat[1:2]]) if closed else flat))
    return bool((apart > 1).any() or (np.abs(turns) > SHARPEST).any())


def headings(points: Floats) -> Floats:
    """Give the direction of every piece between points, turning on without a jump [degrees].

    NaN where the line is too wide for a flat map: then no comparison of headings holds.

    >>> from truceline.locate.ecef import to_ecef
    >>> headings(to_ecef([0.0, 0.1, 0.1, 0.0], [0.0, 0.0, 0.1, 0.1])).round()
    array([  0.,  90., 180.])
    """
    flat = flat_map(points)
    if flat is None:
        return np.full(len(points) - 1, np.nan)
    return _bearings(flat)


def _bearings(flat: Floats) -> Floats:
    x, y = np.diff(flat, axis=0).T
    return np.asarray(np.unwrap(np.degrees(np.arctan2(y, x)), period=360.0), dtype=np.float64)


def sides_of(
    pieces: Pieces, signs: NDArray[np.int8], piece: Ints, along: Floats, way: Floats, distance: Floats
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Say on which side n places lie, and whether they lie beyond an end.

    `piece`, `along` : the piece on which the foot lies, and how far from its start [m]. `way` : the
    vectors from the foot to the place, shape (n, 3). `distance` : on the ground, where the foot may lie
    two centimetres below [m]. `signs` : per part, 1 where left is plus.
    """
    foot = pieces.start[piece] + pieces.along[piece] * along[:, None]
    left = dot(way, np.cross(upward(foot), directions(pieces, piece, along)))
    onward, far = dot(way, pieces.along[piece]), length_of(way)
    beyond = (along <= 0.0) & (pieces.before[piece] < 0) & (onward < -ABEAM)
    beyond |= (along >= pieces.length[piece]) & (pieces.after[piece] < 0) & (onward > ABEAM)
    side = np.sign(left).astype(np.int8) * signs[pieces.part[piece]]
    side[beyond | (np.abs(left) <= BLUNT * far)] = 0
    on = distance <= COINCIDE
    side[on], beyond[on] = 1, False
    return side, beyond


def directions(pieces: Pieces, piece: Ints, along: Floats) -> Floats:
    """Give the direction of the line at n feet; at a joint, the sum of the directions of both pieces.

    With it the side at a vertex follows the sum of the normals of both edges: the sign of the nearer
    edge alone would be wrong for places off the outer side of a sharp bend.
    """
    begins, ends = along <= 0.0, along >= pieces.length[piece]
    joint = np.where(begins, pieces.before[piece], np.where(ends, pieces.after[piece], -1))
    other = np.where((joint >= 0)[:, None], pieces.along[joint], 0.0)
    direction: Floats = pieces.along[piece] + other
    return direction
