"""A band along a line, judged: offset intervals against a depth, by sector, up to the ends or round them."""

from __future__ import annotations

import numpy as np

from truceline.basics.truth import Truths, all_of
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.located import Floats, Offsets, Places
from truceline.judge.reasons import bit
from truceline.plan.tables import Band, Depth

__all__ = ["SAME", "judge_band"]

SAME = 1e-3
"""A place nearer to a limit than this [m] is on it: the distance itself is no more exact."""


def judge_band(where: Band, places: Places) -> Answer:
    """Say for every report whether it lies in a band along a line; see `places.judge_where`."""
    offsets = places.lines[where.line]
    if offsets is None:
        return Answer.constant(len(places), 0, "line_undisclosed", where.line)
    if where.sectors:
        round_band = _by_sector(where, offsets)
    else:
        round_band = _at_depth(where.depth, offsets, both_sides=where.both_sides)
    return _with_ends(where, offsets, round_band)


def _with_ends(where: Band, offsets: Offsets, round_band: Answer) -> Answer:
    """Stop the band abeam of the line's ends, or go round them, or leave it open where the text does."""
    if where.round_ends is True:
        return _relabel(round_band, where.line)
    beyond = np.where(offsets.abeam == 0, bit("beyond_line_end"), NO_REASON)
    flat = all_of(round_band.truth, offsets.abeam)
    reasons = round_band.reasons | beyond
    if where.round_ends is False:
        return Answer.of(flat, reasons, where.line)
    agreed = np.where(flat == round_band.truth, flat, np.int8(0))
    open_ends = np.where(flat != round_band.truth, bit("ends_not_stated"), NO_REASON)
    return Answer.of(agreed, round_band.reasons | open_ends, where.line)


def _relabel(answer: Answer, line: int) -> Answer:
    return Answer(answer.truth, answer.reasons, np.full(len(answer.truth), line, dtype=np.int16))


def _by_sector(where: Band, offsets: Offsets) -> Answer:
    """Ask every sector that the report may belong to; where they differ, the sector is the reason."""
    n = len(offsets.low)
    lowest, highest = np.ones(n, dtype=np.int8), np.full(n, -1, dtype=np.int8)
    reasons = np.zeros(n, dtype=np.uint64)
    for sector in where.sectors:
        near = offsets.sectors[sector.begin, sector.end]
        answer = _at_depth(sector.depth, offsets, both_sides=where.both_sides)
        lowest = np.where(near, np.minimum(lowest, answer.truth), lowest)
        highest = np.where(near, np.maximum(highest, answer.truth), highest)
        reasons |= np.where(near, answer.reasons, NO_REASON)
    reasons |= np.where((lowest == -1) & (highest == 1), bit("sector_unclear"), NO_REASON)
    return Answer.of(np.where(lowest == highest, lowest, np.int8(0)), reasons)


def _at_depth(depth: Depth, offsets: Offsets, *, both_sides: bool) -> Answer:
    """Hold offset intervals against a depth on the plus side, or on both."""
    if both_sides:
        return _interval(depth, *offsets.distances, offsets.uncertainty, least=0.0)
    # Where the side is unknown they are distances: none is below zero, however uncertain the line.
    least = np.where(offsets.either, 0.0, -np.inf)
    plus = _interval(depth, offsets.low, offsets.high, offsets.uncertainty, least=least)
    if offsets.sided and not offsets.either.any():
        return plus
    minus = _interval(depth, -offsets.high, -offsets.low, offsets.uncertainty, most=-least)
    # Beyond an end there are no sides: whether the band goes round it is asked in `_with_ends`.
    # Ground that reaches across the line is another matter: there the side decides, and nobody knows it.
    doubt = (offsets.either | (not offsets.sided)) & ((offsets.abeam != -1) | (depth.near.lo < 0.0))
    differ = doubt & (plus.truth != minus.truth)
    why = bit("beyond_line_end") if offsets.sided else bit("side_not_stated")
    truth = np.where(differ, np.int8(0), plus.truth)
    masks = plus.reasons | np.where(doubt, minus.reasons, NO_REASON) | np.where(differ, why, NO_REASON)
    return Answer.of(truth, masks)


def _interval(
    depth: Depth, low: Floats, high: Floats, uncertainty: float, *, least: Floats | float = -np.inf,
    most: Floats | float = np.inf,
) -> Answer:  # fmt: skip
    """Hold [low, high] against [near, far): exactly on the far limit is allowed, so not inside.

    The error of the line widens the interval on both sides, but not below `least` nor above `most`.
    """
    truth = _truth(depth, np.maximum(low - uncertainty, least), np.minimum(high + uncertainty, most))
    unknown = truth == 0
    if not unknown.any():
        return Answer.of(truth)
    near, far = depth.near, depth.far
    sharp = _truth(depth, low, high)
    # What would decide it? Another course of the line, one agreed distance, or a more exact place.
    text = (low >= near.lo) & (high < far.hi) | (high < near.hi) | (low >= far.lo)
    inmost = np.maximum(low, near.hi)
    place = (low < near.lo) | (high >= far.hi) | ((inmost <= high) & (inmost < far.lo))
    vague = text & ((far.hi > far.lo) or (near.hi > near.lo))
    masks = np.where(sharp != 0, bit("line_uncertain"), NO_REASON)
    masks |= np.where((sharp == 0) & vague, bit(depth.reason), NO_REASON)
    masks |= np.where((sharp == 0) & place & (high > low), bit("report_too_coarse"), NO_REASON)
    return Answer.of(truth, masks)


def _truth(depth: Depth, low: Floats, high: Floats) -> Truths:
    near, far = depth.near, depth.far
    inside = (low >= near.hi) & (high < far.lo - SAME)
    outside = (high < near.lo) | (low >= far.hi - SAME)
    return inside.astype(np.int8) - outside.astype(np.int8)
