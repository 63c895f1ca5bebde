"""The arithmetic of a band in numbers: what the sentences of `told_ground` tell, for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from truceline.engines.local import Checked
from truceline.engines.told_courses import limits_there
from truceline.judge.bands import gaps_between
from truceline.judge.limits import Limits
from truceline.judge.located import Offsets
from truceline.plan.tables import Around, Band, Depth, Where

__all__ = ["Figure", "figures_of"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One length by name, in metres to the millimetre; the name ends in its unit.

    ``offset_near_m`` and ``offset_far_m`` bound the signed offset; where its side is not known or does not matter it
    is ``distance_near_m`` and ``distance_far_m`` instead. ``station_near_m`` and ``station_far_m`` bound the place
    along the line, ``line_uncertainty_m`` the error of its course. ``gap_near_m`` and ``gap_far_m`` : how far the other
    line lies, of a depth that follows the gap. ``surely_from_m`` and ``surely_to_m`` : where
    the zone surely is; ``possibly_from_m`` and ``possibly_to_m`` : where it may be.
    """

    name: str
    value: float


def figures_of(where: Where, checked: Checked) -> tuple[Figure, ...]:
    """List the lengths from which the one report of `checked` was held against a band or the ground round an area.

    A length without a bound is left out, and so are the limits where several sectors with limits of their own come
    into question: the sentences then tell each of them.
    """
    if isinstance(where, Around):
        # Nobody asks where along a boundary.
        return tuple(one for one in figures_of(where.band, checked) if not one.name.startswith("station_"))
    offsets = checked.places.lines[where.line] if isinstance(where, Band) else None
    if not isinstance(where, Band) or offsets is None or checked.places.unplaced[0]:
        return ()
    named = [*_measured(offsets, both_sides=where.both_sides), *_limits(where, offsets, checked)]
    return tuple(Figure(name, round(value, 3) + 0.0) for name, value in named if math.isfinite(value))


def _measured(offsets: Offsets, *, both_sides: bool) -> Iterator[tuple[str, float]]:
    away = both_sides or bool(offsets.either[0]) or not offsets.sided
    near, far = offsets.distances if away else (offsets.low, offsets.high)
    kind = "distance" if away else "offset"
    yield f"{kind}_near_m", float(near[0])
    yield f"{kind}_far_m", float(far[0])
    yield "station_near_m", float(offsets.station_low[0])
    yield "station_far_m", float(offsets.station_high[0])
    if offsets.uncertainty:
        yield "line_uncertainty_m", offsets.uncertainty


def _limits(where: Band, offsets: Offsets, checked: Checked) -> Iterator[tuple[str, float]]:
    beside = {one.depth for one in where.sectors if offsets.sectors[one.begin, one.end][0]}
    depths = beside if where.sectors else {where.depth}
    if len(depths) != 1:
        return
    [depth] = depths
    yield from _gap(depth, where, checked)
    limits = limits_there(depth, where, checked)
    if limits is not None:
        yield from _depth(limits)


def _gap(depth: Depth, where: Band, checked: Checked) -> Iterator[tuple[str, float]]:
    gaps = [gaps_between(where.line, course.line, checked.places) for course in depth.gap.to] if depth.gap else []
    if len(gaps) == 1 and gaps[0] is not None:
        yield "gap_near_m", float(gaps[0].low[0])
        yield "gap_far_m", float(gaps[0].high[0])


def _depth(limits: Limits) -> Iterator[tuple[str, float]]:
    near_lo, near_hi, far_lo, far_hi = (float(np.ravel(end)[0]) for end in limits.ends)
    if math.isinf(near_hi) and near_hi > 0.0:  # no distance is in the zone
        return
    if far_lo > near_hi:
        yield "surely_from_m", near_hi
        yield "surely_to_m", far_lo
    yield "possibly_from_m", near_lo
    yield "possibly_to_m", far_hi
