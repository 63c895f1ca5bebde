"""GEO-3 line-date: the line moves, or the sides have two lines, and nobody says which course holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from truceline.terms.agreement import Agreement
from truceline.terms.lint.entries import names_in
from truceline.terms.lint.phrases import listed, titled
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document, Line

__all__ = ["RULE"]

_MOVES = re.compile(
    r"contact line|line of (?:actual )?(?:contact|control|confrontation)|front ?line|forward line|"
    r"(?:current|actual) (?:line|positions)",
    re.IGNORECASE,
)
_DATED = re.compile(r"[0-9]{4}")
_FIX = "date the line: 'versions: [{from: 2031-03-01, geometry: {file: lines.geojson, id: ...}}]'"


def _find(agreement: Agreement) -> Iterable[Remark]:
    return in_the_text(lambda text: (*_moving(text), *_two_lines(text, agreement)))(agreement)


def _moving(text: Document) -> Iterator[Remark]:
    for name, line in text.lines.items():
        if _is_moving(line) and not line.versions:
            yield Remark(
                f"lines.{name}", f"{titled(name, line.title)} moves, and nothing says as of which day it is meant", _FIX
            )


def _is_moving(line: Line) -> bool:
    named = bool(_MOVES.search(line.title) and not _DATED.search(line.title))
    return named if line.moving is None else line.moving


def _two_lines(text: Document, agreement: Agreement) -> Iterator[Remark]:
    """Find sides that are measured from lines of their own, of which not all are drawn."""
    lines = tuple(dict.fromkeys(line for side in text.sides.values() for line in names_in(side.line)))
    drawn = {path.partition("@")[0] for path in agreement.shapes}  # lines.NAME, or lines.NAME@DAY of a dated course
    undrawn = [line for line in lines if f"lines.{line}" not in drawn]
    if len(lines) > 1 and undrawn:
        is_not = "are" if len(undrawn) > 1 else "is"
        what = f"the sides are measured from {listed(lines)}, of which {listed(undrawn)} {is_not} on no map"
        yield Remark("sides", what, "draw every line on one map that all sides hold, with the gap between them")


RULE = Rule(
    "GEO-3",
    "line-date",
    "error",
    "practice: one side measured from the line of a day, the other from where its troops stood",
    "a line that moves has no date, or the sides have two lines of which not all are drawn",
    _find,
    why=(
        "A line of contact is where the troops are, and they move. Measured from today's line a position that "
        "was lawful yesterday is a breach, and whoever advances carries the forbidden zone with him."
    ),
    mend=(
        "Date the line: `versions: [{from: 2031-03-01, geometry: {file: lines.geojson, id: contact}}]`, or "
        "its day at the least."
    ),
)
