"""Ground that changes, told: which course held when the report says it was, and which line rules beside it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from truceline.basics.time import NEVER_BEFORE, Span
from truceline.engines.figures import Clock, lengths, limit_words, metres, number
from truceline.engines.local import Checked
from truceline.engines.told_dates import in_words
from truceline.judge.bands import gaps_between
from truceline.judge.eras import held_then
from truceline.judge.limits import Limits, limits_at, limits_of
from truceline.plan.tables import Band, Course, Dated, Depth, Gap, Replaced, Where
from truceline.plan.walk import parts_of

__all__ = ["gap_words", "limits_there", "line_words", "meant_now"]


def line_words(line: int, checked: Checked) -> str:
    """Name a line or one of its courses: by title and by id."""
    name = checked.setup.book.lines[line]
    title = checked.setup.book.courses[name].title
    return name if title == name else f"{in_words(title)} [{name}]"


def meant_now(where: Dated | Replaced, checked: Checked) -> Iterator[tuple[Where, str]]:
    """List the grounds that may be meant for the one report of `checked`, each with why."""
    if isinstance(where, Dated):
        periods = [(part.begin, part.end) for part in where.parts]
        held = [bool(mine[0]) for mine in held_then(periods, checked.places.times, len(checked.places))]
        whys = [_period(*period, checked) for period in periods]
    else:
        offsets = checked.places.lines[where.line]
        held = [offsets is None or bool(offsets.sectors[part.begin, part.end][0]) for part in where.parts]
        whys = [_beside(part.begin, part.end, where.line, checked) for part in where.parts]
    there = zip(parts_of(where), whys, held, strict=True)
    yield from ((part, why) for part, why, mine in there if mine or not any(held))


def _period(begin: Span, end: Span, checked: Checked) -> str:
    clock = Clock(checked.setup.agreement.document.agreement.zone)
    words = clock.period(begin, end)
    since = words.removeprefix("from always").lstrip(", ") if begin.end_us == NEVER_BEFORE else words
    return f"this course holds {since}" + ("" if checked.batch.dated[0] else ": the report states no date")


def _beside(begin: float, end: float, line: int, checked: Checked) -> str:
    until = "on" if math.isinf(end) else f"to {metres(end)} m"
    return f"this line rules beside {line_words(line, checked)} from station {metres(begin)} m {until}"


def limits_there(depth: Depth, where: Band, checked: Checked) -> Limits | None:
    """Give the limits of a depth where the one report of `checked` lies; None if nobody knows, or several hold."""
    if depth.gap is None:
        return limits_of(depth)
    seen = [gaps for course in _courses(depth.gap, checked)
            if (gaps := gaps_between(where.line, course.line, checked.places)) is not None]  # fmt: skip
    return limits_at(depth, depth.gap, seen[0]) if len(seen) == 1 else None


def gap_words(gap: Gap, where: Band, checked: Checked) -> Iterator[str]:
    """Tell the gap on which a depth hangs, and what the depth is by it, for each course that may be meant."""
    for course in _courses(gap, checked):
        gaps = gaps_between(where.line, course.line, checked.places)
        if gaps is None:
            other = line_words(course.line, checked) if course.line >= 0 else "the other line"
            yield f"how far {other} lies from here is not known: its course is not"
            continue
        low, high = float(gaps.low[0]), float(gaps.high[0])
        wide = gaps.uncertainty
        error = f", and both lines together are known to ± {number(wide, 0)} m" if wide else ""
        yield f"from here to {line_words(course.line, checked)} the gap is {lengths(low, high)}{error}"
        yield from _worked_out(gap, low, high)


def _worked_out(gap: Gap, low: float, high: float) -> Iterator[str]:
    ends = sorted(max(gap.base + gap.share * width, 0.0) for width in (low, high))
    sign, share = ("-" if gap.share < 0 else "+"), number(abs(gap.share), 3)
    far = limit_words(ends[0]) if ends[1] - ends[0] < 0.5e-3 else f"{limit_words(ends[0])} to {limit_words(ends[1])}"
    yield f"the depth is {number(gap.base, 3)} m {sign} {share} times the gap, never below 0 m: here {far}"


def _courses(gap: Gap, checked: Checked) -> list[Course]:
    periods = [(course.begin, course.end) for course in gap.to]
    held = held_then(periods, checked.places.times, len(checked.places))
    return [course for course, mine in zip(gap.to, held, strict=True) if mine[0]]
