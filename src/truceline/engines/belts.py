"""Outlines of the ground round an area for a map, and the plane on which outlines are drawn. Never for judging."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from truceline.locate.reference import ReferenceLine
from truceline.locate.rim import Rim
from truceline.plan.tables import Depth

__all__ = ["TOLERANCE_M", "Ring", "belts", "plane_around", "rings_of"]

Ring = list[list[float]]
TOLERANCE_M = 60.0
"""Outlines are simplified by less than a line of a drawing is wide."""


def belts(rim: Rim, depth: Depth, *, both_sides: bool) -> tuple[tuple[Ring, ...], tuple[Ring, ...]]:
    """Draw where a depth from the boundary of an area surely holds, and where it possibly does, as rings of [lon, lat].

    The depth has a far limit; without a near one it takes in the other side of the boundary whole, which is an area
    only if that is the inside.
    """
    forward = plane_around(rim.line)
    courses = (np.column_stack(forward.transform(*part.T)) for part in rim.line.parts)
    # Rings stand with their insides on the left: outer ones run against the clock, holes with it.
    area = shapely.build_area(shapely.geometrycollections([shapely.linestrings(course) for course in courses]))
    limits = ((depth.near.hi, depth.far.lo), (depth.near.lo, depth.far.hi))
    sure, possible = (_belt(area, near, far, rim, both_sides=both_sides) for near, far in limits)
    return rings_of(sure, forward), rings_of(possible, forward)


def _belt(area: BaseGeometry, near: float, far: float, rim: Rim, *, both_sides: bool) -> BaseGeometry:
    """Draw [near, far) on the plus side of a boundary or on both."""
    if far <= near:
        return shapely.Polygon()
    outside = _grown(area, far).difference(_grown(area, near))
    inside = _grown(area, -near).difference(_grown(area, -far))
    if both_sides:
        return shapely.union_all([outside, inside])
    return outside if rim.outward else inside


def _grown(area: BaseGeometry, metres: float) -> BaseGeometry:
    return area.buffer(metres) if np.isfinite(metres) else shapely.Polygon()


def plane_around(line: ReferenceLine) -> Transformer:
    """Give the way from longitude and latitude to a plane around the middle of a line, metres."""
    lon, lat = np.concatenate(line.parts).mean(axis=0)
    crs = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m"
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def rings_of(ground: BaseGeometry, forward: Transformer) -> tuple[Ring, ...]:
    """Turn a drawing on a plane back to rings of [lon, lat], simplified; specks are left out."""

    def back(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lon, lat = forward.transform(x, y, direction="INVERSE")
        return lon, lat

    polygons = shapely.get_parts(ground.simplify(TOLERANCE_M))
    large = polygons[shapely.area(polygons) > TOLERANCE_M**2]
    drawn = shapely.transform(large, back, interleaved=False)
    return tuple(_rounded(np.asarray(ring.coords)) for polygon in drawn
                 for ring in (polygon.exterior, *polygon.interiors))  # fmt: skip


def _rounded(ring: NDArray[np.float64]) -> Ring:
    return [[round(float(lon), 4), round(float(lat), 4)] for lon, lat in ring]
