"""Lines, compiled: every course that one of some lines may have, by time, by station, or as one of several."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span
from truceline.plan.anchored import span_of
from truceline.plan.codebook import Codebook
from truceline.plan.depths import NO_BAND
from truceline.plan.tables import Band, Course, Dated, Era, Nowhere, OneOf, Replaced, Stretch, Where
from truceline.plan.walk import parts_of
from truceline.terms.base import names_in
from truceline.terms.courses import begin_of, course_name
from truceline.terms.model import Document, Line, Shape
from truceline.terms.where import Replaces

__all__ = ["Ground", "Make", "Station", "along", "courses_to", "one_of", "stations_of"]

Make = Callable[[int], Where]
"""Gives the ground along one charted course, by the id of the course."""


class Station(NamedTuple):
    """A station known between two bounds, in metres."""

    lo: float
    hi: float


ALWAYS, NEVER = Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the words of a zone refer to: the document, the codebook, and the row of `sides` if any.

    `newest` : of a line with dated courses the newest is meant, whenever a report lies.
    """

    text: Document
    book: Codebook
    side: str | None = None
    newest: bool = False

    def line_names(self, line: str | tuple[str, ...]) -> tuple[str, ...]:
        """Resolve ``side.line``, and a line that is one of several, to candidate lines."""
        candidates = [name for one in names_in(line) for name in self._candidates(one)]
        return tuple(dict.fromkeys(candidates))

    def other_lines(self) -> tuple[str, ...]:
        """Name the lines of the other sides: those of the rows of `sides` but this one."""
        rows = [row for name, row in self.text.sides.items() if name != self.side]
        return tuple(dict.fromkeys(name for row in rows for name in names_in(row.line))) if self.side else ()

    def _candidates(self, name: str) -> tuple[str, ...]:
        if name == "side.line":
            return self.line_names(self.text.sides[self.side].line) if self.side is not None else ()
        entry = self.text.lines.get(name)
        return self.line_names(entry.one_of) if entry and entry.one_of else (name,)


def along(line: str | tuple[str, ...], ground: Ground, make: Make, version: str | None = None) -> Where:
    """Compile a ground along a line: its course at the time of the report, or that of a `version`.

    Several lines are alternatives; but one that replaces a part of another one among them rules there.
    """
    names = ground.line_names(line)
    rulers = {name: _rulers(name, names, ground.text) for name in names}
    ruling = {ruler for found in rulers.values() for ruler, _ in found}
    return one_of(tuple(
        _dated(name, ground, _replaced(rulers[name], ground, make, version), version)
        for name in names if name not in ruling
    ))  # fmt: skip


def one_of(parts: tuple[Where, ...]) -> Where:
    """Take the only part; several are alternatives, and none at all is a line that nobody has drawn."""
    if not parts:
        return Nowhere("line_undisclosed")
    return parts[0] if len(parts) == 1 else OneOf(parts)


def courses_to(line: str | tuple[str, ...], ground: Ground) -> tuple[Course, ...]:
    """List the courses that a line may have, each with the time in which it has it."""
    found = along(line, ground, lambda course: Band(course, NO_BAND, (), both_sides=True, round_ends=None))
    return tuple(dict.fromkeys(_flat(found)))


def _flat(where: Where) -> Iterator[Course]:
    if isinstance(where, Band):
        yield Course(where.line, ALWAYS, NEVER)
    elif isinstance(where, Nowhere):
        yield Course(-1, ALWAYS, NEVER, where.reason)
    elif isinstance(where, Dated):
        for part in where.parts:
            yield from (replace(course, begin=part.begin, end=part.end) for course in _flat(part.where))
    else:
        for inner in parts_of(where):
            yield from _flat(inner)


