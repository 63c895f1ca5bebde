"""A band along a line, judged: offset intervals against a depth, by sector, up to the ends or round them."""

from __future__ import annotations

import numpy as np

from truceline.basics.truth import all_of
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.eras import agreed, held_then, is_dated
from truceline.judge.limits import SAME, Limits, held_against, limits_at, limits_of
from truceline.judge.located import Gaps, Offsets, Places
from truceline.judge.reasons import bit
from truceline.plan.tables import Band, Course, Depth, Gap

__all__ = ["SAME", "gaps_between", "judge_band"]


def judge_band(where: Band, places: Places) -> Answer:
    """Say for every report whether it lies in a band along a line; see `places.judge_where`."""
    offsets = places.lines[where.line]
    if offsets is None:
        return Answer.constant(len(places), 0, "line_undisclosed", where.line)
    by_depth = _by_sector(where, offsets, places) if where.sectors else _at_depth(where.depth, where, offsets, places)
    return _with_ends(where, offsets, by_depth)


def _with_ends(where: Band, offsets: Offsets, round_band: Answer) -> Answer:
    """Stop the band abeam of the line's ends, or go round them, or leave it open where the text does."""
    if where.round_ends is True:
        return _relabel(round_band, where.line)
    beyond = np.where(offsets.abeam == 0, bit("beyond_line_end"), NO_REASON)
    flat = all_of(round_band.truth, offsets.abeam)
    reasons = round_band.reasons | beyond
    if where.round_ends is False:
        return Answer.of(flat, reasons, where.line)
    agreed_upon = np.where(flat == round_band.truth, flat, np.int8(0))
    open_ends = np.where(flat != round_band.truth, bit("ends_not_stated"), NO_REASON)
    return Answer.of(agreed_upon, round_band.reasons | open_ends, where.line)


def _relabel(answer: Answer, line: int) -> Answer:
    return Answer(answer.truth, answer.reasons, np.full(len(answer.truth), line, dtype=np.int16))


def _by_sector(where: Band, offsets: Offsets, places: Places) -> Answer:
    """Ask every sector that the report may belong to; where they differ, the sector is the reason."""
    n = len(offsets.low)
    lowest, highest = np.ones(n, dtype=np.int8), np.full(n, -1, dtype=np.int8)
    reasons = np.zeros(n, dtype=np.uint64)
    for sector in where.sectors:
        near = offsets.sectors[sector.begin, sector.end]
        answer = _at_depth(sector.depth, where, offsets, places)
        lowest = np.where(near, np.minimum(lowest, answer.truth), lowest)
        highest = np.where(near, np.maximum(highest, answer.truth), highest)
        reasons |= np.where(near, answer.reasons, NO_REASON)
    reasons |= np.where((lowest == -1) & (highest == 1), bit("sector_unclear"), NO_REASON)
    return Answer.of(np.where(lowest == highest, lowest, np.int8(0)), reasons)


def _at_depth(depth: Depth, where: Band, offsets: Offsets, places: Places) -> Answer:
    """Hold offset intervals against a depth; one that follows a gap must agree for every course of the other line."""
    if depth.gap is None:
        return _within(limits_of(depth), None, where, offsets)
    courses = depth.gap.to
    answers = [_facing(course, depth, depth.gap, where, places) for course in courses]
    dated = any(is_dated((course.begin, course.end)) for course in courses)
    meant = held_then([(course.begin, course.end) for course in courses], places.times, len(places))
    return agreed(answers, meant, "course_unclear" if dated else "line_not_stated")


def _facing(course: Course, depth: Depth, gap: Gap, where: Band, places: Places) -> Answer:
    """Hold offsets against a depth that follows the gap to one course of the other line."""
    offsets, gaps = places.lines[where.line], gaps_between(where.line, course.line, places)
    if offsets is None or gaps is None:
        return Answer.constant(len(places), 0, course.reason)
    wide = limits_at(depth, gap, gaps, error=gaps.uncertainty)
    return _within(limits_at(depth, gap, gaps), wide, where, offsets)


def gaps_between(line: int, other: int, places: Places) -> Gaps | None:
    """Give the gap from one line to another where each report lies; of a line to itself there is none: 0 m."""
    if line == other:
        nothing = np.zeros(len(places))
        return Gaps(nothing, nothing, 0.0)
    return places.gaps.get((line, other))


def _within(limits: Limits, wide: Limits | None, where: Band, offsets: Offsets) -> Answer:
    """Hold offset intervals against limits on the plus side, or on both."""
    error = offsets.uncertainty
    if where.both_sides:
        return held_against(limits, *offsets.distances, error, least=0.0, wide=wide)
    # Where the side is unknown they are distances: none is below zero, however uncertain the line.
    least = np.where(offsets.either, 0.0, -np.inf)
    plus = held_against(limits, offsets.low, offsets.high, error, least=least, wide=wide)
    if offsets.sided and not offsets.either.any():
        return plus
    minus = held_against(limits, -offsets.high, -offsets.low, error, most=-least, wide=wide)
    # Beyond an end there are no sides: whether the band goes round it is asked in `_with_ends`.
    # Ground that reaches across the line is another matter: there the side decides, and nobody knows it.
    doubt = (offsets.either | (not offsets.sided)) & ((offsets.abeam != -1) | np.less(limits.near_lo, 0.0))
    differ = doubt & (plus.truth != minus.truth)
    why = bit("beyond_line_end") if offsets.sided else bit("side_not_stated")
    truth = np.where(differ, np.int8(0), plus.truth)
    masks = plus.reasons | np.where(doubt, minus.reasons, NO_REASON) | np.where(differ, why, NO_REASON)
    return Answer.of(truth, masks)
