"""WHERE, compiled: the words of the zone become bands, areas and their combinations, by id."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.basics.quantity import Distance
from truceline.plan.codebook import Codebook
from truceline.plan.tables import (
    All,
    Any_,
    Anywhere,
    Band,
    Between,
    Depth,
    Except,
    InArea,
    Limit,
    Nowhere,
    OneOf,
    SectorDepth,
    Where,
)  # fmt: skip
from truceline.terms import where as written
from truceline.terms.model import Document

__all__ = ["Ground", "compile_where", "depth_of"]

NO_BAND = Depth(Limit(math.inf, math.inf), Limit(math.inf, math.inf))
"""A depth that no offset reaches."""

ANYWHERE = ("anywhere", "everywhere")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the words of a zone refer to: the document, the codebook, and the row of `sides` if any."""

    text: Document
    book: Codebook
    side: str | None = None

    def line_names(self, line: str | tuple[str, ...]) -> tuple[str, ...]:
        """Resolve ``side.line``, and a line that is one of several, to candidate lines."""
        if line == "side.line":
            line = self.text.sides[self.side].line if self.side is not None else ()
        names = (line,) if isinstance(line, str) else line
        candidates: list[str] = []
        for name in names:
            if name not in self.text.lines:  # a line of another agreement: its course is not in this file
                continue
            alternatives = self.text.lines[name].one_of
            candidates.extend(self.line_names(alternatives) if alternatives else (name,))
        return tuple(dict.fromkeys(candidates))


def compile_where(place: written.Where | None, ground: Ground) -> Where:
    """Compile a zone. No zone at all means anywhere; words without a boundary cannot be located."""
    if place is None:
        return Anywhere()
    return _named(place, ground) if isinstance(place, str) else _COMPILERS[type(place)](place, ground)


def depth_of(away: Distance | written.Away) -> Depth:
    """Bound a depth by what its words mean: rule of meaning 3.

    exact (d, d); rounded, undecided or varying lo..hi -> (lo, hi); the obliged side's choice
    -> (lo, lo); an average depth bounds no single point -> (0, none); undisclosed -> (0, none).

    >>> from truceline.basics.quantity import parse_distance
    >>> depth_of(parse_distance("3 to 4 mi")).far
    Limit(lo=4828.032, hi=6437.376)
    """
    if isinstance(away, Distance):
        return Depth(Limit(0.0, 0.0), Limit(away.lo, away.hi), _open(away))
    if away.from_ is None:
        near = Limit(0.0, 0.0)
    elif isinstance(away.from_, Distance):
        near = Limit(away.from_.lo, away.from_.hi)
    else:
        near = Limit(-math.inf, -math.inf)
    return Depth(near, _far(away.to, away.how), _open(away.to))


def _far(to: Distance, how: str | None) -> Limit:
    if how in ("average", "undisclosed"):
        return Limit(0.0, math.inf)
    return Limit(to.lo, to.lo) if how == "choice" else Limit(to.lo, to.hi)


def _open(distance: Distance) -> str:
    """Say why a position inside the open part cannot be decided."""
    return {"undisclosed": "distance_undisclosed", "formula": "not_judged_yet"}.get(distance.form, "term_too_vague")


def _named(name: str, ground: Ground) -> Where:
    if name in ground.text.zones:
        return compile_where(ground.text.zones[name], ground)
    if name in ground.text.areas:
        return _area(name, ground, contested=False)
    return Anywhere() if name in ANYWHERE else Nowhere("area_undefined")


def _area(name: str, ground: Ground, *, contested: bool) -> Where:
    if name not in ground.text.areas:
        return Nowhere("area_undefined")
    return InArea(ground.book.areas.index(name), contested)


def _places(place: written.Places, ground: Ground) -> Where:
    sure = tuple(_area(name, ground, contested=False) for name in place.places)
    unsure = tuple(_area(name, ground, contested=True) for name in place.unsure)
    return Any_(sure + unsure)


def _bands(band: written.Band, ground: Ground) -> Where:
    parts = tuple(_band(name, band, ground) for name in ground.line_names(band.line))
    return _one(parts)


def _one(parts: tuple[Where, ...]) -> Where:
    """Take the only part; several are alternatives, and none at all is a line that nobody has drawn."""
    if not parts:
        return Nowhere("line_undisclosed")
    return parts[0] if len(parts) == 1 else OneOf(parts)


def _band(line: str, band: written.Band, ground: Ground) -> Band:
    sectors = _sectors(band.sectors or ())
    depth = depth_of(band.away) if band.away is not None else _hull(sectors)
    ends = None if band.ends is None else band.ends == "round"
    return Band(ground.book.lines.index(line), depth, sectors, band.both_sides, ends)


def _sectors(written_sectors: tuple[written.Sector, ...]) -> tuple[SectorDepth, ...]:
    """Order the sectors by station; a stretch that none of them covers has no band at all."""
    stretches = sorted((_lo(sector.from_), _hi(sector.until), number) for number, sector in enumerate(written_sectors))
    covered: list[SectorDepth] = []
    reached = 0.0
    for begin, end, number in stretches:
        if begin > reached:
            covered.append(SectorDepth(reached, begin, NO_BAND))
        covered.append(SectorDepth(begin, end, depth_of(written_sectors[number].away)))
        reached = max(reached, end)
    if covered and reached < math.inf:
        covered.append(SectorDepth(reached, math.inf, NO_BAND))
    return tuple(covered)


def _lo(station: Distance | None) -> float:
    return 0.0 if station is None else station.lo


def _hi(station: Distance | None) -> float:
    return math.inf if station is None else station.hi


def _hull(sectors: tuple[SectorDepth, ...]) -> Depth:
    """Bound all sectors together, for a drawing or a report without a station."""
    fars = [sector.depth.far for sector in sectors if sector.depth is not NO_BAND] or [Limit(0.0, math.inf)]
    return Depth(Limit(0.0, 0.0), Limit(min(far.lo for far in fars), max(far.hi for far in fars)))


def _between(place: written.Between, ground: Ground) -> Where:
    first, second = (ground.line_names(name) for name in place.between)
    pairs = tuple(
        Between(ground.book.lines.index(one), ground.book.lines.index(other)) for one in first for other in second
    )
    return _one(pairs)


def _corridor(place: written.Along, ground: Ground) -> Where:
    """Half the width lies on either side; the width itself is never taken for a depth."""
    width = place.width
    far = Limit(0.0, math.inf) if width is None else Limit(width.lo / 2, width.hi / 2)
    reason = "distance_undisclosed" if width is None else _open(width)
    depth = Depth(Limit(0.0, 0.0), far, reason)
    parts = tuple(
        Band(ground.book.lines.index(name), depth, (), both_sides=True, round_ends=False)
        for name in ground.line_names(place.along)
    )
    return _one(parts)


def _any(place: written.AnyOf, ground: Ground) -> Where:
    return Any_(tuple(compile_where(part, ground) for part in place.any))


def _all(place: written.AllOf, ground: Ground) -> Where:
    return All(tuple(compile_where(part, ground) for part in place.all))


def _except(place: written.ExceptFor, ground: Ground) -> Where:
    return Except(compile_where(place.of, ground), compile_where(place.but_not, ground))


_COMPILERS: Mapping[type, Callable[..., Where]] = {
    written.Band: _bands, written.Places: _places, written.Between: _between, written.Along: _corridor,
    written.AnyOf: _any, written.AllOf: _all, written.ExceptFor: _except,
}  # fmt: skip
