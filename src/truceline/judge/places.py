"""WHERE, judged: offset intervals and areas against the ground of a rule, with the reasons.

Three-valued and sound: an answer is 1 or -1 only if it holds for every place at which the report may
lie, for every distance that the words allow and for every course that the line may take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of, any_of, negate
from truceline.judge.reasons import bit
from truceline.judge.verdict import Masks
from truceline.plan.tables import (
    All,
    Any_,
    Anywhere,
    Band,
    Between,
    Depth,
    Except,
    InArea,
    Nowhere,
    OneOf,
    Where,
)  # fmt: skip

__all__ = ["Answer", "Offsets", "Places", "judge_where"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
NO_REASON = np.uint64(0)
SAME = 1e-3
"""A place nearer to a limit than this [m] is on it: the distance itself is no more exact."""


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where n reports lie relative to one line (arrays of shape (n,), metres).

    `low`, `high` bound the signed offset; where `either` is true the side is unknown and they bound
    the distance, so that the truth lies in [low, high] or in [-high, -low]. `abeam`: 1 beside the
    line, -1 beyond an end. `near_sector(begin, end)`: which reports may have their nearest point
    there. `uncertainty`: the error of the line itself. `sided` is false where the text does not
    say which side is meant.
    """

    low: Floats
    high: Floats
    either: Bools
    abeam: Truths
    station_low: Floats
    station_high: Floats
    sectors: Mapping[tuple[float, float], Bools]
    uncertainty: float
    sided: bool = True

    @property
    def distances(self) -> tuple[Floats, Floats]:
        """The nearest and the farthest distance from the line, whatever the side."""
        near = np.maximum(np.maximum(self.low, -self.high), 0.0)
        return near, np.maximum(np.abs(self.low), np.abs(self.high))

    @property
    def told(self) -> tuple[Floats, Floats]:
        """What can be told of the offset: of a line whose side is not stated, the distance alone."""
        return (self.low, self.high) if self.sided else self.distances

    def take(self, rows: NDArray[np.int64]) -> Offsets:
        """Take some reports, in the order given."""
        columns = {name: getattr(self, name)[rows] for name in _COLUMNS}
        sectors = {sector: near[rows] for sector, near in self.sectors.items()}
        return Offsets(**columns, sectors=sectors, uncertainty=self.uncertainty, sided=self.sided)


_COLUMNS = ("low", "high", "either", "abeam", "station_low", "station_high")


