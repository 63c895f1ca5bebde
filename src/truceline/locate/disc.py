"""Discs: what surely holds about the offset, the side and the station of a place known to within a radius."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from truceline.locate.candidates import seen_from
from truceline.locate.checks import require_coordinates, require_lengths, require_ranges
from truceline.locate.ecef import Floats, to_ecef
from truceline.locate.quick import DISCS, pays, require_places
from truceline.locate.quick_discs import few_ends, quick_discs
from truceline.locate.reference import ReferenceLine, measured

__all__ = ["Located", "locate_discs"]


@dataclass(frozen=True, slots=True, eq=False)
class Located:
    """What surely holds for n true positions, each somewhere in its disc (arrays of n entries, metres).

    `low`, `high` : the signed offset lies in [low, high]; where `either` is true the side is unknown,
    0 <= low, and the offset lies in [low, high] or in [-high, -low]. The line's uncertainty is not
    added to them. `station_low`, `station_high` : the hull of the stations of all nearest points.
    `abeam` : 1 if no position in the disc lies beyond an end of the line, -1 if all do, 0 unknown.
    `sectors` : shape (n, k), whether a nearest point may lie in that range of stations;
    `sectors_count` : in how many.
    """

    low: Floats
    high: Floats
    either: NDArray[np.bool_]
    station_low: Floats
    station_high: Floats
    abeam: NDArray[np.int8]
    sectors: NDArray[np.bool_]

    @property
    def sectors_count(self) -> NDArray[np.intp]:
        """Count the station ranges in which the nearest point may lie."""
        return np.asarray(self.sectors.sum(axis=1), dtype=np.intp)


def locate_discs(
    line: ReferenceLine,
    lon: ArrayLike,
    lat: ArrayLike,
    radius: ArrayLike,
    *,
    sectors: ArrayLike = (),
    machine_code: bool | None = None,
) -> Located:
    """Bound offset, side and station of true positions that lie within a radius of a place.

    Parameters
    ----------
    line : ReferenceLine
        Where it has an uncertainty its course may differ by as much: side, ends, stations and
        sectors allow for that. Only `low` and `high` do not: the judge adds it there.
    lon, lat : array_like of float, shape (n,)
        Centres, degrees, EPSG:4326.
    radius : array_like of float, shape (n,) or ()
        Metres; inf where nothing is known of the place.
    sectors : array_like of float, shape (k, 2)
        Ranges of stations [begin, end) in metres; one that reaches the end of the line holds it too.
    machine_code : bool, optional
        As for `line.locate_points`.

    Returns
    -------
    Located
        Sound: no position in the disc contradicts it. Where radius and uncertainty are zero it says
        what `locate_points` says: an interval of no length, a single station.

    Raises
    ------
    GeometryError
        Naming every coordinate, radius or range that cannot be used.

    Notes
    -----
    Distance changes no faster than position, so it stays within the radius of the centre's. The
    nearest point of any position lies within the distance plus two radii of the centre: only the
    stretches of the line within that reach are candidates. The side is known if they belong to one
    part, none of them is an end, and the part is clear (`sides.sides_are_clear`) or runs within a
    right angle there. More than 3000 km away nothing but the distance is bounded.

    Examples
    --------
    >>> from truceline.locate.line import reference_line
    >>> equator = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    >>> there = locate_discs(equator, [1.0, 1.0, 2.5], [0.1, 0.01, 0.1], 2000.0)
    >>> there.low.round(1), there.high.round(1), there.either
    (array([ 9057.4,  -894.3, 54747.4]), array([13057.4,  3105.7, 58747.4]), array([False, False,  True]))
    >>> there.abeam
    array([ 1,  1, -1], dtype=int8)
    """
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    spread = np.broadcast_to(np.asarray(radius, dtype=np.float64), east.shape)
    ranges = require_ranges(sectors)
    if not (few_ends(line) and pays(DISCS, line, east, machine_code=machine_code)):
        require_coordinates(east, north)
        require_lengths(spread, at="radius", endless=True)
        return _bounded(line, east, north, spread, ranges)
    answers, rest = quick_discs(line, east, north, spread, ranges)
    if rest.size:
        require_places(east, north, rest)
        if not (spread[rest] >= 0.0).all():
            require_lengths(spread, at="radius", endless=True)
        slow = _bounded(line, east[rest], north[rest], spread[rest], ranges)
        for name in answers._fields:
            getattr(answers, name)[rest] = getattr(slow, name)
    return Located(*answers)


def _bounded(line: ReferenceLine, lon: Floats, lat: Floats, spread: Floats, ranges: Floats) -> Located:
    """Bound discs by all the pieces within their reach."""
    centre = measured(line, lon, lat)
    seen = seen_from(line, to_ecef(lon, lat), centre, spread, ranges)
    low = np.where(seen.either, np.maximum(centre.distance - spread, 0.0), centre.offset - spread)
    high = np.where(seen.either, centre.distance, centre.offset) + spread
    return Located(low, high, *seen)
