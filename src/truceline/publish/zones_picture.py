"""A picture without a map: how far from which line each clause reaches, under the text and under each reading.

To scale along the distance and nothing else. A line stands upright; what surely is meant is solid, what the text
leaves open is hatched, and what was asked and never agreed is a tick. No verdict is drawn, so no colour of one is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.basics.quantity import MILE
from truceline.publish.svg import Sheet, fitted, text_width, wrapped
from truceline.publish.zones import Bar, Panel, Row

__all__ = ["zones_picture"]

WIDTH, LEFT, RIGHT = 760.0, 20.0, 736.0
BAR, FADE, ACROSS, STRIP, ROOM = 10.0, 28.0, 70.0, 180.0, 260.0
LEAST = 1.5
"""Pixels below which a bar would not be seen."""
SPAN = 40.0
"""So many times the shortest distance is drawn; a longer one runs off the paper, and the words say how long it is."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a distance lies: the line at `zero`, so many pixels per metre; none where no distance is told."""

    zero: float
    per_metre: float
    most: float

    @property
    def margin(self) -> float:
        """Where text begins: right of the line, unless that stands far to the right itself."""
        return self.zero + 8 if self.zero <= LEFT + ROOM else LEFT + 10

    def at(self, metres: float) -> float:
        """Give the place of a distance from the line."""
        return self.zero + metres * self.per_metre


def zones_picture(title: str, panels: Sequence[Panel]) -> str:
    """Draw what is measured from which line, as SVG.

    Parameters
    ----------
    title : str
        Of the agreement.
    panels : sequence of Panel
        From `panels_of`; all of them have one scale.
    """
    scale, sheet = _scale(panels), Sheet(WIDTH)
    for panel in panels:
        _panel(panel, scale, sheet)
    _legend(panels, sheet)
    return sheet.written(title, " ".join(_described(panels)))


def _scale(panels: Sequence[Panel]) -> _Scale:
    """Take one scale for all: from the farthest across the lines to the farthest on their plus sides."""
    bars = [(bar, row) for panel in panels for row in panel.rows for bar in row.bars if not bar.strip]
    every = [end for bar, _ in bars for end in _ends(bar) if end > 0]
    most = min(max(every, default=0.0), SPAN * min(every, default=0.0))
    behind = min(max((end for bar, _ in bars if bar.both_sides for end in _ends(bar)), default=0.0), most)
    open_behind = any(
        math.isinf(bar.depth.near.lo) or (bar.both_sides and math.isinf(bar.depth.far.hi)) for bar, _ in bars
    )
    room = RIGHT - LEFT - FADE - (ACROSS if open_behind else 4.0)
    per_metre = room / (most + behind) if most else 0.0
    return _Scale(LEFT + (ACROSS if open_behind else 4.0) + behind * per_metre, per_metre, most)


def _ends(bar: Bar) -> Iterator[float]:
    depth = bar.depth
    limits = (depth.near.lo, depth.near.hi, depth.far.lo, depth.far.hi)
    yield from (end for end in limits if math.isfinite(end))


def _panel(panel: Panel, scale: _Scale, sheet: Sheet) -> None:
    sheet.y += 30
    for line in wrapped(_heading(panel), RIGHT - LEFT, 17):
        sheet.text(LEFT, sheet.y, line, "head")
        sheet.y += 19
    if words := _course_words(panel):
        sheet.text(LEFT, sheet.y - 3, words, "small")
        sheet.y += 14
    mark, top, done = len(sheet.parts), sheet.y - 8, ""
    for row in panel.rows:
        title = "Asked or offered, and never agreed" if row.is_demand else row.title
        if title != done:
            _title(title, scale.margin, sheet)
            done = title
        _row(row, scale, sheet)
    if not panel.is_strip:
        _axis(scale, sheet)
        sheet.under(mark, _ruled(panel, scale, (top, sheet.y - (29 if scale.most else 0))))


def _heading(panel: Panel) -> str:
    if panel.is_strip:
        return f"Between {panel.line} (not to scale)"
    toward = f"toward the {panel.toward}" if panel.toward in _COMPASS else f"plus side: {panel.toward}"
    return f"From {panel.line}" + (f", {toward}" if panel.toward else "")


def _course_words(panel: Panel) -> str:
    """Say how well it is known where a line runs."""
    if not panel.drawn:
        return "Where it runs is not in these terms, or not wholly."
    if panel.error_m >= 1000:
        return f"Where it runs is known to {panel.error_m / 1000:g} km."
    return f"Where it runs is known to {panel.error_m:g} m." if panel.error_m else ""


_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west", "left", "right",
            "outside", "inside")  # fmt: skip


def _title(title: str, margin: float, sheet: Sheet) -> None:
    sheet.y += 8
    for line in wrapped(title, RIGHT - margin, 13):
        sheet.y += 15
        sheet.text(margin, sheet.y, line, "clause")
    sheet.y += 2


def _row(row: Row, scale: _Scale, sheet: Sheet) -> None:
    if row.is_demand:
        for bar in row.bars:
            _demand(f"{row.title}: {bar.words}", bar, scale, sheet)
        return
    who = ", ".join(row.readings) or "as written"
    for bar in row.bars:
        for line in wrapped(f"{who}: {bar.words}", RIGHT - scale.margin):
            sheet.y += 15
            sheet.text(scale.margin, sheet.y, line)
        sheet.y += 5
        _bar(bar, scale, sheet)
        sheet.y += BAR + 3