@dataclass(frozen=True, slots=True)
class Places:
    """Everything located about n reports: by line id (None: course undisclosed) and by area id.

    `between` holds, for a pair of lines, on which side of each the ground between them lies.
    `unplaced` marks the reports that state no place.
    """

    lines: Mapping[int, Offsets | None]
    areas: Mapping[int, Truths | None]
    between: Mapping[tuple[int, int], tuple[int, int] | None]
    unplaced: Bools

    def __len__(self) -> int:
        """Count the reports."""
        return len(self.unplaced)

    def take(self, rows: NDArray[np.int64]) -> Places:
        """Take some reports, in the order given."""
        lines = {line: None if offsets is None else offsets.take(rows) for line, offsets in self.lines.items()}
        areas = {area: None if inside is None else inside[rows] for area, inside in self.areas.items()}
        return Places(lines, areas, self.between, self.unplaced[rows])


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition for n reports: truth, the reasons where unknown, and the line that was measured (-1 none)."""

    truth: Truths
    reasons: Masks
    line: NDArray[np.int16]

    @classmethod
    def of(cls, truth: Truths, reasons: Masks | np.uint64 = NO_REASON, line: int = -1) -> Answer:
        """Keep reasons only where the truth is unknown."""
        masks = np.where(truth == 0, reasons, NO_REASON)
        return cls(truth, masks, np.full(len(truth), line, dtype=np.int16))

    @classmethod
    def constant(cls, n: int, value: int, reason: str | None = None, line: int = -1) -> Answer:
        """Give the same answer to all n reports."""
        return cls.of(np.full(n, value, dtype=np.int8), bit(reason) if reason else NO_REASON, line)


def judge_where(where: Where, places: Places) -> Answer:
    """Say for every report whether it lies on the ground of a rule.

    Reports without a place are unknown wherever a place matters, with that as the only reason.
    """
    answer = _JUDGES[type(where)](where, places)
    lost = places.unplaced & (answer.truth == 0)
    return Answer(answer.truth, np.where(lost, bit("report_unplaced"), answer.reasons), answer.line)


def _anywhere(_: Anywhere, places: Places) -> Answer:
    return Answer.constant(len(places), 1)


def _nowhere(where: Nowhere, places: Places) -> Answer:
    return Answer.constant(len(places), 0, where.reason)


def _in_area(where: InArea, places: Places) -> Answer:
    inside = places.areas[where.area]
    if inside is None:
        return Answer.constant(len(places), 0, "area_undefined")
    if not where.contested:
        return Answer.of(inside, bit("report_too_coarse"))
    # Inside a contested area nothing is sure; outside it the contest does not matter.
    coarse = np.where(inside == 0, bit("report_too_coarse"), NO_REASON)
    return Answer.of(np.minimum(inside, 0), coarse | bit("area_contested"))


def _band(where: Band, places: Places) -> Answer:
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


def _between(where: Between, places: Places) -> Answer:
    """Lie on the inner side of both lines."""
    facing = places.between.get((where.first, where.second))
    first, second = places.lines[where.first], places.lines[where.second]
    if first is None or second is None:
        return Answer.constant(len(places), 0, "line_undisclosed", where.first)
    if facing is None:
        return Answer.constant(len(places), 0, "area_undefined", where.first)
    sides = [_on_side(offsets, sign) for offsets, sign in ((first, facing[0]), (second, facing[1]))]
    truth = all_of(sides[0].truth, sides[1].truth)
    return Answer.of(truth, sides[0].reasons | sides[1].reasons, where.first)


def _on_side(offsets: Offsets, sign: int) -> Answer:
    low, high = (offsets.low, offsets.high) if sign > 0 else (-offsets.high, -offsets.low)
    wide = offsets.uncertainty
    truth = (low - wide >= 0).astype(np.int8) - (high + wide < 0).astype(np.int8)
    truth = np.where(offsets.either, np.int8(0), truth)
    masks = np.where(offsets.either, bit("beyond_line_end"), bit("report_too_coarse"))
    sharp = (low >= 0) | (high < 0)
    return Answer.of(truth, np.where(~offsets.either & sharp, bit("line_uncertain"), masks))


def _one_of(where: OneOf, places: Places) -> Answer:
    """Agree under every alternative, or leave it open: no speaker says which is meant."""
    answers = [judge_where(part, places) for part in where.parts]
    lowest, highest = all_of(*(a.truth for a in answers)), any_of(*(a.truth for a in answers))
    truth = np.where(lowest == highest, lowest, np.int8(0))
    shared = np.bitwise_or.reduce([a.reasons for a in answers])
    reasons = shared | np.where(lowest != highest, bit("line_not_stated"), NO_REASON)
    return Answer(truth, np.where(truth == 0, reasons, NO_REASON), answers[0].line)


def _any(where: Any_, places: Places) -> Answer:
    return _fold([judge_where(part, places) for part in where.parts], any_of)


def _all(where: All, places: Places) -> Answer:
    return _fold([judge_where(part, places) for part in where.parts], all_of)


def _fold(answers: list[Answer], combine: Callable[..., Truths]) -> Answer:
    truth = combine(*(answer.truth for answer in answers))
    reasons = np.bitwise_or.reduce([answer.reasons for answer in answers])
    line = answers[-1].line
    for answer in reversed(answers[:-1]):  # the first part that gives the answer names the line
        line = np.where(answer.truth == truth, answer.line, line)
    return Answer(truth, np.where(truth == 0, reasons, NO_REASON), line)


def _except(where: Except, places: Places) -> Answer:
    inside, hole = judge_where(where.of, places), judge_where(where.but_not, places)
    outside = Answer(negate(hole.truth), hole.reasons, hole.line)
    return _fold([inside, outside], all_of)


_JUDGES: Mapping[type, Callable[..., Answer]] = {
    Anywhere: _anywhere, Nowhere: _nowhere, InArea: _in_area, Band: _band, Between: _between, OneOf: _one_of,
    Any_: _any, All: _all, Except: _except,
}  # fmt: skip
