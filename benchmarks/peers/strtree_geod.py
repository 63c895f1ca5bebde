"""Shapely's STRtree in UTM, and pyproj's geodesic to the foot: the peer that comes nearest in exactness."""

import numpy as np
from peers import common
from peers.strtree import Edges
from pyproj import Geod, Transformer

GEOD = Geod(ellps="WGS84")


def maker(vertices: np.ndarray):
    """Find the foot in the plane, measure on the ellipsoid."""
    edges = Edges(vertices)
    back = Transformer.from_crs(common.utm_of(vertices), 4326, always_xy=True)
    long = np.array(GEOD.line_lengths(*vertices.T))
    begins = np.concatenate([[0.0], np.cumsum(long)])

    def measure(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        edge, share, foot, _, left = edges.nearest(lon, lat)
        distance = GEOD.inv(lon, lat, *back.transform(*foot.T))[2]
        return np.where(left, distance, -distance), begins[edge] + share * long[edge]

    return measure


if __name__ == "__main__":
    common.by_numpy(maker)