def _bar(bar: Bar, scale: _Scale, sheet: Sheet) -> None:
    if bar.strip:
        sheet.box(scale.margin, sheet.y, (STRIP, BAR), "sure")
        for x in (scale.margin, scale.margin + STRIP):
            sheet.line((x, sheet.y - 4), (x, sheet.y + BAR + 4), "line")
        return
    near, far = bar.depth.near, bar.depth.far
    sides = (1.0, -1.0) if bar.both_sides else (1.0,)
    for side in sides:
        _stretch(near.hi if near.hi > -math.inf else 0.0, min(far.lo, max(far.hi, 0.0)), side, "sure", scale, sheet)
        _stretch(near.lo if math.isfinite(near.lo) else 0.0, min(near.hi, far.hi), side, "open", scale, sheet)
        if math.isinf(far.hi):
            _endless(max(far.lo, near.hi), side, scale, sheet)
        else:
            _stretch(max(far.lo, near.hi), far.hi, side, "open", scale, sheet)
    if math.isinf(near.lo):
        sheet.box(scale.zero, sheet.y, (scale.zero - LEFT, BAR), "past", mirrored=True)


def _stretch(begin: float, end: float, side: float, kind: str, scale: _Scale, sheet: Sheet) -> None:
    """Draw distances from `begin` to `end` metres on one side of the line."""
    if not (math.isfinite(begin) and math.isfinite(end)) or end <= begin:
        return
    if end > scale.most and begin < scale.most:
        _endless(begin, side, scale, sheet, "past" if kind == "sure" else "fade")
    elif end <= scale.most:
        first, last = sorted((scale.at(side * begin), scale.at(side * end)))
        sheet.box(first, sheet.y, (max(last - first, LEAST), BAR), kind)


def _endless(begin: float, side: float, scale: _Scale, sheet: Sheet, kind: str = "fade") -> None:
    """Draw what has no end, or runs off the paper: fading toward its edge."""
    start = scale.at(side * (begin if math.isfinite(begin) else 0.0))
    wide = RIGHT - start if side > 0 else start - LEFT
    sheet.box(start, sheet.y, (wide, BAR), kind, mirrored=side < 0)


def _demand(words: str, bar: Bar, scale: _Scale, sheet: Sheet) -> None:
    """Draw a tick at what was asked, and the words beside it where there is room."""
    sheet.y += 18
    far, middle = bar.depth.far, sheet.y - 4
    end = scale.at(far.hi) if far.hi <= scale.most else RIGHT
    sheet.line((scale.zero, middle), (end, middle), "asked")
    begin = min(scale.at(far.lo), end)
    if far.lo < far.hi:
        sheet.box(begin, middle - 3, (end - begin, 6), "open" if far.hi <= scale.most else "fade")
    for at in dict.fromkeys(end for end in (far.lo, far.hi) if 0 < end <= scale.most):
        sheet.line((scale.at(at), middle - 6), (scale.at(at), middle + 6), "tick")
    if end + 8 + text_width(words) <= RIGHT:
        sheet.text(end + 8, sheet.y, words)
    elif begin - 10 - text_width(words) >= scale.zero:
        sheet.text(begin - 10, sheet.y, words, anchor="end")
    else:
        for line in wrapped(words, RIGHT - scale.margin):
            sheet.y += 15
            sheet.text(scale.margin, sheet.y, line)


def _axis(scale: _Scale, sheet: Sheet) -> None:
    sheet.y += 12
    if not scale.most:
        return
    sheet.line((LEFT, sheet.y), (RIGHT, sheet.y), "axis")
    for metres, unit, drop in ((1000.0, "km", 13.0), (MILE, "mi", 29.0)):
        marks = list(fitted(scale.most / metres))
        for mark in marks:
            x, foot = scale.at(mark * metres), sheet.y + drop - 13
            sheet.line((x, foot), (x, foot + 3), "axis")
            words = f"{mark:g} {unit}" if mark == marks[-1] else f"{mark:g}"
            sheet.text(x, sheet.y + drop, words, "small", "middle")
    sheet.y += 29


def _ruled(panel: Panel, scale: _Scale, between: tuple[float, float]) -> list[str]:
    """Draw the line upright, its error as a soft edge, and faint marks of kilometres."""
    top, foot = between
    under = Sheet(WIDTH)
    for mark in fitted(scale.most / 1000.0) if scale.most else ():
        under.line((scale.at(mark * 1000.0), top), (scale.at(mark * 1000.0), foot), "grid")
    edge = panel.error_m * scale.per_metre
    if edge >= LEAST:
        left, right = max(scale.zero - edge, LEFT), min(scale.zero + edge, RIGHT)
        under.box(left, top, (right - left, foot - top), "error")
    under.line((scale.zero, top), (scale.zero, foot), "line")
    return under.parts


def _legend(panels: Sequence[Panel], sheet: Sheet) -> None:
    bars = [bar for panel in panels for row in panel.rows for bar in row.bars if not row.is_demand]
    signs = [("sure", "surely meant")] if bars else []
    if any(bar.depth.far.lo != bar.depth.far.hi or bar.depth.near.lo != bar.depth.near.hi for bar in bars):
        signs.append(("open", "may be meant: the text leaves it open"))
    if any(row.is_demand for panel in panels for row in panel.rows):
        signs.append(("tick", "asked or offered, never agreed"))
    sheet.y += 30
    sheet.legend(LEFT, signs)
    sheet.y += 17
    words = "A schematic, to scale along the distance; it is no map and shows no position of anybody."
    sheet.text(LEFT, sheet.y, words, "small")
    sheet.y += 14


def _described(panels: Sequence[Panel]) -> Iterator[str]:
    """Say in words what is drawn."""
    for panel in panels:
        yield f"{_heading(panel)}:"
        for row in panel.rows:
            held = f" ({', '.join(row.readings)})" if row.readings else ""
            what = "asked or offered" if row.is_demand else "as written" if not row.readings else "read"
            yield f"{row.title}{held}, {what}: {'; '.join(bar.words for bar in row.bars)}."
