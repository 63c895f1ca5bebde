"""An interval of offsets against a depth: surely within, surely outside, and what would decide it if neither."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from truceline.basics.truth import Truths
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.located import Bools, Floats, Gaps
from truceline.judge.reasons import bit
from truceline.plan.tables import Depth, Gap

__all__ = ["SAME", "Limits", "held_against", "limits_at", "limits_of"]

SAME = 1e-3
"""A place nearer to a limit than this [m] is on it: the distance itself is no more exact."""

Bound = Floats | float


@dataclass(frozen=True, slots=True)
class Limits:
    """A depth in numbers, for all reports alike or for each of n: surely from `near_hi` to below `far_lo`, metres.

    Possibly it reaches from `near_lo` to below `far_hi`; `reason` says why that is open.
    """

    near_lo: Bound
    near_hi: Bound
    far_lo: Bound
    far_hi: Bound
    reason: str

    @property
    def ends(self) -> tuple[Bound, Bound, Bound, Bound]:
        """All four limits, from the nearest to the farthest."""
        return self.near_lo, self.near_hi, self.far_lo, self.far_hi

    @property
    def open(self) -> Bools:
        """Whether the words leave some of it open."""
        return np.asarray(np.greater(self.far_hi, self.far_lo) | np.greater(self.near_hi, self.near_lo))


def limits_of(depth: Depth) -> Limits:
    """Take the limits that a depth has everywhere."""
    return Limits(depth.near.lo, depth.near.hi, depth.far.lo, depth.far.hi, depth.reason)


def limits_at(depth: Depth, gap: Gap, gaps: Gaps, *, error: float = 0.0) -> Limits:
    """Work out the limits that a depth has for each of n reports, by the gap where it lies.

    `error` : metres by which the gap may be another than that of the drawn lines.

    >>> from truceline.plan.tables import Limit
    >>> depth = Depth(Limit(0.0, 0.0), Limit(0.0, 25_000.0), gap=Gap(25_000.0, -0.5, ()))
    >>> seen = Gaps(np.array([10_000.0]), np.array([12_000.0]), 0.0)
    >>> limits = limits_at(depth, depth.gap, seen)
    >>> limits.far_lo, limits.far_hi
    (array([19000.]), array([20000.]))
    """
    ends = [gap.base + gap.share * width for width in (np.maximum(gaps.low - error, 0.0), gaps.high + error)]
    low, high = np.maximum(np.minimum(*ends), 0.0), np.maximum(np.maximum(*ends), 0.0)
    return Limits(depth.near.lo, depth.near.hi, low, high, depth.reason)


def held_against(
    limits: Limits, low: Floats, high: Floats, uncertainty: float, *, least: Bound = -np.inf, most: Bound = np.inf,
    wide: Limits | None = None,
) -> Answer:  # fmt: skip
    """Hold [low, high] against [near, far): exactly on the far limit is allowed, so not inside.

    The error of the line widens the interval on both sides, but not below `least` nor above `most`; `wide` are the
    limits with the errors of lines in them, where they have any.
    """
    truth = _truth(wide or limits, np.maximum(low - uncertainty, least), np.minimum(high + uncertainty, most))
    unknown = truth == 0
    if not unknown.any():
        return Answer.of(truth)
    near_lo, near_hi, far_lo, far_hi = limits.near_lo, limits.near_hi, limits.far_lo, limits.far_hi
    sharp = _truth(limits, low, high)
    # What would decide it? Another course of the line, one agreed distance, or a more exact place.
    text = (low >= near_lo) & (high < far_hi) | (high < near_hi) | (low >= far_lo)
    inmost = np.maximum(low, near_hi)
    place = (low < near_lo) | (high >= far_hi) | ((inmost <= high) & (inmost < far_lo))
    masks = np.where(sharp != 0, bit("line_uncertain"), NO_REASON)
    masks |= np.where((sharp == 0) & text & limits.open, bit(limits.reason), NO_REASON)
    masks |= np.where((sharp == 0) & place & (high > low), bit("report_too_coarse"), NO_REASON)
    return Answer.of(truth, masks)


def _truth(limits: Limits, low: Floats, high: Floats) -> Truths:
    inside = (low >= limits.near_hi) & (high < limits.far_lo - SAME)
    outside = (high < limits.near_lo) | (low >= limits.far_hi - SAME)
    return inside.astype(np.int8) - outside.astype(np.int8)
