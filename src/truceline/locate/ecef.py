"""The ellipsoid (WGS 84) as points in space, where neither the poles nor the antimeridian are special."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

__all__ = [
    "GEOD",
    "Floats",
    "chord_limit",
    "dot",
    "eastward",
    "flat_map",
    "length_of",
    "to_ecef",
    "to_lonlat",
    "upward",
]

Floats = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")
E2 = GEOD.es
"""The squared eccentricity of the ellipsoid."""

FLATTEST = 6_399_594.0
"""The largest radius of curvature anywhere on the ellipsoid [m]: at the poles."""

WIDEST = np.cos(np.radians(60.0))
"""A flat map is drawn only of what lies within 60 degrees of its middle."""


def to_ecef(lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Turn degrees of longitude and latitude into points in space, shape (..., 3), metres.

    >>> to_ecef(0.0, 0.0)
    array([6378137.,       0.,       0.])
    """
    east, north = np.radians(lon), np.radians(lat)
    sine, cosine = np.sin(north), np.cos(north)
    radius = GEOD.a / np.sqrt(1.0 - E2 * sine * sine)
    x, y = radius * cosine * np.cos(east), radius * cosine * np.sin(east)
    return np.stack([x, y, radius * (1.0 - E2) * sine], axis=-1)


def to_lonlat(points: Floats) -> tuple[Floats, Floats]:
    """Turn points on the surface, shape (..., 3), into degrees.

    A point that lies two centimetres below it, as on the chord of a piece, is misplaced by less than a
    tenth of a millimetre. At a pole the longitude is arbitrary.

    >>> lon, lat = to_lonlat(to_ecef([-179.5], [80.0]))
    >>> lon.round(9), lat.round(9)
    (array([-179.5]), array([80.]))
    """
    x, y, z = np.moveaxis(points, -1, 0)
    return np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, (1.0 - E2) * np.hypot(x, y)))


def upward(points: Floats) -> Floats:
    """Give the unit vectors that stand upright on the surface at points of shape (n, 3).

    >>> upward(to_ecef([90.0], [0.0])).round(9)
    array([[0., 1., 0.]])
    """
    upright: Floats = points / np.array([1.0, 1.0, 1.0 - E2])
    return upright / length_of(upright)[..., None]


def length_of(vectors: Floats) -> Floats:
    """Measure vectors of shape (..., 3).

    >>> length_of(np.array([[3.0, 0.0, 4.0]]))
    array([5.])
    """
    return np.sqrt(dot(vectors, vectors))


def eastward(points: Floats) -> Floats:
    """Give the unit vectors that point east at points of shape (n, 3).

    >>> eastward(to_ecef([90.0], [45.0])).round(9)
    array([[-1.,  0.,  0.]])
    """
    flat = np.stack([-points[:, 1], points[:, 0], np.zeros(len(points))], axis=-1)
    return flat / np.maximum(length_of(flat), 1e-12)[:, None]


def dot(one: Floats, other: Floats) -> Floats:
    """Multiply vectors, row by row.

    >>> dot(np.array([[1.0, 2.0, 0.0]]), np.array([[3.0, 4.0, 5.0]]))
    array([11.])
    """
    return np.asarray(np.einsum("...k,...k->...", one, other), dtype=np.float64)


def chord_limit(distance: ArrayLike) -> Floats:
    """Bound the straight way through the earth between two places at a geodesic distance [m].

    The flatter the arc, the longer its chord (Schur's theorem): the bound is the chord on a sphere
    as flat as the poles. One part in a million is added for the twist of a geodesic, and three
    centimetres for the pieces of at most one kilometre by which a line is drawn.

    >>> chord_limit([0.0, 500_000.0]).round(2)
    array([3.0000000e-02, 4.9987337e+05])
    """
    half = np.minimum(np.asarray(distance, dtype=np.float64) / (2.0 * FLATTEST), np.pi / 2.0)
    return 2.0 * FLATTEST * np.asarray(np.sin(half)) * (1.0 + 1e-6) + 0.03


def flat_map(points: Floats) -> Floats | None:
    """Map points of shape (n, 3) to the plane so that the shortest ways stay straight, shape (n, 2).

    This is the gnomonic map about the middle of the points, in earth radii. It answers questions of
    order (does the line cross itself, what is its hull), never of distance. None where the points
    spread over more than 60 degrees from their middle.

    >>> flat_map(to_ecef([10.0, 12.0], [0.0, 0.0])).round(4)
    array([[-0.0175,  0.    ],
           [ 0.0175,  0.    ]])
    """
    rays = points / length_of(points)[:, None]
    middle = rays.mean(axis=0)
    middle /= max(float(length_of(middle)), 1e-12)
    depth = rays @ middle
    if depth.min() < WIDEST:
        return None
    east = np.cross([0.0, 0.0, 1.0] if abs(middle[2]) < 0.9 else [0.0, 1.0, 0.0], middle)
    east /= length_of(east)
    flat: Floats = np.stack([rays @ east, rays @ np.cross(middle, east)], axis=-1) / depth[:, None]
    return flat
