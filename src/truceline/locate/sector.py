"""Sectors: what lies so far from a place, in such a direction, as a disc and as a polygon that surely hold all of it.

"3 km north-west of X" is a stretch of distances and of directions, seen from somewhere in X. Both answers hold every
place that the words allow; the polygon is the tighter one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from truceline.locate.ecef import GEOD, Floats

__all__ = [
    "PIECE", "Disc", "Sector", "bent_at", "enclosing_disc", "from_flat", "outside_of", "ring_of_flat", "sector_polygon",
    "to_flat",
]  # fmt: skip

STEP_ANGLE: Final = math.radians(2.5)
"""Between the corners of a drawn arc, at most."""
PIECE: Final = 2000.0
"""Metres between the corners of a drawn edge."""
SMALLEST_RADIUS: Final = 6_330_000.0
"""Less than any radius of curvature of the ellipsoid [m]."""
ROUNDING: Final = 1e-3
"""Metres, far more than two geodesics of one place differ by."""
POLAR: Final = 89.0
"""Degrees of latitude from which on bearings turn too fast to be bounded."""


@dataclass(frozen=True, slots=True)
class Disc:
    """All places within `radius` [m] of a place in degrees."""

    lon: float
    lat: float
    radius: float


@dataclass(frozen=True, slots=True)
class Sector:
    """All places `near` to `far` [m] away, in a direction of `middle` +- `half` degrees (180: any).

    They are seen from somewhere within `spread` [m] of a place in degrees.
    """

    lon: float
    lat: float
    near: float
    far: float
    middle: float
    half: float
    spread: float = 0.0

    @property
    def drift(self) -> float:
        """How far its places move, in metres, while the place from which they are seen moves through its `spread`.

        A bearing is told from north, and north turns as one moves east: by tan(latitude) / a for each metre at the
        most, so a place `far` away moves by 1 + far * tan(latitude) / a metres (Jacobi's equation; the surface is
        curved towards it everywhere).
        """
        highest = abs(self.lat) + math.degrees(self.spread / SMALLEST_RADIUS)
        if self.spread == 0.0:
            return 0.0
        return math.inf if highest > POLAR else self.spread * (
            1.0 + self.far * math.tan(math.radians(highest)) / GEOD.a
        )  # fmt: skip


def enclosing_disc(sector: Sector) -> Disc:
    """Enclose a sector in a disc: the smallest one, to a thousandth, for sectors of up to 500 km away from the poles.

    As seen from one place, no place of a sector is farther from a point of its axis than one of its four corners: along
    a geodesic distances have no peak, and along a circle they grow with the angle. To that the drift is added.

    >>> enclosing_disc(Sector(20.0, 0.0, 2500.0, 3500.0, 90.0, 180.0, spread=2000.0))
    Disc(lon=20.0, lat=0.0, radius=5500.001)
    >>> enclosing_disc(Sector(20.0, 0.0, 2500.0, 3500.0, 90.0, 22.5)).radius.__round__()
    1339
    """
    around = Disc(sector.lon, sector.lat, sector.far + sector.spread + ROUNDING)
    if sector.half > 90.0:
        return around
    cosine = math.cos(math.radians(sector.half))
    away = sector.far * cosine
    if cosine > math.sqrt(0.5):  # the near corners may be the farthest
        away = min(away, (sector.near + sector.far) / (2.0 * cosine))
    lon, lat, _ = GEOD.fwd(sector.lon, sector.lat, sector.middle, away)
    sides = sector.middle + np.array([1.0, -1.0, 1.0, -1.0]) * sector.half
    corners = GEOD.fwd([sector.lon] * 4, [sector.lat] * 4, sides, [sector.near] * 2 + [sector.far] * 2)
    widest = float(np.max(GEOD.inv([lon] * 4, [lat] * 4, corners[0], corners[1])[2]))
    radius = widest + sector.drift + ROUNDING
    return Disc(float(lon), float(lat), radius) if radius < around.radius else around


def sector_polygon(sector: Sector) -> Floats | None:
    """Draw a sector as a closed ring of longitude and latitude, shape (k, 2), that holds all of it.

    The ring lies at most three metres (up to 80 degrees of latitude), a hundredth of its reach and two drifts outside.
    None where it has no direction, or reaches so near to a pole that the drift has no bound.

    >>> ring = sector_polygon(Sector(20.0, 0.0, 0.0, 1000.0, 90.0, 45.0))
    >>> (ring.max(axis=0) - [20.0, 0.0]).round(4)
    array([0.009 , 0.0064])
    >>> sector_polygon(Sector(20.0, 0.0, 0.0, 1000.0, 90.0, 180.0)) is None
    True
    """
    reach = (sector.far + sector.drift) / SMALLEST_RADIUS
    if sector.half > 90.0 or abs(sector.lat) + math.degrees(reach) > POLAR:
        return None
    stretched = reach / math.sin(reach) * (1.0 + 1e-4)  # by so much a flat map makes a short way longer, at the most
    bent = bent_at(abs(sector.lat) + math.degrees(reach))
    outline = _outline(
        sector.near, sector.far, math.radians(sector.half), (sector.drift + 2.0 * bent + 0.01) * stretched
    )
    angle = math.radians(sector.middle)
    axis, beside = np.array([math.sin(angle), math.cos(angle)]), np.array([math.cos(angle), -math.sin(angle)])
    flat = outline[:, :1] * axis + outline[:, 1:] * beside
    return ring_of_flat(shapely.linearrings(flat), sector.lon, sector.lat)


def _outline(near: float, far: float, half: float, margin: float) -> Floats:
    """Draw what lies within a margin of a sector of at most a right angle on both sides, along its axis and beside it.

    The outer arc is drawn around the true one. Its ends lie on lines beside the two edges. Where the near end is so
    near that an arc would hardly meet those lines, a straight line stands before it. (A union or a buffer of GEOS is
    no way: now and then it loses a piece.)
    """
    outer, inner = far + margin, near - margin
    front = max(near * math.cos(half) - margin, -margin)
    widest = half + math.asin(margin / outer)
    if inner > 1.2 * margin:
        arc = _arc(outer, widest)
        return np.concatenate([arc / math.cos(STEP_ANGLE / 2.0), _arc(inner, half + math.asin(margin / inner))[::-1]])
    widest = min(widest, math.acos(front / outer))
    arc = _arc(outer, widest) / math.cos(STEP_ANGLE / 2.0)
    beside = min(outer, (front * math.sin(half) + margin) / max(math.cos(half), 1e-9))
    return np.concatenate([arc, [[front, beside], [front, -beside]]])


def _arc(radius: float, widest: float) -> Floats:
    """Place corners on an arc on both sides of the axis, no farther apart than the step."""
    angles = np.linspace(-widest, widest, max(2, math.ceil(2.0 * widest / STEP_ANGLE) + 1))
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1) * radius


def outside_of(sector: Sector, lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Measure how far places lie outside a sector as seen from its middle [m]; 0 inside.

    On a flat map around that middle, which makes no way shorter and, within 500 km, none longer by a thousandth.

    >>> outside_of(Sector(20.0, 0.0, 2500.0, 3500.0, 90.0, 22.5), [20.027, 20.0], [0.0, 0.0]).round()
    array([   0., 2500.])
    """
    flat = to_flat(sector.lon, sector.lat, lon, lat)
    away = np.hypot(flat[:, 0], flat[:, 1])
    turned = np.degrees(np.arctan2(flat[:, 0], flat[:, 1])) - sector.middle
    beside = np.radians(np.maximum(np.abs((turned + 180.0) % 360.0 - 180.0) - sector.half, 0.0))
    along = np.clip(away * np.cos(beside), sector.near, sector.far)
    return np.asarray(np.hypot(away * np.cos(beside) - along, away * np.sin(beside)))


