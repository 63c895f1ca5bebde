"""The line of the common workload: ragged, 437 km long, with as many vertices as are asked for."""

import json
from pathlib import Path

import numpy as np
from pyproj import Geod

GEOD = Geod(ellps="WGS84")
LENGTH = 437e3


def ragged(vertices: int, roughness: float) -> np.ndarray:
    """Draw a line from 33 N to 36.4 N, shape (vertices, 2), in degrees; the rougher it is, the longer."""
    random, share = np.random.default_rng(1), np.linspace(0.0, 1.0, vertices)
    wander = np.cumsum(random.normal(0.0, 1.0 / np.sqrt(vertices), vertices))
    return np.stack([36.6 + 0.25 * np.sin(6.0 * share) + roughness * wander, 33.0 + 3.4 * share], axis=1)


def line_of(vertices: int) -> np.ndarray:
    """Find the roughness at which the line is 437 km long, to the metre, by halving."""
    low, high = 0.0, 2.0
    for _ in range(60):
        middle = (low + high) / 2.0
        long = GEOD.line_length(*ragged(vertices, middle).T) > LENGTH
        low, high = (low, middle) if long else (middle, high)
    return ragged(vertices, low)


def write_line(path: Path, vertices: int) -> np.ndarray:
    """Write the line as GeoJSON, as an agreement and its peers read it."""
    line = np.round(line_of(vertices), 7)
    feature = {"type": "Feature", "id": "border", "properties": {},
               "geometry": {"type": "LineString", "coordinates": line.tolist()}}  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return line
