"""The oracle: for each of the first 6,500 places, geodesics to every vertex, then the foot on every edge in question.

The lengths of geodesics are those of pyproj (Karney), good to nanometres; the foot on an edge is found by golden
section, to a millimetre along the edge, which moves the distance by less than a nanometre where it matters. The side
is that of the edge at the foot; where the foot is a vertex, it is told by the wedge between its two edges. Of the
first and last vertex there is no side: beyond an end none is defined.
"""

import numpy as np
from peers import common
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
SAMPLE = 6_500
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


class Line:
    """Vertices, azimuths and lengths of the edges, all on the ellipsoid."""

    def __init__(self, vertices: np.ndarray) -> None:
        """Measure the edges."""
        self.lon, self.lat = vertices.T
        self.azimuth, back, self.long = GEOD.inv(self.lon[:-1], self.lat[:-1], self.lon[1:], self.lat[1:])
        self.back = back
        self.begins = np.concatenate([[0.0], np.cumsum(self.long)])

    def distance(self, edge, along, lon, lat):
        """Measure from places to points on edges, so many metres along."""
        x, y, _ = GEOD.fwd(self.lon[edge], self.lat[edge], self.azimuth[edge], along)
        return GEOD.inv(lon, lat, x, y)[2]


def candidates(line: Line, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """List pairs of place and edge: an edge is out if even its whole length cannot make it the nearest."""
    places, edges = [], []
    for start in range(0, len(lon), 500):
        part = slice(start, min(start + 500, len(lon)))
        shape = (part.stop - start, len(line.lon))
        grid = [np.broadcast_to(one, shape).ravel() for one in (lon[part, None], lat[part, None], line.lon, line.lat)]
        away = GEOD.inv(*grid)[2].reshape(shape)
        nearer = np.minimum(away[:, :-1], away[:, 1:])
        place, edge = np.nonzero(nearer - line.long <= away.min(axis=1, keepdims=True))
        places.append(place + start)
        edges.append(edge)
    return np.concatenate(places), np.concatenate(edges)


def feet(line: Line, edge: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find the foot on each edge by golden section; give the metres along it and the distance."""
    low, high = np.zeros(len(edge)), line.long[edge].copy()
    first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_first, at_second = line.distance(edge, first, lon, lat), line.distance(edge, second, lon, lat)
    for _ in range(35):
        left = at_first < at_second
        low, high = np.where(left, low, first), np.where(left, second, high)
        first, second = (
            np.where(left, high - GOLDEN * (high - low), second),
            np.where(left, first, low + GOLDEN * (high - low)),
        )
        new = line.distance(edge, np.where(left, first, second), lon, lat)
        at_first, at_second = np.where(left, new, at_second), np.where(left, at_first, new)
    tries = np.stack([np.zeros(len(edge)), (low + high) / 2.0, line.long[edge]])
    away = np.stack([line.distance(edge, along, lon, lat) for along in tries])
    best = away.argmin(axis=0)
    rows = np.arange(len(edge))
    return tries[best, rows], away[best, rows]


def sides(line: Line, edge: np.ndarray, along: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Say on which side each place lies: 1 left, -1 right, 0 at the first or last vertex."""
    x, y, _ = GEOD.fwd(line.lon[edge], line.lat[edge], line.azimuth[edge], along)
    to_place = GEOD.inv(x, y, lon, lat)[0]
    at_end = along >= line.long[edge]
    vertex = np.where(at_end, edge + 1, edge)
    before = line.back[np.clip(vertex - 1, 0, None)]
    after = line.azimuth[np.clip(vertex, None, len(line.long) - 1)]
    wedge = (after - before) % 360.0  # left of a vertex: from the way back, clockwise to the way on
    by_vertex = np.where((to_place - before) % 360.0 < wedge, 1, -1)
    # On an edge: GEOD gives the azimuth back at the foot; left of it lies anticlockwise of the way on.
    onward = GEOD.inv(x, y, line.lon[edge + 1], line.lat[edge + 1])[0]
    by_edge = np.where((onward - to_place) % 360.0 < 180.0, 1, -1)
    inner = (along > 0.0) & ~at_end
    ends = ~inner & ((vertex == 0) | (vertex == len(line.lon) - 1))
    return np.where(inner, by_edge, np.where(ends, 0, by_vertex))


def maker(vertices: np.ndarray):
    """Measure on the ellipsoid, edge by edge."""
    line = Line(vertices)

    def measure(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        place, edge = candidates(line, lon, lat)
        along, away = feet(line, edge, lon[place], lat[place])
        order = np.lexsort((away, place))
        first = order[np.concatenate([[True], np.diff(place[order]) > 0])]
        edge, along, away = edge[first], along[first], away[first]
        side = sides(line, edge, along, lon, lat)
        return np.where(side == 0, np.nan, side) * away, line.begins[edge] + along

    return measure


if __name__ == "__main__":
    common.by_numpy(maker, SAMPLE)
