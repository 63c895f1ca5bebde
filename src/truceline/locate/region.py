"""Regions: a report that says only "in this polygon", as a cover of discs."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike

from truceline.locate.area import Area
from truceline.locate.disc import Located, locate_discs
from truceline.locate.ecef import GEOD, Floats
from truceline.locate.line import ReferenceLine

__all__ = ["cover", "locate_region"]


def cover(area: Area, *, most: int = 1000) -> tuple[Floats, Floats, Floats]:
    """Cover an area, and all that lies within its uncertainty, with at most so many discs.

    Returns the longitudes, latitudes and radii [m] of the discs, not to be written to. Every place of
    the area lies in one of them: they stand round the boxes of equal size that meet the area.

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> lon, lat, radius = cover(square, most=4)
    >>> lon, lat, radius.round(-1)
    (array([0.25, 0.25, 0.75, 0.75]), array([0.25, 0.75, 0.25, 0.75]), array([39230., 39220., 39230., 39220.]))
    """
    if most not in area.covers:
        area.covers[most] = _covered(area, most)
    return area.covers[most]


def _covered(area: Area, most: int) -> tuple[Floats, Floats, Floats]:
    shapely.prepare(area.shape)
    boxes = halves = np.array([area.shape.bounds])
    while len(halves) <= most:
        boxes, halves = halves, _halved(halves)
        halves = halves[shapely.intersects(area.shape, shapely.box(*halves.T))]
    west, south, east, north = boxes.T
    lon, lat = (west + east) / 2.0, (south + north) / 2.0
    corners = [GEOD.inv(lon, lat, x, y)[2] for x in (west, east) for y in (south, north)]
    radius = np.max(corners, axis=0) * (1.0 + 1e-6) + 0.01 + area.uncertainty
    lon = np.where(np.abs(lon) > 180.0, lon - 360.0 * np.sign(lon), lon)
    for column in (lon, lat, radius):
        column.setflags(write=False)
    return lon, lat, radius


def locate_region(line: ReferenceLine, area: Area, sectors: ArrayLike = ()) -> Located:
    """Bound offset, side and station of a true position that lies somewhere in an area.

    Returns a `Located` with one row, sound for every place of the area and of its uncertainty: what
    the discs of its cover say together. Where one of them leaves the side open it is open for all.

    >>> from truceline.locate.area import reference_area
    >>> from truceline.locate.line import reference_line
    >>> equator = reference_line([[(-9.0, 0.0), (9.0, 0.0)]], plus="north")
    >>> square = reference_area([[[(0.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)]]])
    >>> there = locate_region(equator, square)
    >>> there.low.round(-4), there.high.round(-4), there.either
    (array([110000.]), array([220000.]), array([False]))
    """
    discs = locate_discs(line, *cover(area), sectors=sectors)
    either = bool(discs.either.any())
    low, high = (discs.low, discs.high) if not either else _distances(discs)
    return Located(
        low=low.min(keepdims=True),
        high=high.max(keepdims=True),
        either=np.array([either]),
        station_low=discs.station_low.min(keepdims=True),
        station_high=discs.station_high.max(keepdims=True),
        abeam=discs.abeam[:1] if np.ptp(discs.abeam) == 0 else np.zeros(1, dtype=np.int8),
        sectors=np.asarray(discs.sectors.any(axis=0))[None],
    )


def _distances(discs: Located) -> tuple[Floats, Floats]:
    """Turn signed intervals into distances from the line; those of an unknown side are distances already."""
    near = np.maximum(np.maximum(discs.low, -discs.high), 0.0)
    return near, np.maximum(np.abs(discs.low), np.abs(discs.high))


def _halved(boxes: Floats) -> Floats:
    """Halve boxes of equal size (west, south, east, north) across their longer side on the ground."""
    west, south, east, north = boxes.T
    wide = (east - west)[0] * np.cos(np.radians((south + north).mean() / 2.0)) > (north - south)[0]
    if wide:
        middle = (west + east) / 2.0
        return np.concatenate([np.stack([west, south, middle, north], 1), np.stack([middle, south, east, north], 1)])
    middle = (south + north) / 2.0
    return np.concatenate([np.stack([west, south, east, middle], 1), np.stack([west, middle, east, north], 1)])
