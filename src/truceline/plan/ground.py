"""WHERE, compiled: the words of the zone become bands, areas and their combinations, by id."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from truceline.plan.courses import Ground, along, courses_to
from truceline.plan.depths import ACROSS, belt_of, depth_of, from_area, hull_of, reason_of, sectors_of
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Anywhere,
    Around,
    Band,
    Between,
    Course,
    Depth,
    Except,
    InArea,
    Limit,
    Nowhere,
    Where,
)  # fmt: skip
from truceline.terms import where as written
from truceline.terms.base import names_in
from truceline.terms.model import Provision
from truceline.terms.rims import rim_name, side_of

__all__ = ["ANYWHERE", "Ground", "compile_where", "excepted_ground", "ground_of"]

ANYWHERE = ("anywhere", "everywhere")


def ground_of(provision: Provision, ground: Ground) -> Where:
    """Compile the ground of a provision: its zone, and of that only what lies beyond its baseline."""
    where, beyond = compile_where(provision.where, ground), _beyond(provision, ground)
    if beyond is None:
        return where
    return beyond if isinstance(where, Anywhere) else All((where, beyond))


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


def _beyond(provision: Provision, ground: Ground) -> Where | None:
    """Compile the ground beyond a baseline, as the side sees it whose row this is: across its own line.

    What a change over time is compared with is a number, and no ground.
    """
    baseline = provision.baseline
    if baseline is None or provision.trend is not None:
        return None
    if not isinstance(baseline, Mapping) or "line" not in baseline:
        return Nowhere("area_undefined")
    line, version = str(baseline["line"]), baseline.get("version")
    if line != "side.line" and line not in _own_lines(ground):
        return _without_side(line, version, ground)
    own = "side.line" if line == "side.line" else line
    return along(own, ground, _across, None if version is None else str(version))


def _across(course: int) -> Where:
    return Band(course, ACROSS, (), both_sides=False, round_ends=True)


def _own_lines(ground: Ground) -> tuple[str, ...]:
    return names_in(ground.text.sides[ground.side].line) if ground.side is not None else ()


def _without_side(line: str, version: object, ground: Ground) -> Nowhere:
    """Say what is wanting first: the course of the line, or a side from which it is crossed."""
    courses = [course for name, course in ground.book.courses.items() if name in (line, f"{line}@{version}")]
    hidden = bool(courses) and courses[-1].geometry == "undisclosed"
    return Nowhere("line_undisclosed" if hidden else "side_not_stated")


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


def _around(place: written.Around, ground: Ground) -> Where:
    """Measure each area by itself, from its own boundary."""
    depth = (from_area if place.belt is None else belt_of)(depth_of(place.away))

    def round_it(name: str, *, contested: bool) -> Where:
        if name not in ground.text.areas:
            return Nowhere("area_undefined")
        rim = ground.book.lines.index(rim_name(name, side_of(place)))
        band = Band(rim, depth, (), both_sides=place.belt == "both", round_ends=True)
        return Around(band, ground.book.areas.index(name), contested)

    sure = tuple(round_it(name, contested=False) for name in names_in(place.around))
    parts = sure + tuple(round_it(name, contested=True) for name in place.unsure)
    where = parts[0] if len(parts) == 1 else Any_(parts)
    return _in_air(where) if place.air else where


def _joined(kind: type[Any_ | All], parts: tuple[Where, ...]) -> Where:
    """Join parts; of an empty list nobody can say what ground is meant."""
    return kind(parts) if parts else Nowhere("area_undefined")


def _band(place: written.Band, ground: Ground) -> Where:
    facing = _facing(place, ground)
    sectors = sectors_of(place.sectors or (), facing)
    depth = depth_of(place.away, facing) if place.away is not None else hull_of(sectors)
    ends = None if place.ends is None else place.ends == "round"
    where = along(place.line, ground, lambda course: Band(course, depth, sectors, place.both_sides, ends))
    return _in_air(where) if place.air else where


def _in_air(where: Where) -> Where:
    return All((where, Aloft()))


def _facing(place: written.Band, ground: Ground) -> tuple[Course, ...]:
    """List the courses of the line to which a gap is measured: of the two that are named, the other one."""
    aways = [place.away, *(sector.away for sector in place.sectors or ())]
    named = next((away.gap for away in aways if isinstance(away, written.Away) and away.gap is not None), None)
    if named is None:
        return courses_to(ground.other_lines(), ground)
    own = {*names_in(place.line), *ground.line_names(place.line)}
    return courses_to(named[1] if named[0] in own else named[0], ground)


def _between(place: written.Between, ground: Ground) -> Where:
    first, second = place.between
    return along(first, ground, lambda one: along(second, ground, lambda other: Between(one, other)))


def _corridor(place: written.Along, ground: Ground) -> Where:
    """Half the width lies on either side; the width itself is never taken for a depth."""
    width = place.width
    far = Limit(0.0, math.inf) if width is None else Limit(width.lo / 2, width.hi / 2)
    depth = Depth(Limit(0.0, 0.0), far, "distance_undisclosed" if width is None else reason_of(width))
    where = along(place.along, ground, lambda course: Band(course, depth, (), both_sides=True, round_ends=None))
    return _in_air(where) if place.air else where


def _any(place: written.AnyOf, ground: Ground) -> Where:
    return _joined(Any_, tuple(compile_where(part, ground) for part in place.any))


def _all(place: written.AllOf, ground: Ground) -> Where:
    return _joined(All, tuple(compile_where(part, ground) for part in place.all))


def _except(place: written.ExceptFor, ground: Ground) -> Where:
    return Except(compile_where(place.of, ground), compile_where(place.but_not, ground))


_COMPILERS: Mapping[type, Callable[..., Where]] = {
    written.Band: _band, written.Places: _places, written.Around: _around, written.Between: _between,
    written.Along: _corridor, written.AnyOf: _any, written.AllOf: _all, written.ExceptFor: _except,
}  # fmt: skip
