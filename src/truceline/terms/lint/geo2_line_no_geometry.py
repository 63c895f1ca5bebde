"""GEO-2 line-no-geometry: distances are counted from a line that nobody can draw."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.phrases import listed, titled
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Line, Shape, Slot, Version

__all__ = ["RULE"]

_STATUS = {
    "undisclosed": ("its course is not public", "publish the map or the coordinates"),
    "contested": ("the parties hold different courses", "agree on one course, on a map or in coordinates"),
    "annexed": ("its course is on an annex that these terms do not hold", "add the coordinates of the annex"),
    "unmarked": ("its course is neither marked nor given here", "survey it and add the coordinates"),
    "public": ("its course is public, but these terms hold no coordinates", "add them"),
}
_GEOMETRY = "as 'geometry: {file: lines.geojson, id: ...}'"


def _find(text: Document) -> Iterator[Remark]:
    for name, line in text.lines.items():
        candidates = line.one_of or ()
        if len(candidates) > 1:
            what = f"{titled(name, line.title)} may be {listed(candidates, 'or')}: nothing says which line is meant"
            yield Remark(f"lines.{name}", what, "have the text say which, or write a reading for each")
        elif not candidates and not _is_drawn(line) and isinstance(line.geometry, Slot):
            what = f"{titled(name, line.title)}: these terms wait for its course ({line.geometry.words})"
            yield Remark(f"lines.{name}", what, f"bring it: --geometry {line.geometry.slot}=FILE#ID")
        elif not candidates and not _is_drawn(line) and isinstance(line.geometry, str):
            status, remedy = _STATUS[line.geometry]
            yield Remark(f"lines.{name}", f"{titled(name, line.title)}: {status}", f"{remedy}, {_GEOMETRY}")


def _is_drawn(line: Line) -> bool:
    """Say whether the line has a course, now or in one of its versions; the mere day of a version is none."""
    courses = [version.geometry for version in line.versions or () if isinstance(version, Version)]
    return any(isinstance(course, Shape) for course in (line.geometry, *courses))


RULE = Rule(
    "GEO-2",
    "line-no-geometry",
    "error",
    "Haysom and Hottinger: geographical markers must be agreed, on maps that all sides hold",
    "a reference line is named, and there are no coordinates and no map",
    in_every_text(_find),
    why=(
        'Every distance starts somewhere. "Five kilometres from the line" is no rule as long as there are two '
        "lines, or one on a map in a safe: the gap between two candidates may be wider than the distance in "
        "dispute. Many quarrels that look like breaches are quarrels about where the line runs."
    ),
    mend=(
        "Put the line into a GeoJSON file beside the terms and name it: `geometry: {file: lines.geojson, id: contact}`."
    ),
)