def _dated(name: str, ground: Ground, make: Make, version: str | None) -> Where:
    """Compile a ground along one line: whatever moves and has no dated course cannot be measured from."""
    if name not in ground.text.lines:
        return Nowhere("line_undisclosed")  # the course of another agreement's line is not in this file
    entry = ground.text.lines[name]
    if version is not None:
        return _at_version(name, entry, version, ground, make)
    if entry.versions:
        return _by_time(name, entry, ground, make)
    moves = entry.moving and entry.geometry != "undisclosed"
    return Nowhere("line_moves") if moves else make(ground.book.lines.index(name))


def _at_version(name: str, entry: Line, version: str, ground: Ground, make: Make) -> Where:
    for one in entry.versions or ():
        if str(begin_of(one)) == version:
            return make(ground.book.lines.index(course_name(name, one)))
    return Nowhere("line_undisclosed")  # nobody knew of it yet


def _by_time(name: str, entry: Line, ground: Ground, make: Make) -> Where:
    """Ask each course in its own time: that of the line itself holds until the first date.

    Where a date stands without a course, nobody can tell of which day that of the line itself is.
    """
    dated = [(span_of(begin_of(one), ground.text) or ALWAYS, one) for one in entry.versions or ()]
    dated.sort(key=lambda one: (one[0].start_us, one[0].end_us))  # counted days may stand in another order
    names = (name, *(course_name(name, version) for _, version in dated))
    wheres = [make(ground.book.lines.index(course)) for course in names]
    if isinstance(entry.geometry, Shape) and any(isinstance(version, Moment) for _, version in dated):
        wheres[0] = Nowhere("line_moves")
    if ground.newest:
        return wheres[-1]
    begins = [ALWAYS, *(begin for begin, _ in dated)]
    return Dated(tuple(Era(where, begins[at], _until(begins, at)) for at, where in enumerate(wheres)))


def _until(begins: list[Span], at: int) -> Span:
    """Say when a course ended: when the next one began, which may be any of those that may have begun after it."""
    mine = begins[at]
    later = begins[at + 1 :]
    maybe = [one for one in begins[:at] if one.end_us > mine.start_us]  # its day is so vague that it may be the later
    start = min((max(one.start_us, mine.start_us) for one in (*later, *maybe)), default=NEVER.start_us)
    surely = (one.end_us for one in later if one.start_us >= mine.end_us)
    return Span(start, min(surely, default=NEVER.end_us))


def _rulers(name: str, names: Iterable[str], text: Document) -> list[tuple[str, Replaces]]:
    """List the lines among some that replace a part of one of them."""
    entries = ((other, text.lines[other].replaces) for other in names if other in text.lines)
    return [(other, part) for other, part in entries if part is not None and part.line == name]


def _replaced(rulers: list[tuple[str, Replaces]], ground: Ground, make: Make, version: str | None) -> Make:
    """Let other lines rule the parts of a line that they replace."""
    if not rulers:
        return make

    stretches = sorted((*stations_of(part, ground.text), name) for name, part in rulers)

    def in_parts(course: int) -> Where:
        kept, parts, reached = make(course), list[Stretch](), 0.0
        for begin, end, name in stretches:
            if begin.hi > reached:
                parts.append(Stretch(reached, begin.hi, kept))
            parts.append(Stretch(begin.lo, end.hi, _dated(name, ground, make, version)))
            reached = end.lo
        if reached < math.inf:
            parts.append(Stretch(reached, math.inf, kept))
        return Replaced(course, tuple(parts))

    return in_parts


def stations_of(part: Replaces, text: Document) -> tuple[Station, Station]:
    """Find between which stations of a line another one rules; each lies between two bounds, in metres."""
    if part.from_ is not None:
        end = Station(math.inf, math.inf) if part.until is None else Station(part.until.lo, part.until.hi)
        return Station(part.from_.lo, part.from_.hi), end
    line = text.lines.get(part.line)
    place = (line.places or {}).get(part.sector or "") if line is not None else None
    if place is None:  # where it lies was not known yet: it may be any part of the line
        return Station(0.0, math.inf), Station(0.0, math.inf)
    return Station(place.lo, place.lo), Station(place.hi, place.hi)
