"""The ground of an agreement told in words: its lines and areas, where their course comes from, and what is wanting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from truceline.engines.told_dates import in_words
from truceline.terms.base import names_in
from truceline.terms.courses import courses_of
from truceline.terms.model import Area, Document, Line, Shape, Slot
from truceline.terms.wording import who_words

__all__ = ["areas", "geometry_words", "lines", "sides"]

_STATUS = {
    "undisclosed": "undisclosed",
    "contested": "contested: the parties hold different courses",
    "annexed": "on an annex that is not in this file",
    "unmarked": "neither marked nor given",
    "public": "public, and not in this file",
}


def lines(text: Document) -> Iterator[dict[str, Any]]:
    """List the lines and their dated courses, each with the state of its geometry."""
    for name, line in text.lines.items():
        yield {
            "id": name, "title": line.title, "plus": line.plus,
            "one_of": [_titled(one, text) for one in line.one_of or ()],
            "uncertainty": str(line.uncertainty) if line.uncertainty else None, "moving": bool(line.moving),
            "note": line.note, "courses": list(_courses(name, line)),
        }  # fmt: skip


def _courses(name: str, line: Line) -> Iterator[dict[str, Any]]:
    if line.one_of:
        return
    for course in courses_of(name, line):
        if course.name == name and line.versions and line.geometry == "undisclosed":
            continue
        since = in_words(course.name.partition("@")[2]) or None
        yield {"from": since, "geometry": geometry_words(course.line), "drawn": isinstance(course.line.geometry, Shape),
               **_slot(course.line)}  # fmt: skip


def areas(text: Document) -> Iterator[dict[str, Any]]:
    """List the areas with the state of their geometry."""
    for name, area in text.areas.items():
        yield {"id": name, "title": area.title or name, "geometry": geometry_words(area),
               "drawn": isinstance(area.geometry, Shape), **_slot(area),
               "uncertainty": str(area.uncertainty) if area.uncertainty else None, "note": area.note}  # fmt: skip


def sides(text: Document) -> Iterator[dict[str, Any]]:
    """List whose side is measured from which line, where clauses are read once per side."""
    for name, side in text.sides.items():
        who, along = who_words(side.who, text), " or ".join(_titled(one, text) for one in names_in(side.line))
        yield {"id": name, "who": who, "line": along}


def geometry_words(entry: Line | Area) -> str:
    """Say where the course of a line or the outline of an area comes from.

    >>> geometry_words(Area.model_validate({"geometry": "annexed"}))
    'on an annex that is not in this file'
    """
    geometry = entry.geometry
    if isinstance(geometry, Shape):
        return f"{geometry.file}, feature {geometry.id}" if geometry.file else "coordinates in the terms"
    return f"to be brought: {geometry.words}" if isinstance(geometry, Slot) else _STATUS[geometry]


def _slot(entry: Line | Area) -> dict[str, str | None]:
    return {"slot": entry.geometry.slot if isinstance(entry.geometry, Slot) else None}


def _titled(name: str, text: Document) -> str:
    return text.lines[name].title if name in text.lines else name
