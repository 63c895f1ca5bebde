"""WHERE, compiled: the words of the zone become bands, areas and their combinations, by id."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.basics.quantity import Distance, parse_distance
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
from truceline.terms.base import names_in
from truceline.terms.model import Document, Shape

__all__ = ["Ground", "compile_where", "depth_of", "excepted_ground"]

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
        candidates = [name for one in names_in(line) for name in self._candidates(one)]
        return tuple(dict.fromkeys(candidates))

    def _candidates(self, name: str) -> tuple[str, ...]:
        if name == "side.line":
            return self.line_names(self.text.sides[self.side].line) if self.side is not None else ()
        entry = self.text.lines.get(name)
        return self.line_names(entry.one_of) if entry and entry.one_of else (name,)

    def line(self, name: str) -> int | Nowhere:
        """Give the id of a line, or say why it cannot be measured from.

        The course of another agreement's line is not in this file; of a line that moves, or has several
        courses, one at most is charted.
        """
        if name not in self.text.lines:
            return Nowhere("line_undisclosed")
        entry = self.text.lines[name]
        if isinstance(entry.geometry, Shape) and (entry.versions or entry.moving):
            return Nowhere("not_judged_yet")
        return self.book.lines.index(name)


def compile_where(place: written.Where | None, ground: Ground) -> Where:
    """Compile a zone. No zone at all means anywhere; words without a boundary cannot be located."""
    if place is None:
        return Anywhere()
    return _named(place, ground) if isinstance(place, str) else _COMPILERS[type(place)](place, ground)


def excepted_ground(names: str | tuple[str, ...], ground: Ground) -> Where | None:
    """Compile the zones and areas among the exceptions; None where there are none (actors are excepted in WHO)."""
    known = [name for name in names_in(names) if name in ground.text.areas or name in ground.text.zones]
    parts = tuple(compile_where(name, ground) for name in known)
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Any_(parts)


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
    reason = "distance_undisclosed" if away.how == "undisclosed" else _open(away.to)
    return Depth(near, _far(away), reason)


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
    return _joined(Any_, sure + unsure)


def _joined(kind: type[Any_ | All], parts: tuple[Where, ...]) -> Where:
    """Join parts; of an empty list nobody can say what ground is meant."""
    return kind(parts) if parts else Nowhere("area_undefined")


def _bands(band: written.Band, ground: Ground) -> Where:
    return _one(tuple(_band(name, band, ground) for name in ground.line_names(band.line)))


def _one(parts: tuple[Where, ...]) -> Where:
    """Take the only part; several are alternatives, and none at all is a line that nobody has drawn."""
    if not parts:
        return Nowhere("line_undisclosed")
    return parts[0] if len(parts) == 1 else OneOf(parts)


def _band(name: str, band: written.Band, ground: Ground) -> Where:
    line = ground.line(name)
    if isinstance(line, Nowhere):
        return line
    sectors = _sectors(band.sectors or ())
    depth = depth_of(band.away) if band.away is not None else _hull(sectors)
    ends = None if band.ends is None else band.ends == "round"
    return Band(line, depth, sectors, band.both_sides, ends)


def _sectors(written_sectors: tuple[written.Sector, ...]) -> tuple[SectorDepth, ...]:
    """Order the sectors by station; a stretch that none of them covers has no band at all."""
    stretches = sorted((_lo(sector.from_), _hi(sector.until), number) for number, sector in enumerate(written_sectors))
    covered: list[SectorDepth] = []
    reached = 0.0
    for begin, end, number in stretches:
        if begin > reached:
            covered.append(SectorDepth(reached, begin, NO_BAND))
        covered.append(SectorDepth(begin, end, depth_of(written_sectors[number].away)))
        covered += _open_ends(written_sectors[number])
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


def _hull(sectors: tuple[SectorDepth, ...]) -> Depth:
    """Bound all sectors together, for a drawing or a report without a station."""
    fars = [sector.depth.far for sector in sectors if sector.depth is not NO_BAND] or [Limit(0.0, math.inf)]
    return Depth(Limit(0.0, 0.0), Limit(min(far.lo for far in fars), max(far.hi for far in fars)))


def _between(place: written.Between, ground: Ground) -> Where:
    firsts, seconds = ([ground.line(one) for one in ground.line_names(name)] for name in place.between)
    return _one(tuple(_strip(first, second) for first in firsts for second in seconds))


def _strip(first: int | Nowhere, second: int | Nowhere) -> Where:
    if isinstance(first, Nowhere):
        return first
    return second if isinstance(second, Nowhere) else Between(first, second)


def _corridor(place: written.Along, ground: Ground) -> Where:
    """Half the width lies on either side; the width itself is never taken for a depth."""
    width = place.width
    far = Limit(0.0, math.inf) if width is None else Limit(width.lo / 2, width.hi / 2)
    reason = "distance_undisclosed" if width is None else _open(width)
    depth = Depth(Limit(0.0, 0.0), far, reason)
    lines = [ground.line(name) for name in ground.line_names(place.along)]
    return _one(tuple(
        line if isinstance(line, Nowhere) else Band(line, depth, (), both_sides=True, round_ends=None)
        for line in lines
    ))  # fmt: skip


def _any(place: written.AnyOf, ground: Ground) -> Where:
    return _joined(Any_, tuple(compile_where(part, ground) for part in place.any))


def _all(place: written.AllOf, ground: Ground) -> Where:
    return _joined(All, tuple(compile_where(part, ground) for part in place.all))


def _except(place: written.ExceptFor, ground: Ground) -> Where:
    return Except(compile_where(place.of, ground), compile_where(place.but_not, ground))


_COMPILERS: Mapping[type, Callable[..., Where]] = {
    written.Band: _bands, written.Places: _places, written.Between: _between, written.Along: _corridor,
    written.AnyOf: _any, written.AllOf: _all, written.ExceptFor: _except,
}  # fmt: skip
