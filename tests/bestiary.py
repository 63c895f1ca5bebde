"""Lines of every awkward kind, by name, and places about them where measuring is hardest: the same ones every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from oracle import Walk
from truceline.locate.line import ReferenceLine, locate_points, reference_line
from zoo import GEOD, SHAPES, WAVE, Shape, Vertices


@dataclass(frozen=True, slots=True)
class Beast:
    """Vertices of each part, lon/lat; what an edge is; how many of 10,000 places fall to this line."""

    parts: tuple[Vertices, ...]
    edges: str = "lonlat"
    share: int = 345

    def lonlat(self) -> tuple[Vertices, ...]:
        """Give the vertices, as a `Shape` does."""
        return self.parts

    def line(self, **terms) -> ReferenceLine:
        """Make the reference line; its left is plus."""
        return reference_line(self.parts, **{"plus": "left", "edges": self.edges, **terms})


def _of(shape: Shape, share: int = 345) -> Beast:
    return Beast(tuple(shape.lonlat()), shape.edges, share)


def ragged(n: int) -> Vertices:
    """Draw a line of n vertices over some 440 km, which wanders as a border does."""
    random, share = np.random.default_rng(n), np.linspace(0.0, 1.0, n)
    wander = np.cumsum(random.normal(0.0, 0.2 / np.sqrt(n), n))
    return list(zip((36.0 + 0.3 * np.sin(6.0 * share) + wander).tolist(), (33.0 + 3.5 * share).tolist(), strict=True))


def _doubled(vertices: Vertices) -> Vertices:
    """Set beside every vertex another one a millimetre away, now ahead, now aside, now back."""
    steps = [(0.0, 1e-6), (1e-6, 0.0), (0.0, -1e-6)] * len(vertices)
    beside = [(x + u, y + v) for (x, y), (u, v) in zip(vertices, steps, strict=False)]
    return [vertex for pair in zip(vertices, beside, strict=True) for vertex in pair]


HAIRPIN = [(10.0 * ((i + 1) // 2 % 2), 0.1 * (i // 2)) for i in range(24)]
TEETH = [(0.001 * i, 0.001 * (i % 2)) for i in range(-120, 120)]
EIGHT = [(12.0 * np.sin(t), 6.0 * np.sin(2.0 * t)) for t in np.linspace(0.3, 2.0 * np.pi + 0.3, 33).tolist()]
PARALLEL, DATE_LINE = np.linspace(20.0, 22.5, 6).tolist(), [(180.0, 50.0), (-180.0, 50.6), (180.0, 51.0)]

BEASTS: Mapping[str, Beast] = {
    "straight": _of(SHAPES["straight"]),
    "ragged 400": Beast((ragged(400),), share=1000),
    "ragged 5000": Beast((ragged(5000),), share=60),
    "hairpin": _of(Shape((HAIRPIN,))),
    "spiral": _of(SHAPES["spiral"]),
    "teeth of a metre": _of(Shape((TEETH,)), share=150),
    "needle": _of(SHAPES["needle"]),
    "ring": _of(SHAPES["ring"]),
    "figure eight": _of(Shape(([*EIGHT[:-1], EIGHT[0]],))),
    "figure eight, open": _of(Shape((EIGHT[:-2],))),
    "gap": _of(SHAPES["gap"]),
    "head to tail": _of(Shape((WAVE[:2], WAVE[1:4], WAVE[3:]))),
    "touching": _of(Shape(([(-20.0, 0.0), (20.0, 0.0)], [(5.0, 0.0), (8.0, 25.0)], [(-9.0, -7.0), (-9.0, 0.0)]))),
    "fork": _of(SHAPES["fork"]),
    "spur": _of(Shape(([(0.0, -30.0), (0.0, 0.0), (15.0, 2.0), (0.0, 0.0), (2.0, 30.0)],))),
    "near-duplicates": _of(Shape((_doubled(WAVE),))),
    "300 km, geodesic": Beast(([(10.0, 60.0), (15.4, 60.0)],), edges="geodesic"),
    "300 km, lonlat": Beast(([(10.0, 60.0), (15.4, 60.0)],)),
    "along a parallel": Beast(([(x, 45.0) for x in PARALLEL],)),
    "along a meridian": Beast(([(36.0, y) for y in PARALLEL],)),
    "along the antimeridian": Beast((DATE_LINE,)),
    "across the antimeridian": _of(SHAPES["wave across the antimeridian"]),
    "at 70 north": _of(Shape((WAVE,), at=(-120.0, 70.0))),
    "at 88 north": _of(Shape((WAVE,), at=(36.0, 88.0))),
    "past the pole": _of(SHAPES["wave over the pole"], share=100),
    "over the pole, geodesic": Beast(([(36.0, 88.0), (-144.0, 89.0), (-100.0, 88.2)],), edges="geodesic"),
    "over the pole, lonlat": Beast(([(36.0, 89.2), (36.0, 90.0), (-144.0, 90.0), (-140.0, 89.3)],), share=60),
    "around the pole": Beast(([(float(x), 89.6 + 0.2 * (x % 2)) for x in (*range(-180, 180, 45), -180)],), share=60),
    "on the equator": Beast(([(-1.0, 0.0), (0.0, 0.0), (0.5, 0.0), (1.5, 0.0)],)),
    "across the equator": _of(SHAPES["wave on the equator"]),
    "at 50 south": _of(SHAPES["wave at 50 south"]),
    "of 3 m": _of(Shape(([(0.0, 0.0), (0.0015, 0.001), (0.003, 0.0)],))),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grounds:
    """A line, and the walk along it that tells where its edges lie."""

    line: ReferenceLine
    walk: Walk
    random: np.random.Generator

    def course(self, edge, share):
        """Give the azimuth of edges at shares of them, looking a thousandth on, or back at their ends."""
        lon, lat = self.walk.at(edge, share)
        ahead = GEOD.inv(lon, lat, *self.walk.at(edge, np.minimum(share + 1e-3, 1.0)))[0]
        behind = np.asarray(GEOD.inv(lon, lat, *self.walk.at(edge, np.maximum(share - 1e-3, 0.0)))[0]) + 180.0
        return np.where(share < 1.0, ahead, behind)

    def any_stops(self, n):
        """Stand n times on an edge: half of the times at one of its ends."""
        edge, share = self.random.integers(0, len(self.walk.edges), n), self.random.uniform(-0.5, 1.5, n)
        return edge, np.clip(share, 0.0, 1.0)

    def off(self, edge, share, azimuth, farthest=500e3):
        """Go from shares of edges in a direction, for distances of every magnitude from a millimetre on."""
        far = np.exp(self.random.uniform(np.log(1e-3), np.log(farthest), len(edge)))
        return np.stack(GEOD.fwd(*self.walk.at(edge, share), azimuth, far)[:2])


def around(ground, n):
    """Places in any direction from the line."""
    return ground.off(*ground.any_stops(n), ground.random.uniform(0.0, 360.0, n))


def on_the_line(ground, n):
    """Places on vertices and edges."""
    return np.stack(ground.walk.at(*ground.any_stops(n)))


def square(ground, n):
    """Places square to an edge; from a vertex, on the border of what the edge and what the vertex is nearest to."""
    edge, share = ground.any_stops(n)
    return ground.off(edge, share, ground.course(edge, share) + ground.random.choice([-90.0, 90.0], n))


def bisecting(ground, n):
    """Places on the bisector of the angle at a vertex, on either side; at an end, anywhere."""
    edge, _ = ground.any_stops(n)
    onward = (edge + 1) % len(ground.walk.edges)
    one, other = ground.course(edge, np.ones(n)), ground.course(onward, np.zeros(n))
    middle = one + ((other - one + 180.0) % 360.0 - 180.0) / 2.0
    return ground.off(edge, np.ones(n), middle + ground.random.choice([-90.0, 90.0], n))


def on_the_rays(ground, n):
    """Places on the ray by which an edge is lengthened, first of all beyond the ends of the line."""
    edge, share = ground.any_stops(n)
    ends = np.flatnonzero([far > 0.0 for *_, far in ground.walk.edges])[[0, -1]]
    edge = np.where(np.arange(n) % 2 == 0, ground.random.choice(ends, n), edge)
    share = np.round(share)
    return ground.off(edge, share, ground.course(edge, share) + 180.0 * (share == 0.0))


def on_corners(ground, n):
    """Places on the lines of the ground's net: whole tenths and 160ths of a degree."""
    lon, lat = around(ground, n)
    finest = np.where(np.arange(n) % 2, 160.0, 10.0)
    return np.stack([np.round(lon * finest) / finest, np.round(lat * 160.0) / 160.0])


