"""Footprints with a boundary: the disc that holds all of one, one side of it, and its edge on one side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import ArrayLike

from truceline.evidence.compass import Bearing
from truceline.locate.ecef import GEOD, Floats
from truceline.locate.polygons import rings_of, shape_of
from truceline.locate.sector import PIECE, Disc, bent_at, from_flat, ring_of_flat, to_flat
from truceline.locate.smallest import middle_of

__all__ = ["disc_round", "edge_round", "side_of_polygons"]

ASLANT = 0.05
"""A boundary that leans to a side by less than this, three degrees, is no edge on that side."""
Polygons = Sequence[Sequence[ArrayLike]]


def disc_round(polygons: Polygons, name: str = "place") -> Disc:
    """Find the smallest disc that holds all of some polygons, each an outer ring and its holes in degrees.

    Raises
    ------
    GeometryError
        As `area.reference_area`: rings that cross themselves, coordinates that cannot be used.

    Examples
    --------
    >>> square = [[[(20.0, 0.0), (20.02, 0.0), (20.02, 0.02), (20.0, 0.02)]]]
    >>> disc = disc_round(square)
    >>> round(disc.lon, 4), round(disc.lat, 4), round(disc.radius)
    (20.01, 0.01, 1569)
    """
    return _round(_outline(polygons, name))


def side_of_polygons(polygons: Polygons, side: Bearing) -> tuple[Disc, tuple[tuple[Floats, ...], ...]]:
    """Cut off the part of some polygons that lies on one side of their middle: the disc round it, and its polygons.

    The middle is that of `disc_round`. The polygons are wider than the part by less than a metre.

    >>> square = [[[(20.0, 0.0), (20.02, 0.0), (20.02, 0.02), (20.0, 0.02)]]]
    >>> disc, [[ring]] = side_of_polygons(square, Bearing(180.0, 90.0, "south"))
    >>> round(disc.lat, 3), round(float(ring[:, 1].max()), 5)
    (0.005, 0.01)
    """
    whole = disc_round(polygons)
    drawn = [
        shapely.Polygon(to_flat(whole.lon, whole.lat, *_dense(ring).T))
        for ring in rings_of(shape_of(polygons, edges="lonlat", repair=False, name="place"))
        if _is_outer(ring)
    ]
    angle, far = math.radians(side.middle), 4.0 * whole.radius
    on, beside = np.array([math.sin(angle), math.cos(angle)]), np.array([math.cos(angle), -math.sin(angle)])
    half = shapely.Polygon(far * np.array([beside, beside + on, on - beside, -beside]))
    cut = shapely.intersection(drawn, half)
    parts = [
        part
        for part in shapely.get_parts(shapely.buffer(cut, 2.0 * bent_at(abs(whole.lat) + 5.0)))
        if not part.is_empty
    ]
    found = tuple((ring_of_flat(part.exterior, whole.lon, whole.lat),) for part in parts)
    return _round(np.concatenate([ring for (ring,) in found])), found


def edge_round(polygons: Polygons, side: Bearing) -> Disc:
    """Find the disc that holds the edge of some polygons on one side.

    The southern edge is every stretch of the boundary from which the way out leads south, if only by three degrees.

    >>> square = [[[(20.0, 0.0), (20.02, 0.0), (20.02, 0.02), (20.0, 0.02)]]]
    >>> disc = edge_round(square, Bearing(180.0, 90.0, "south"))
    >>> round(disc.lon, 3), abs(round(disc.lat, 3)), round(disc.radius)
    (20.01, 0.0, 1113)
    """
    angle = math.radians(side.middle)
    stretches = []
    for ring in rings_of(shape_of(polygons, edges="lonlat", repair=False, name="place")):
        if _is_outer(ring):
            flat = to_flat(*ring[0], *ring.T)
            east, north = np.diff(flat, axis=0).T  # the inside is on the left, so the way out is (north, -east)
            out = north * math.sin(angle) - east * math.cos(angle)
            there = np.flatnonzero(out > ASLANT * np.hypot(east, north))
            stretches += [_dense(ring[at : at + 2]) for at in there]
    return _round(np.concatenate(stretches))


def _outline(polygons: Polygons, name: str) -> Floats:
    rings = rings_of(shape_of(polygons, edges="lonlat", repair=False, name=name))
    return np.concatenate([_dense(ring) for ring in rings])


def _is_outer(ring: Floats) -> bool:
    """Say whether a ring of `rings_of` is an outer one: those run against the clock."""
    return bool(shapely.is_ccw(shapely.linearrings(to_flat(*ring[0], *ring.T))))


def _dense(ring: Floats) -> Floats:
    """Put corners on the edges of a ring, which are straight in longitude and latitude, every two kilometres."""
    found = [ring[:1]]
    for (lon, lat), (east, north) in pairwise(ring):
        turn = (east - lon + 180.0) % 360.0 - 180.0
        pieces = max(1, math.ceil(GEOD.inv(lon, lat, east, north)[2] / PIECE))
        share = np.arange(1, pieces + 1)[:, None] / pieces
        found.append(np.array([lon, lat]) + share * np.array([turn, north - lat]))
    dense = np.concatenate(found)
    dense[:, 0] = (dense[:, 0] + 180.0) % 360.0 - 180.0
    return dense


def _round(points: Floats) -> Disc:
    """Find the smallest disc that holds places, and edges of two kilometres between them."""
    lon0, lat0 = points[0]
    for _ in range(2):  # the second map has its middle where the disc has
        [[lon0, lat0]] = from_flat(lon0, lat0, middle_of(to_flat(lon0, lat0, *points.T))[None, :])
    away = GEOD.inv(np.full(len(points), lon0), np.full(len(points), lat0), *points.T)[2]
    return Disc(float(lon0), float(lat0), float(np.max(away)) + bent_at(abs(float(lat0)) + 5.0))
