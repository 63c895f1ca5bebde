"""Awkward lines and places: every law about measuring must hold for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from pyproj import Geod

from truceline.locate.area import Area, reference_area
from truceline.locate.line import ReferenceLine, reference_line

GEOD = Geod(ellps="WGS84")

Vertices = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """Vertices of each part [km east and north of a place], the place, and what an edge is."""

    parts: tuple[Vertices, ...]
    at: tuple[float, float] = (36.0, 33.0)
    edges: str = "lonlat"

    def lonlat(self) -> list[Vertices]:
        """Lay the vertices out around the place, by azimuth and distance."""
        return [[laid(self.at, x, y) for x, y in part] for part in self.parts]

    def moved(self, x: float, y: float) -> Shape:
        """Shift all vertices [km]."""
        return Shape(tuple([(u + x, v + y) for u, v in part] for part in self.parts), self.at, self.edges)

    def line(self, **terms) -> ReferenceLine:
        """Make the reference line; its left is plus."""
        return reference_line(self.lonlat(), **{"plus": "left", "edges": self.edges, **terms})


@dataclass(frozen=True, slots=True)
class Plot:
    """Polygons of rings of vertices [km east and north of a place]."""

    polygons: tuple[tuple[Vertices, ...], ...]
    at: tuple[float, float] = (36.0, 33.0)
    edges: str = "lonlat"

    def area(self, **terms) -> Area:
        """Make the area."""
        lonlat = [[[laid(self.at, x, y) for x, y in ring] for ring in rings] for rings in self.polygons]
        return reference_area(lonlat, **{"edges": self.edges, **terms})


def laid(at: tuple[float, float], x: float, y: float) -> tuple[float, float]:
    """Go x km east and y km north of a place."""
    lon, lat, _ = GEOD.fwd(*at, np.degrees(np.arctan2(x, y)), 1000.0 * np.hypot(x, y))
    return float(lon), float(lat)


def _spiral() -> Vertices:
    angles = np.linspace(0.0, 4.5 * np.pi, 60)
    return [(float(a * 2 * np.cos(a)), float(a * 2 * np.sin(a))) for a in angles]


def _ring(radius: float, gap: float = 0.0) -> Vertices:
    angles = np.linspace(gap, 2 * np.pi - gap, 24)
    vertices = [(float(radius * np.cos(a)), float(radius * np.sin(a))) for a in angles]
    return [*vertices[:-1], vertices[0]] if gap == 0.0 else vertices


WAVE = [(0.0, -40.0), (3.0, -20.0), (-4.0, 0.0), (6.0, 12.0), (2.0, 30.0), (4.0, 45.0)]
CROSSED = [(-20.0, -20.0), (20.0, 20.0), (20.0, -20.0), (-20.0, 20.0)]

SHAPES: Mapping[str, Shape] = {
    "straight": Shape(([(0.0, -30.0), (0.0, 30.0)],)),
    "wave": Shape((WAVE,)),
    "wave on the equator": Shape((WAVE,), at=(20.0, 0.0)),
    "wave across the antimeridian": Shape((WAVE,), at=(179.98, 65.0)),
    "wave at 80 north": Shape((WAVE,), at=(36.0, 80.0)),
    "wave at 88.5 north": Shape((WAVE,), at=(36.0, 88.5), edges="geodesic"),
    "wave over the pole": Shape((WAVE,), at=(36.0, 89.9)),
    "wave at 50 south": Shape((WAVE,), at=(-70.0, -50.0), edges="geodesic"),
    "bend": Shape(([(-30.0, 0.0), (0.0, 0.0), (5.0, 30.0)],)),
    "needle": Shape(([(-30.0, -1.0), (0.0, 0.0), (-30.0, 1.0)],)),
    "there and back": Shape(([(-30.0, 5.0), (0.0, 0.0), (20.0, 0.0), (0.0, 0.0), (-30.0, -5.0)],)),
    "zigzag": Shape(([(x * 5.0, 8.0 * (x % 2)) for x in range(-5, 6)],)),
    "hook": Shape(([(0.0, -30.0), (0.0, 20.0), (15.0, 20.0), (15.0, 0.0), (8.0, 0.0), (8.0, 10.0)],)),
    "spiral": Shape((_spiral(),)),
    "nearly closed": Shape((_ring(20.0, gap=0.1),)),
    "ring": Shape((_ring(20.0),)),
    "ring across the antimeridian": Shape((_ring(20.0),), at=(180.0, 0.0)),
    "crossed": Shape((CROSSED,)),
    "crossed ring": Shape(([*CROSSED, CROSSED[0]],)),
    "closing on itself": Shape(([(0.0, -30.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0)],)),
    "gap": Shape(([(0.0, -30.0), (0.0, -2.0)], [(1.0, 2.0), (0.0, 30.0)])),
    "two strands": Shape(([(0.0, -30.0), (0.0, 30.0)], [(12.0, -25.0), (12.0, 35.0)])),
    "strands apart": Shape(([(0.0, 30.0), (0.0, -30.0)], [(7.0, -25.0), (7.0, 35.0)])),
    "fork": Shape(([(0.0, -30.0), (0.0, 0.0)], [(0.0, 0.0), (-10.0, 25.0)], [(0.0, 0.0), (10.0, 25.0)])),
    "ring and road": Shape((_ring(6.0), [(12.0, -20.0), (12.0, 20.0)])),
    "dense": Shape(([(float(np.sin(t)), t) for t in np.linspace(-5.0, 5.0, 120).tolist()],)),
    "long": Shape(([(0.0, 900.0 * t / 9.0) for t in range(-5, 5)],)),
}

SQUARE = [(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]
HOLE = [(-4.0, -4.0), (-4.0, 4.0), (4.0, 4.0), (4.0, -4.0)]
BAY = [(-15.0, -15.0), (15.0, -15.0), (15.0, 15.0), (1.0, 15.0), (0.0, -8.0), (-1.0, 15.0), (-15.0, 15.0)]

PLOTS: Mapping[str, Plot] = {
    "square": Plot(((SQUARE,),)),
    "square, drawn the other way round": Plot(((SQUARE[::-1],),)),
    "hole": Plot(((SQUARE, HOLE),)),
    "bay": Plot(((BAY,),)),
    "two": Plot(((SQUARE,), ([(25.0, 0.0), (45.0, 0.0), (35.0, 30.0)],))),
    "hole across the antimeridian": Plot(((SQUARE, HOLE),), at=(-179.95, 20.0)),
    "bay at 85 north": Plot(((BAY,),), at=(36.0, 85.0)),
    "bay at 50 south": Plot(((BAY,),), at=(-70.0, -50.0), edges="geodesic"),
}
