"""The courses of a line as lines of their own: its own course, and each that it has from a date on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from truceline.basics.time import Moment
from truceline.terms.model import Document, Line, Version

__all__ = ["Charted", "begin_of", "course_name", "courses_in", "courses_of"]


class Charted(NamedTuple):
    """One course: its name, the line as it runs then, and where it is written below the line (empty: itself)."""

    name: str
    line: Line
    at: str = ""


def begin_of(version: Version | Moment) -> Moment:
    """Give the moment from which a version holds."""
    return version.from_ if isinstance(version, Version) else version


def course_name(line: str, version: Version | Moment) -> str:
    """Name the course that a line has from a date on.

    >>> from truceline.basics.time import parse_moment
    >>> course_name("front", parse_moment("2031-05-02"))
    'front@2031-05-02'
    """
    return f"{line}@{begin_of(version)}"


def courses_of(name: str, line: Line) -> Iterator[Charted]:
    """List the courses of a line: its own one first, then those of its versions; a mere date is not disclosed.

    >>> front = Line.model_validate({"title": "the front", "plus": "north", "versions": ["2031-05-02"]})
    >>> [(one.name, one.line.title, one.at) for one in courses_of("front", front)]
    [('front', 'the front', ''), ('front@2031-05-02', 'the front, course of 2031-05-02', 'versions.0')]
    """
    yield Charted(name, line)
    for index, version in enumerate(line.versions or ()):
        dated = {
            "title": f"{line.title}, course of {begin_of(version)}",
            "geometry": version.geometry if isinstance(version, Version) else "undisclosed",
            "source": (version.source if isinstance(version, Version) else None) or line.source,
            **dict.fromkeys(("versions", "moving", "one_of", "replaces", "places")),
        }
        yield Charted(course_name(name, version), line.model_copy(update=dated), f"versions.{index}")


def courses_in(text: Document) -> Iterator[tuple[str, Charted]]:
    """List the courses of all lines of a text, each with the name of its line."""
    yield from ((name, course) for name, line in text.lines.items() for course in courses_of(name, line))
