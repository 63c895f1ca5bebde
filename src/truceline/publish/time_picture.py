"""A picture of an agreement that measures no distances: what holds when, along one axis of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from truceline.basics.time import FOREVER, NEVER_BEFORE
from truceline.engines.told_dates import MONTHS
from truceline.plan.timeline import ALWAYS
from truceline.publish.phases import Phase
from truceline.publish.svg import Sheet, wrapped

__all__ = ["time_picture"]

WIDTH, LEFT, RIGHT, BAR, EDGE = 760.0, 20.0, 736.0, 10.0, 40.0
LEAST = 2.0
_TOLD = 14.0
"""Pixels up to which a day is drawn as one tick."""
_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LABELS = 7
_STEPS = ((1, "d"), (2, "d"), (7, "d"), (14, "d"), (1, "m"), (3, "m"), (6, "m"), (12, "m"), (24, "m"), (60, "m"),
          (120, "m"), (240, "m"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    """The time that is drawn, in microseconds; what lies beyond it fades at the edge."""

    start: int
    end: int

    def at(self, instant: int) -> float:
        if instant >= FOREVER:
            return RIGHT
        if instant <= NEVER_BEFORE:
            return LEFT
        share = (instant - self.start) / (self.end - self.start)
        return LEFT + EDGE + share * (RIGHT - LEFT - 2 * EDGE)


def time_picture(title: str, phases: Sequence[Phase]) -> str:
    """Draw what holds when, as SVG.

    Parameters
    ----------
    title : str
        Of the agreement.
    phases : sequence of Phase
        From `phases_of`.
    """
    sheet, scale = Sheet(WIDTH), _scale(phases)
    sheet.y = 30
    sheet.text(LEFT, sheet.y, "What holds when", "head")
    mark, top = len(sheet.parts), sheet.y + 12
    for phase in phases:
        _phase(phase, scale, sheet)
    sheet.y += 12
    sheet.line((LEFT, sheet.y), (RIGHT, sheet.y), "axis")
    sheet.under(mark, _ruled(scale, (top, sheet.y)))
    for day in _days(scale):
        x = scale.at(_instant(day))
        sheet.line((x, sheet.y), (x, sheet.y + 3), "axis")
        sheet.text(x, sheet.y + 14, _label(day, scale), "small", "middle")
    sheet.y += 20
    _legend(phases, sheet)
    return sheet.written(title, "; ".join(phase.words for phase in phases))


def _scale(phases: Sequence[Phase]) -> _Scale:
    every = [at for phase in phases for span in (phase.begin, phase.end) for at in (span.start_us, span.end_us)]
    every += [at for phase in phases if not phase.is_mark for at in phase.truth.edges]
    known = [at for at in every if NEVER_BEFORE < at < FOREVER] or [0]
    first, last = min(known), max(known)
    return _Scale(first, max(last, first + 30 * _DAY))


def _phase(phase: Phase, scale: _Scale, sheet: Sheet) -> None:
    sheet.y += 8
    for line in wrapped(phase.words, RIGHT - LEFT):
        sheet.y += 15
        sheet.text(LEFT, sheet.y, line)
    sheet.y += 5
    if phase.is_mark:
        _mark(scale.at(phase.begin.start_us), scale.at(phase.begin.end_us), sheet)
    for begin, end, truth in () if phase.is_mark else phase.truth.stretches:
        if truth >= 0:
            _stretch(begin, end, "sure" if truth == 1 else "open", scale, sheet)
    sheet.y += BAR


def _mark(first: float, last: float, sheet: Sheet) -> None:
    """Draw a tick; where it is not told when it happened, two of them and the time between."""
    is_wide = last - first > _TOLD
    if is_wide:
        sheet.box(first, sheet.y + 2, (last - first, BAR - 4), "open")
    for x in (first, last) if is_wide else ((first + last) / 2,):
        sheet.line((x, sheet.y - 1), (x, sheet.y + BAR + 1), "tick")


def _stretch(begin: int, end: int, kind: str, scale: _Scale, sheet: Sheet) -> None:
    """Draw a stretch of time; one without an end fades at the edge of the paper."""
    first, last = scale.at(begin), scale.at(end)
    if end >= FOREVER:
        solid = max(first, RIGHT - EDGE)
        sheet.box(first, sheet.y, (solid - first, BAR), kind)
        sheet.box(solid, sheet.y, (RIGHT - solid, BAR), "past" if kind == "sure" else "fade")
    elif begin <= NEVER_BEFORE:
        sheet.box(LEFT + EDGE, sheet.y, (EDGE, BAR), "past" if kind == "sure" else "fade", mirrored=True)
        sheet.box(LEFT + EDGE, sheet.y, (last - LEFT - EDGE, BAR), kind)
    else:
        sheet.box(first, sheet.y, (max(last - first, LEAST), BAR), kind)


def _ruled(scale: _Scale, between: tuple[float, float]) -> list[str]:
    under = Sheet(WIDTH)
    for day in _days(scale):
        x = scale.at(_instant(day))
        under.line((x, between[0]), (x, between[1]), "grid")
    return under.parts


def _days(scale: _Scale) -> Iterator[date]:
    """Give round days across the scale, at most seven or so of them."""
    first, last = _date(scale.start), _date(scale.end)
    days = (last - first).days
    step, unit = next(
        (one for one in _STEPS if days / (one[0] * (1 if one[1] == "d" else 30.4)) <= _LABELS), _STEPS[-1]
    )
    if unit == "d":
        yield from (first + timedelta(days=number * step) for number in range(days // step + 1))
        return
    month = (first.year * 12 + first.month - 1) // step * step
    while month <= last.year * 12 + last.month - 1:
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day <= last:
            yield day
        month += step


def _label(day: date, scale: _Scale) -> str:
    days = (_date(scale.end) - _date(scale.start)).days
    if days > _LABELS * 183:
        return str(day.year)
    month = MONTHS[day.month - 1][:3]
    return f"{month} {day.year}" if days > _LABELS * 14 else f"{day.day} {month} {day.year}"


def _date(instant: int) -> date:
    return (_EPOCH + timedelta(microseconds=instant)).date()


def _instant(day: date) -> int:
    return (day - _EPOCH.date()).days * _DAY


def _legend(phases: Sequence[Phase], sheet: Sheet) -> None:
    signs = [("tick", "a text or a change")] if any(phase.is_mark for phase in phases) else []
    if any(not phase.is_mark for phase in phases):
        by = "the text, or a condition," if any(phase.condition != ALWAYS for phase in phases) else "the text"
        signs += [("sure", "surely holds"), ("open", f"may hold: {by} leaves it open")]
    sheet.y += 22
    sheet.legend(LEFT, signs)
    sheet.y += 14
