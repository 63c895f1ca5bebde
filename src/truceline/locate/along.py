"""From station and offset back to places: for drawing, and for cases that are built to measure."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from truceline.errors import Fault, GeometryError
from truceline.locate.ecef import GEOD, Floats, dot, eastward, to_lonlat, upward
from truceline.locate.line import ReferenceLine
from truceline.locate.sides import directions

__all__ = ["point_at", "substring"]


def point_at(line: ReferenceLine, station: ArrayLike, offset: ArrayLike = 0.0) -> tuple[Floats, Floats]:
    """Give the places at stations and signed offsets [m]: geodesics from the line, square to it.

    At a vertex the way starts between the normals of both edges; where two parts share a station,
    it starts from the later. On the inner side of a bend the place may have a nearer foot.

    >>> from truceline.locate.line import reference_line
    >>> equator = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    >>> lon, lat = point_at(equator, 111319.49, -110574.39)
    >>> lon.round(5), lat.round(5)
    (array([1.]), array([-1.]))

    Raises
    ------
    GeometryError
        If a station lies off the line, or an offset is not a number.
    """
    both = np.broadcast_arrays(np.atleast_1d(np.asarray(station, dtype=np.float64)), np.asarray(offset, np.float64))
    stations, offsets = both
    bad = np.flatnonzero(~((stations >= 0.0) & (stations <= line.length) & (np.abs(offsets) < np.inf)))
    if bad.size:
        raise GeometryError(_off(line, f"station {stations[row]}, offset {offsets[row]}") for row in bad.tolist())
    pieces = line.pieces
    piece = np.searchsorted(pieces.station, stations, side="right") - 1
    share = np.minimum((stations - pieces.station[piece]) / pieces.stretch[piece], 1.0)
    foot = pieces.start[piece] + pieces.along[piece] * (pieces.length[piece] * share)[:, None]
    up, east = upward(foot), eastward(foot)
    course = directions(pieces, piece, pieces.length[piece] * share)
    normal = np.cross(up, course) * line.signs[pieces.part[piece], None]
    azimuth = np.degrees(np.arctan2(dot(normal, east), dot(normal, np.cross(up, east))))
    lon, lat, _ = GEOD.fwd(*to_lonlat(foot), azimuth, offsets)
    return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)


def substring(line: ReferenceLine, begin: float, end: float) -> tuple[Floats, ...]:
    """Draw the stretch between two stations: one array of lon/lat, shape (k, 2), for each part that it touches.

    The vertices stand at most a kilometre apart, so that straight strokes between them are the line.

    >>> from truceline.locate.line import reference_line
    >>> equator = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    >>> [stretch] = substring(equator, 55659.745, 56659.745)
    >>> stretch.round(5).tolist()
    [[0.5, 0.0], [0.50224, 0.0], [0.50898, 0.0]]

    Raises
    ------
    GeometryError
        Unless 0 <= begin < end <= the length of the line.
    """
    if not 0.0 <= begin < end <= line.length:
        raise GeometryError([_off(line, f"the stretch from station {begin} to {end}")])
    pieces = line.pieces
    touched = np.flatnonzero((pieces.station < end) & (pieces.station + pieces.stretch > begin))
    way = pieces.along[touched] * pieces.length[touched, None]
    shares = [np.clip((edge - pieces.station[touched]) / pieces.stretch[touched], 0.0, 1.0) for edge in (begin, end)]
    low, high = (pieces.start[touched] + way * share[:, None] for share in shares)
    breaks = np.flatnonzero(np.diff(pieces.part[touched])) + 1
    runs = zip(np.split(low, breaks), np.split(high, breaks), strict=True)
    return tuple(np.stack(to_lonlat(np.concatenate([lows, highs[-1:]])), axis=-1) for lows, highs in runs)


def _off(line: ReferenceLine, what: str) -> Fault:
    return Fault(line.name, "TL-E408", f"{what} is not on the line", f"stations run from 0 to {line.length:.2f}")
