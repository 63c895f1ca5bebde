"""GEO-8 measure-rule: how a place beyond the end of the line is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from truceline.terms.agreement import Agreement
from truceline.terms.courses import courses_of
from truceline.terms.lint.depths import bands
from truceline.terms.lint.entries import names_in
from truceline.terms.lint.phrases import titled
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Line
from truceline.terms.shapes import AreaShape, LineShape
from truceline.terms.where import Band

__all__ = ["RULE"]

Shapes = Mapping[str, LineShape | AreaShape]

_FIX = "agree on it and write 'ends: round' (measured to the end point) or 'ends: flat' (the clause stops abeam of it)"


def _find(agreement: Agreement) -> Iterable[Remark]:
    return in_every_text(lambda text: _open_ends(text, agreement.shapes))(agreement)


def _open_ends(text: Document, shapes: Shapes) -> Iterator[Remark]:
    """Go through the lines that have a course, and ends; a line without a course is GEO-2's matter."""
    unsaid = [band for _, band in bands(text) if isinstance(band, Band) and band.ends is None]
    for name in dict.fromkeys(line for band in unsaid for line in _lines(band, text)):
        line = text.lines.get(name)
        if line and any(_has_ends(shapes.get(f"lines.{course}")) for course in _courses(name, line, text)):
            what = "nothing says whether the bands along it go round its ends"
            yield Remark(f"lines.{name}", f"{titled(name, line.title)}: {what}", _FIX)


def _lines(band: Band, text: Document) -> tuple[str, ...]:
    if band.line == "side.line":
        return tuple(line for side in text.sides.values() for line in names_in(side.line))
    return names_in(band.line)


def _courses(name: str, line: Line, text: Document) -> Iterator[str]:
    """Name every course that the line may have: its own, those since a day, and those of the lines that it may be."""
    for one in line.one_of or (name,):
        yield from (course.name for course in courses_of(one, text.lines[one]))


def _has_ends(shape: LineShape | AreaShape | None) -> bool:
    """Say whether the course is known and is not a ring."""
    return isinstance(shape, LineShape) and not all(np.array_equal(part[0], part[-1]) for part in shape.parts)


RULE = Rule(
    "GEO-8",
    "measure-rule",
    "warning",
    "Haysom and Hottinger: no room for ambiguity in lines and zones",
    "nothing says how a place beyond the end of the line is measured",
    _find,
    why=(
        "Beyond the last point of a line there are two honest ways to measure: to that point, or not at all. "
        "They differ for every place beyond the end and within the depth. Where the text does not choose, a "
        "report there is *indeterminate*, with the reason `ends_not_stated` (see *Space* in the "
        "[conventions](../conventions.md))."
    ),
    mend="`ends: round`: the band goes round the end of the line; distance is measured to the end point.",
)