def bent_at(lat: float) -> float:
    """Bound by how much an edge of `PIECE` metres may bend away from the shortest way [m], up to a latitude.

    >>> round(bent_at(45.0), 2)
    0.16
    """
    return PIECE**2 / (8.0 * SMALLEST_RADIUS) * (1.0 + math.tan(math.radians(min(abs(lat), POLAR))))


def to_flat(lon0: float, lat0: float, lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Map places to metres east and north of a place, shape (n, 2); distance and bearing from there are true."""
    east, north = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
    bearing, _, away = GEOD.inv(np.full(east.shape, lon0), np.full(east.shape, lat0), east, north)
    angle = np.radians(bearing)
    flat: Floats = np.stack([np.sin(angle), np.cos(angle)], axis=-1) * np.asarray(away)[:, None]
    return flat


def from_flat(lon0: float, lat0: float, flat: NDArray[np.float64]) -> Floats:
    """Turn metres east and north of a place back into degrees, shape (n, 2).

    >>> from_flat(20.0, 10.0, to_flat(20.0, 10.0, [20.5], [10.5])).round(9)
    array([[20.5, 10.5]])
    """
    bearing = np.degrees(np.arctan2(flat[:, 0], flat[:, 1]))
    away = np.hypot(flat[:, 0], flat[:, 1])
    lon, lat, _ = GEOD.fwd(np.full(away.shape, lon0), np.full(away.shape, lat0), bearing, away)
    return np.stack([lon, lat], axis=-1)


def ring_of_flat(ring: shapely.LinearRing, lon0: float, lat0: float) -> Floats:
    """Turn a ring on a flat map into degrees, with a corner at least every two kilometres."""
    return from_flat(lon0, lat0, shapely.get_coordinates(shapely.segmentize(ring, PIECE)))
