"""Outlines of bands for a map: where a rule surely and possibly holds. For drawing only, never for judging.

The band is drawn in a plane map around the middle of the line (azimuthal equidistant), where lengths
up to some hundred kilometres are right to a few parts in a thousand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry
from shapely.ops import split

from truceline.engines.atlas import Atlas, ChartedLine
from truceline.engines.belts import Ring, belts, plane_around, rings_of
from truceline.engines.gaps import widest
from truceline.locate.along import substring
from truceline.locate.line import locate_points
from truceline.plan.tables import Band, Depth, Except, Limit, Where
from truceline.plan.walk import parts_of

__all__ = ["DrawnBand", "bands_of", "drawn"]

OVERSHOOT_M = 50.0


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A band with its outlines as rings of [lon, lat]; `possible` includes `sure`; both empty without a course."""

    line: int
    depth: Depth
    both_sides: bool
    station_begin: float | None
    station_end: float | None
    sure: tuple[Ring, ...]
    possible: tuple[Ring, ...]


def bands_of(where: Where) -> tuple[Band, ...]:
    """List the bands of a ground, each once; of one that changes with the time those of every course."""
    if isinstance(where, Band):
        return (where,)
    parts = (where.of,) if isinstance(where, Except) else parts_of(where)
    return tuple(dict.fromkeys(band for part in parts for band in bands_of(part)))


def drawn(where: Where, atlas: Atlas) -> tuple[DrawnBand, ...]:
    """Draw every band of a ground, sector by sector."""
    return tuple(shape for band in bands_of(where) for shape in _shapes(band, atlas))


def _shapes(band: Band, atlas: Atlas) -> list[DrawnBand]:
    charted = atlas.lines[band.line]
    stretches: list[tuple[Depth, float | None, float | None]] = [(_bounded(band.depth, band, atlas), None, None)]
    if band.sectors:
        length = charted.line.length if charted is not None else math.inf
        stretches = [(_bounded(one.depth, band, atlas), one.begin, one.end if math.isfinite(one.end) else None)
                     for one in band.sectors if math.isfinite(one.depth.near.lo) and one.begin < length]  # fmt: skip
    return [_drawn(band, depth, begin, end, charted) for depth, begin, end in stretches]


def _bounded(depth: Depth, band: Band, atlas: Atlas) -> Depth:
    """Bound a depth that follows a gap by the narrowest and the widest gap there is along the whole line."""
    tables = [atlas.gaps.get((band.line, course.line)) for course in depth.gap.to] if depth.gap is not None else []
    known = [widest(table) for table in tables if table is not None]
    if depth.gap is None or not known or len(known) < len(tables):
        return replace(depth, gap=None)
    ends = [max(depth.gap.base + depth.gap.share * width, 0.0) for both in known for width in both]
    return Depth(depth.near, Limit(min(ends), max(ends)), depth.reason)


def _drawn(
    band: Band, depth: Depth, begin: float | None, end: float | None, charted: ChartedLine | None
) -> DrawnBand:  # fmt: skip
    sure: tuple[Ring, ...] = ()
    possible: tuple[Ring, ...] = ()
    if charted is not None and charted.rim is not None:
        if math.isfinite(depth.far.hi):
            sure, possible = belts(charted.rim, depth, both_sides=band.both_sides)
    elif charted is not None and math.isfinite(depth.far.hi) and math.isfinite(depth.near.lo):
        sheet = _Sheet.around(charted, begin or 0.0, min(charted.line.length, end or math.inf))
        sure = sheet.rings(sheet.band(depth.near.hi, depth.far.lo, band, rounded=band.round_ends is True))
        possible = sheet.rings(sheet.band(depth.near.lo, depth.far.hi, band, rounded=band.round_ends is not False))
    return DrawnBand(band.line, depth, band.both_sides, begin, end, sure, possible)


@dataclass(frozen=True)
class _Sheet:
    """A plane map around a line: the whole of it, and the stretch whose band is drawn."""

    charted: ChartedLine
    forward: Transformer
    line: BaseGeometry
    stretch: BaseGeometry

    @classmethod
    def around(cls, charted: ChartedLine, begin: float, end: float) -> _Sheet:
        forward = plane_around(charted.line)
        line, stretch = (
            shapely.MultiLineString([np.column_stack(forward.transform(*part.T)) for part in parts])
            for parts in (charted.line.parts, substring(charted.line, begin, end))
        )
        return cls(charted, forward, line, stretch)

    def band(self, near: float, far: float, band: Band, *, rounded: bool) -> BaseGeometry:
        """Draw [near, far) on the plus side or on both; round ends belong to either side."""
        if far <= near:
            return shapely.Polygon()
        abeam = self.stretch.buffer(far, cap_style="flat")
        ground = abeam if band.both_sides else self._plus_side(abeam)
        if rounded:
            ground = ground.union(self._caps(far))
        return ground.difference(self.line.buffer(near)) if near > 0 else ground

    def _caps(self, far: float) -> BaseGeometry:
        """Draw the ground beyond those ends of the line at which the stretch ends too."""
        ends = shapely.intersection(self.line.boundary.buffer(1.0), self.stretch.boundary)
        return ends.buffer(far).difference(self.line.buffer(far, cap_style="flat").buffer(1.0)).buffer(1.5)

    def rings(self, ground: BaseGeometry) -> tuple[Ring, ...]:
        """Turn a drawing back to rings of [lon, lat]."""
        return rings_of(ground, self.forward)

    def _plus_side(self, ground: BaseGeometry) -> BaseGeometry:
        """Cut the ground along the line and keep the pieces whose inner point lies on the plus side."""
        pieces = [ground]
        for part in shapely.get_parts(self.stretch):
            cutter = shapely.LineString(_longer(np.asarray(part.coords)))
            pieces = [piece for one in pieces for piece in split(one, cutter).geoms]
        inner = [piece.representative_point() for piece in pieces]
        x, y = np.array([one.x for one in inner]), np.array([one.y for one in inner])
        lon, lat = self.forward.transform(x, y, direction="INVERSE")
        sides = locate_points(self.charted.line, lon, lat).side
        return shapely.union_all([piece for piece, side in zip(pieces, sides, strict=True) if side > 0])


def _longer(course: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw both ends out a little, so that the cut goes through the flat end of the band."""
    first = course[0] + _step(course[0] - course[1])
    last = course[-1] + _step(course[-1] - course[-2])
    return np.vstack([first, course, last])


def _step(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(direction / np.hypot(*direction) * OVERSHOOT_M)