def equidistant(ground, n):
    """Places at which the foot leaps: two places with feet apart are drawn together, up to a micrometre."""
    (low, high), line = (
        (ground.off(*ground.any_stops(n), ground.random.uniform(0.0, 360.0, n)) for _ in "ab"),
        ground.line,
    )
    first, last = (locate_points(line, *places, machine_code=True).station for places in (low, high))
    for _ in range(40):
        azimuth, _, far = GEOD.inv(*low, *high)
        middle = np.stack(GEOD.fwd(*low, azimuth, np.asarray(far) / 2.0)[:2])
        station = locate_points(line, *middle, machine_code=True).station
        lower = np.abs(station - first) < np.abs(station - last)
        low, high = np.where(lower, middle, low), np.where(lower, high, middle)
    return np.concatenate([low[:, ::2], high[:, 1::2]], axis=1)


KINDS = {
    around: 0.44, on_the_line: 0.08, square: 0.12, bisecting: 0.12, on_the_rays: 0.12, on_corners: 0.08,
    equidistant: 0.04,
}  # fmt: skip


def places_about(name: str, n: int):
    """Give a line, and some n places about it of every kind: longitudes and latitudes."""
    beast = BEASTS[name]
    ground = Grounds(beast.line(), Walk(beast), np.random.default_rng(crc32(name.encode())))
    return ground.line, *np.concatenate([kind(ground, round(n * part)) for kind, part in KINDS.items()], axis=1)
