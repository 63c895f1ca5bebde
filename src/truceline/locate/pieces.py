"""A drawn line, cut into pieces so short that each is as good as straight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import GEOD, Floats, length_of, to_ecef

__all__ = ["COINCIDE", "Edges", "Ints", "Pieces", "cut", "join"]

Edges = Literal["geodesic", "lonlat"]
Ints = NDArray[np.intp]

LONGEST = 1000.0
"""No piece is longer [m]: its chord then stays within two centimetres of the curve."""

SHORTEST = 1e-6
"""Shorter pieces [m] have no direction: they are left out."""

STEEPEST = 89.9
"""Beyond this latitude [degrees] the cut grows no finer: the pieces are 40 m by then."""

COINCIDE = 1e-3
"""Points closer than this [m] are one point."""


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """m chords in the order of their stations (arrays of m entries).

    `start` : beginning in space, shape (m, 3). `along` : unit direction. `length` : of the chord [m].
    `station`, `stretch` : where the piece begins along the line, and its length on the ground [m].
    `before`, `after` : the pieces joined to it, -1 at a free end. `part` : the part it belongs to.
    """

    start: Floats
    along: Floats
    length: Floats
    station: Floats
    stretch: Floats
    before: Ints
    after: Ints
    part: Ints

    def until(self) -> Floats:
        """Give the ends of the pieces in space, shape (m, 3)."""
        return self.start + self.along * self.length[:, None]

    def stations(self, piece: Ints, foot: Floats) -> Floats:
        """Give the stations of feet, each on a piece and so many metres from its start."""
        return self.station[piece] + self.stretch[piece] * (foot / self.length[piece])


def cut(vertices: Floats, edges: Edges) -> Floats:
    """Put points on the edges between vertices, shape (k, 2) to (j, 2), so that no piece exceeds 1 km.

    A straight edge in longitude and latitude is a curve on the ground, the more so towards a pole:
    its pieces are shortened by the square root of the tangent of the latitude, which keeps their
    chords within two centimetres of it. An edge over more than 180 degrees takes the short way.

    >>> len(cut(np.array([[0.0, 0.0], [0.0, 0.02]]), "lonlat"))
    4
    """
    (lon, lat), (to_lon, to_lat) = vertices[:-1].T, vertices[1:].T
    turn = to_lon - lon
    turn = np.where(np.abs(turn) > 180.0, turn - 360.0 * np.sign(turn), turn)
    if edges == "geodesic":
        azimuth, _, far = GEOD.inv(lon, lat, to_lon, to_lat)
        count = _count(far, LONGEST)
    else:
        azimuth = far = np.zeros(len(lon))
        count = _count(*_sizes(lat, to_lat, turn))
    edge = np.repeat(np.arange(len(lon)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    if edges == "geodesic":
        inner = np.stack(GEOD.fwd(lon[edge], lat[edge], azimuth[edge], (far[edge] * share))[:2], axis=-1)
    else:
        inner = np.stack([lon[edge] + turn[edge] * share, lat[edge] + (to_lat - lat)[edge] * share], axis=-1)
    inner[share == 0.0] = vertices[:-1]
    return np.concatenate([inner, vertices[-1:]])


def _count(far: Floats, longest: Floats | float) -> Ints:
    return np.maximum(np.ceil(far / longest), 1.0).astype(np.intp)


def _sizes(lat: Floats, to_lat: Floats, turn: Floats) -> tuple[Floats, Floats]:
    """Bound the lengths of straight edges in longitude and latitude, and of the pieces they need [m]."""
    north, south = np.maximum(lat, to_lat), np.minimum(lat, to_lat)
    nearest_equator = np.where((north > 0.0) & (south < 0.0), 0.0, np.minimum(np.abs(lat), np.abs(to_lat)))
    farthest = np.minimum(np.maximum(np.abs(lat), np.abs(to_lat)), STEEPEST)
    across = GEOD.a * np.radians(turn) * np.cos(np.radians(nearest_equator))
    far = np.hypot(across, 1.01 * GEOD.a * np.radians(to_lat - lat))
    return far, LONGEST / np.sqrt(np.maximum(np.tan(np.radians(farthest)), 1.0))


def join(parts: Sequence[Floats], edges: Edges) -> Pieces:
    """Cut every part and string the pieces together; a part that returns to its beginning has no ends.

    Stations run on from part to part: the gap between two parts has no length.

    >>> join([np.array([[0.0, 0.0], [0.0, 0.02]])], "geodesic").after
    array([ 1,  2, -1])
    """
    starts, ends, before, after, part, stretch = [], [], [], [], [], []
    total = 0
    for number, vertices in enumerate(parts):
        places = cut(vertices, edges)
        points = to_ecef(*places.T)
        ground = np.asarray(GEOD.inv(*places[:-1].T, *places[1:].T)[2], dtype=np.float64)
        kept = np.flatnonzero(length_of(np.diff(points, axis=0)) > SHORTEST)
        count = len(kept)
        order = total + np.arange(count)
        closed = bool(length_of(points[-1] - points[0]) < COINCIDE)
        before.append(np.where(order > total, order - 1, total + count - 1 if closed else -1))
        after.append(np.where(order < total + count - 1, order + 1, total if closed else -1))
        starts.append(points[kept])
        ends.append(points[kept + 1])
        stretch.append(ground[kept])
        part.append(np.full(count, number, dtype=np.intp))
        total += count
    start, ground = np.concatenate(starts), np.concatenate(stretch)
    chord = np.concatenate(ends) - start
    length = length_of(chord)
    station = np.concatenate([[0.0], np.cumsum(ground)[:-1]])
    return Pieces(
        start, chord / length[:, None], length, station, ground,
        np.concatenate(before), np.concatenate(after), np.concatenate(part),
    )  # fmt: skip
