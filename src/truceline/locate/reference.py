"""What a reference line is, what is said of places measured from it, and how to measure a few of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import GEOD, Floats, to_ecef, to_lonlat
from truceline.locate.nearest import nearest
from truceline.locate.pieces import Edges, Pieces
from truceline.locate.sides import sides_of

__all__ = ["Points", "ReferenceLine", "measured"]


@dataclass(frozen=True, slots=True, eq=False)
class ReferenceLine:
    """A line to measure from; made by `reference_line`.

    `parts` : its vertices, lon/lat, one array of shape (k, 2) per part. `length` : metres, all parts.
    `uncertainty` : the true line lies within so many metres of the drawn one. `signs` : per part,
    1 where left is plus, -1 where right is. `closed`, `clear` : per part, whether it is a ring, and
    whether the side of a place is beyond doubt wherever its foot is no end (`sides.sides_are_clear`).
    `pieces`, `turns` : the line as cut for measuring, and the direction of each piece.
    """

    name: str
    parts: tuple[Floats, ...]
    edges: Edges
    uncertainty: float
    length: float
    signs: NDArray[np.int8]
    closed: NDArray[np.bool_]
    clear: NDArray[np.bool_]
    pieces: Pieces
    turns: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """n places measured from a line (arrays of n entries); made by `locate_points`.

    `station` : metres along the line from its first vertex to the nearest point, the foot.
    `distance` : metres to the foot. `side` : 1 plus, -1 minus, 0 unknown. `offset` : the distance
    with the sign of the side; where the side is unknown, the plain distance. `beyond_end` : the
    foot is an end, and the place lies past the perpendicular there.
    """

    station: Floats
    offset: Floats
    distance: Floats
    side: NDArray[np.int8]
    beyond_end: NDArray[np.bool_]
    foot_lon: Floats
    foot_lat: Floats


def measured(line: ReferenceLine, lon: Floats, lat: Floats) -> Points:
    """Measure places, one against every piece that comes into question: what `line.locate_points` promises.

    Shape (n,), degrees; all of them are places.
    """
    points = to_ecef(lon, lat)
    piece, along = nearest(line.pieces, points)
    foot = line.pieces.start[piece] + line.pieces.along[piece] * along[:, None]
    foot_lon, foot_lat = to_lonlat(foot)
    distance = np.asarray(GEOD.inv(lon, lat, foot_lon, foot_lat)[2], dtype=np.float64)
    side, beyond = sides_of(line.pieces, line.signs, piece, along, points - foot, distance)
    station = line.pieces.stations(piece, along)
    return Points(station, np.where(side < 0, -distance, distance), distance, side, beyond, foot_lon, foot_lat)
