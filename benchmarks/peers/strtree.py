"""Shapely's STRtree on the edges of the line in UTM, the foot by NumPy; the fast way that keeps to the plane."""

import numpy as np
import shapely
from peers import common
from pyproj import Transformer


class Edges:
    """The edges of a line in UTM, and for n places the nearest edge, the share of it to the foot, and the foot."""

    def __init__(self, vertices: np.ndarray) -> None:
        """Project the line and plant the tree."""
        zone = common.utm_of(vertices)
        self.there = Transformer.from_crs(4326, zone, always_xy=True)
        corner = np.stack(self.there.transform(*vertices.T), axis=1)
        self.start, self.along = corner[:-1], np.diff(corner, axis=0)
        self.long = np.hypot(*self.along.T)
        self.tree = shapely.STRtree(shapely.linestrings(np.stack([corner[:-1], corner[1:]], axis=1)))

    def nearest(self, lon: np.ndarray, lat: np.ndarray):
        """Give edge, share, foot, vector from foot to place, and whether the place lies on the left of the edge."""
        place = np.stack(self.there.transform(lon, lat), axis=1)
        edge = self.tree.nearest(shapely.points(place))
        along, here = self.along[edge], place - self.start[edge]
        share = np.clip((here * along).sum(axis=1) / self.long[edge] ** 2, 0.0, 1.0)
        left = along[:, 0] * here[:, 1] - along[:, 1] * here[:, 0] > 0.0
        foot = self.start[edge] + along * share[:, None]
        return edge, share, foot, place - foot, left


def maker(vertices: np.ndarray):
    """Measure in the plane."""
    edges = Edges(vertices)
    begins = np.concatenate([[0.0], np.cumsum(edges.long)])

    def measure(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        edge, share, _, away, left = edges.nearest(lon, lat)
        distance = np.hypot(*away.T)
        return np.where(left, distance, -distance), begins[edge] + share * edges.long[edge]

    return measure


if __name__ == "__main__":
    common.by_numpy(maker)
