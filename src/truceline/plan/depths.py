"""Depths, compiled: what the words of a distance surely and possibly ban, sector by sector."""

from __future__ import annotations

import math
from dataclasses import replace

from truceline.basics.formula import formula_of
from truceline.basics.quantity import Distance, parse_distance
from truceline.plan.tables import Course, Depth, Gap, Limit, SectorDepth
from truceline.terms import where as written

__all__ = ["ACROSS", "NO_BAND", "belt_of", "depth_of", "from_area", "hull_of", "reason_of", "sectors_of"]

NO_BAND = Depth(Limit(math.inf, math.inf), Limit(math.inf, math.inf))
"""A depth that no offset reaches."""
ACROSS = Depth(Limit(-math.inf, -math.inf), Limit(0.0, 0.0))
"""All of the other side of a line."""

Courses = tuple[Course, ...]


def depth_of(away: Distance | written.Away, to: Courses = ()) -> Depth:
    """Bound a depth by what its words mean: rule of meaning 3.

    exact (d, d); rounded, undecided or varying lo..hi -> (lo, hi); the obliged side's choice
    -> (lo, lo); an average depth bounds no single point -> (0, none); undisclosed -> (0, none).
    A computed depth follows the gap between the line it is measured from and another line, whose
    courses are `to`.

    >>> from truceline.basics.quantity import parse_distance
    >>> depth_of(parse_distance("3 to 4 mi")).far
    Limit(lo=4828.032, hi=6437.376)
    """
    if isinstance(away, Distance):
        return _at(Limit(0.0, 0.0), away, None, Limit(away.lo, away.hi), to)
    if away.from_ is None:
        near = Limit(0.0, 0.0)
    elif isinstance(away.from_, Distance):
        near = Limit(away.from_.lo, away.from_.hi)
    else:
        near = Limit(-math.inf, -math.inf)
    return _at(near, away.to, away.how, _far(away), to)


def from_area(depth: Depth) -> Depth:
    """Take a depth for a distance from an area, as one from its boundary outwards: what lies in it is at no distance.

    >>> from truceline.basics.quantity import parse_distance
    >>> from_area(depth_of(parse_distance("5 km"))).near
    Limit(lo=-inf, hi=-inf)
    """
    near = (-math.inf if end <= 0.0 else end for end in (depth.near.lo, depth.near.hi))
    return replace(depth, near=Limit(*near))


def belt_of(depth: Depth) -> Depth:
    """Take a depth for that of a belt along a boundary: nothing across the boundary belongs to it.

    >>> belt_of(Depth(Limit(-math.inf, -math.inf), Limit(2000.0, 2000.0))).near
    Limit(lo=0.0, hi=0.0)
    """
    return replace(depth, near=Limit(max(depth.near.lo, 0.0), max(depth.near.hi, 0.0)))


def _at(near: Limit, to: Distance, how: str | None, far: Limit, courses: Courses) -> Depth:
    if how == "undisclosed":
        return Depth(near, far, "distance_undisclosed")
    if to.form == "formula" and how in (None, "exact"):
        return _computed(near, to, courses)
    return Depth(near, far, reason_of(to))


def _computed(near: Limit, to: Distance, courses: Courses) -> Depth:
    """Let a limit follow a gap; along the whole line it is bounded by what it is where the lines meet, if by that."""
    if not courses:
        return Depth(near, Limit(0.0, math.inf), "line_undisclosed")
    formula = formula_of(to)
    far = Limit(0.0, formula.base) if formula.share < 0 else Limit(formula.base, math.inf)
    return Depth(near, far, "report_too_coarse", Gap(formula.base, formula.share, courses))


def _far(away: written.Away) -> Limit:
    """Bound the far limit; a depth that varies is sure only up to its least, where that was told."""
    to, how = away.to, away.how
    if how in ("average", "undisclosed") or math.isinf(to.hi):
        return Limit(0.0, math.inf)
    if how == "choice":
        return Limit(to.lo, to.lo)
    if how == "rounded" and to.form == "exact":
        to = parse_distance(f"around {to.words}")
    lowest = to.lo if away.least is None else min(to.lo, away.least.lo)
    varies = how in ("varies", "undecided") and to.lo == to.hi and away.least is None
    return Limit(0.0 if varies else lowest, to.hi)


def reason_of(distance: Distance) -> str:
    """Say why a position inside the open part cannot be decided."""
    return "distance_undisclosed" if distance.form == "undisclosed" else "term_too_vague"


def sectors_of(sectors: tuple[written.Sector, ...], to: Courses = ()) -> tuple[SectorDepth, ...]:
    """Order the sectors by station; a stretch that none of them covers has no band at all."""
    stretches = sorted((_lo(sector.from_), _hi(sector.until), number) for number, sector in enumerate(sectors))
    covered: list[SectorDepth] = []
    reached = 0.0
    for begin, end, number in stretches:
        if begin > reached:
            covered.append(SectorDepth(reached, begin, NO_BAND))
        covered.append(SectorDepth(begin, end, depth_of(sectors[number].away, to)))
        covered += _open_ends(sectors[number])
        reached = max(reached, end)
    if covered and reached < math.inf:
        covered.append(SectorDepth(reached, math.inf, NO_BAND))
    return tuple(covered)


def _open_ends(sector: written.Sector) -> list[SectorDepth]:
    """Where a sector begins or ends at a station not told exactly, it may or may not be there."""
    ends = [end for end in (sector.from_, sector.until) if end is not None and end.lo < end.hi]
    return [SectorDepth(end.lo, end.hi, NO_BAND) for end in ends]


def _lo(station: Distance | None) -> float:
    return 0.0 if station is None else station.lo


def _hi(station: Distance | None) -> float:
    return math.inf if station is None else station.hi


def hull_of(sectors: tuple[SectorDepth, ...]) -> Depth:
    """Bound all sectors together, for a drawing or a report without a station."""
    fars = [sector.depth.far for sector in sectors if sector.depth is not NO_BAND] or [Limit(0.0, math.inf)]
    return Depth(Limit(0.0, 0.0), Limit(min(far.lo for far in fars), max(far.hi for far in fars)))
