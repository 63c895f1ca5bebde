"""The boundary of an area as a line to measure from: one side of it is the area, whatever its course."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from truceline.basics.truth import Truth
from truceline.locate.area import Area
from truceline.locate.disc import Located, locate_discs
from truceline.locate.ecef import Floats
from truceline.locate.edge import region_to_edge
from truceline.locate.polygons import holds
from truceline.locate.reference import ReferenceLine
from truceline.locate.region import locate_region

__all__ = ["Rim", "discs_from_rim", "region_from_rim", "rim_of"]

ENDLESS = 3e7
"""No two places on Earth are so many metres apart: an error without bounds is as large as this."""


@dataclass(frozen=True, slots=True, eq=False)
class Rim:
    """The boundary of an `area`, its plus side the outside (`outward`) or the inside; made by `rim_of`."""

    area: Area
    line: ReferenceLine
    outward: bool


def rim_of(area: Area, *, outward: bool) -> Rim:
    """Take the boundary of an area for a line; its uncertainty is that of the area.

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]], uncertainty=50.0)
    >>> rim_of(square, outward=True).line.uncertainty
    50.0
    """
    inner = area.boundary
    signs = -inner.signs if outward else inner.signs
    return Rim(area, replace(inner, signs=signs, uncertainty=min(area.uncertainty, ENDLESS)), outward)


def discs_from_rim(
    rim: Rim, lon: ArrayLike, lat: ArrayLike, radius: ArrayLike, *, sectors: ArrayLike = (),
    machine_code: bool | None = None,
) -> Located:  # fmt: skip
    """Bound offset and station of true positions that lie within a radius of a place, as `disc.locate_discs`.

    Returns
    -------
    Located
        The side is always known: a place lies in the area or not, its boundary included. So `either` is false and
        `low` and `high` are signed; a place on the boundary has the offset zero. The uncertainty of the area is not
        added to them. A boundary has no ends: `abeam` is 1.

    Raises
    ------
    GeometryError
        Naming every coordinate, radius or range that cannot be used.

    Notes
    -----
    Sound for the reason for which it is along a line: over a metre of ground the distance to the boundary changes by a
    metre at most, and on the way across it is zero, so that the signed distance changes no faster either.

    Examples
    --------
    A degree of the meridian from the equator is 110,574.39 m long:

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> there = discs_from_rim(rim_of(square, outward=True), [0.5, 0.5], [0.1, -0.1], 2000.0)
    >>> there.low.round(1), there.high.round(1), there.either
    (array([-13057.4,   9057.4]), array([-9057.4, 13057.4]), array([False, False]))
    """
    located = locate_discs(rim.line, lon, lat, radius, sectors=sectors, machine_code=machine_code)
    spread = np.broadcast_to(np.asarray(radius, dtype=np.float64), located.high.shape)
    inside = holds(rim.area.shape, lon, lat)
    distance = _distances(located, spread)
    offset = np.where(inside == rim.outward, -distance, distance)
    return _sided(located, offset - spread, offset + spread)


def region_from_rim(rim: Rim, region: Area, *, lies: Truth | int = 0, sectors: ArrayLike = ()) -> Located:
    """Bound offset and station of a true position somewhere in a region, as `region.locate_region`: one row.

    `lies` : whether the region is known to lie in the area (1) or outside it (-1), as `area.region_in_area` says.
    That narrows the bounds, which are otherwise those of the discs that cover the region.

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> region_from_rim(rim_of(square, outward=True), square, lies=1).high
    array([0.])
    """
    least, most = region_to_edge(rim.area, region)
    least, most = (max(least, 0.0) if lies == 1 else least), (min(most, 0.0) if lies == -1 else most)
    low, high = (-most, -least) if rim.outward else (least, most)
    return _sided(locate_region(rim.line, region, sectors), np.array([low]) + 0.0, np.array([high]) + 0.0)


def _distances(located: Located, spread: Floats) -> Floats:
    """Give how far the centres of discs lie from the line; those without a radius lie anywhere."""
    distance = np.zeros(spread.shape)
    known = np.isfinite(spread)
    middle = located.high[known] - spread[known]
    distance[known] = np.abs(middle)
    return distance


def _sided(located: Located, low: Floats, high: Floats) -> Located:
    known = np.zeros(low.shape, dtype=np.bool_)
    return replace(located, low=low, high=high, either=known, abeam=np.ones(low.shape, dtype=np.int8))
