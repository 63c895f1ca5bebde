"""GEO-2 line-no-geometry: distances are counted from a line, or from an area, that nobody can draw."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.courses import begin_of
from truceline.terms.lint.phrases import listed, titled
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Area, Document, Line, Shape, Slot, Version
from truceline.terms.rims import rims_in

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
        elif not candidates:
            yield from _without_course(name, line)
    for name in dict.fromkeys(rim.area for rim in rims_in(text)):
        yield from _without_outline(name, text.areas[name])


def _without_course(name: str, line: Line) -> Iterator[Remark]:
    """Tell the slots that wait for a course, and why there is none where nothing is drawn and nothing waits.

    The mere day of a version is no course.
    """
    dated = [(index, one) for index, one in enumerate(line.versions or ()) if isinstance(one, Version)]
    if isinstance(line.geometry, Slot) and not any(isinstance(one.geometry, Shape) for _, one in dated):
        yield _waits(f"lines.{name}", f"{titled(name, line.title)}: these terms wait for its course", line.geometry)
    for index, one in dated:
        if isinstance(one.geometry, Slot):
            what = f"{titled(name, line.title)}: these terms wait for its course of {begin_of(one)}"
            yield _waits(f"lines.{name}.versions.{index}", what, one.geometry)
    if isinstance(line.geometry, str) and not any(isinstance(one.geometry, Shape | Slot) for _, one in dated):
        status, remedy = _STATUS[line.geometry]
        yield Remark(f"lines.{name}", f"{titled(name, line.title)}: {status}", f"{remedy}, {_GEOMETRY}")


def _without_outline(name: str, area: Area) -> Iterator[Remark]:
    """Tell of an area from which distances are measured that its outline is wanting."""
    told = titled(name, area.title)
    if isinstance(area.geometry, Slot):
        yield _waits(f"areas.{name}", f"{told}: these terms wait for its outline", area.geometry)
    elif isinstance(area.geometry, str):
        status, remedy = (words.replace("course", "outline") for words in _STATUS[area.geometry])
        yield Remark(f"areas.{name}", f"{told}: {status}", f"{remedy}, {_GEOMETRY}")


def _waits(path: str, what: str, slot: Slot) -> Remark:
    return Remark(path, f"{what} ({slot.words})", f"bring it: --geometry {slot.slot}=FILE#ID")


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
