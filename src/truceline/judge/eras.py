"""Which of several courses is meant: those that may have held at the time of a report must agree on its place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.basics.truth import Truths, all_of, negate
from truceline.judge.answer import NO_REASON, Answer, kept
from truceline.judge.located import Bools, Times
from truceline.judge.reasons import bit

__all__ = ["agreed", "held_then", "is_dated"]

Period = tuple[Span, Span]
"""From an instant in the one span until one in the other."""


def is_dated(period: Period) -> bool:
    """Say whether a period has a beginning or an end at all."""
    return period[0].end_us > NEVER_BEFORE or period[1].start_us < FOREVER


def held_then(periods: Sequence[Period], times: Times | None, n: int) -> tuple[Bools, ...]:
    """Say of each period which of n reports may lie in it.

    A report without a date may lie in any. Where something lasted, it did in all the periods that it reaches into:
    they come into question alike.
    """
    if times is None:
        return tuple(np.ones(n, dtype=np.bool_) for _ in periods)
    return tuple(np.asarray((_within(period, times) != -1) | ~times.dated) for period in periods)


def _within(period: Period, times: Times) -> Truths:
    begin, end = period
    return all_of(_after(times, begin), negate(_after(times, end)))


def _after(times: Times, change: Span) -> Truths:
    """Say whether a report lies at or after an instant that lies in a span; as `when.after`."""
    sure = times.start_us >= change.end_us
    instant = times.end_us == times.start_us
    before = np.where(instant, times.start_us < change.start_us, times.end_us <= change.start_us)
    return sure.astype(np.int8) - before.astype(np.int8)


def agreed(answers: Sequence[Answer], meant: Sequence[Bools], reason: str) -> Answer:
    """Agree where all the answers that are meant do; else leave it open, for their reasons and for `reason`.

    Parameters
    ----------
    answers : sequence of Answer
        Each for n reports.
    meant : sequence of ndarray of bool, shape (n,)
        For which reports each of them comes into question; for none of a report: all of them do.

    Examples
    --------
    >>> one, other = Answer.constant(3, 1), Answer.constant(3, -1)
    >>> before = np.array([True, True, False])
    >>> agreed([one, other], [before, ~before | np.array([False, True, False])], "course_unclear").truth
    array([ 1,  0, -1], dtype=int8)
    """
    none = ~np.logical_or.reduce(list(meant))
    lowest, highest = np.full(none.shape, 1, dtype=np.int8), np.full(none.shape, -1, dtype=np.int8)
    reasons, line = np.zeros(none.shape, dtype=np.uint64), np.full(none.shape, -1, dtype=np.int16)
    for answer, mine in zip(answers, meant, strict=True):
        counts = mine | none
        lowest = np.where(counts, np.minimum(lowest, answer.truth), lowest)
        highest = np.where(counts, np.maximum(highest, answer.truth), highest)
        reasons |= np.where(counts, answer.reasons, NO_REASON)
        line = np.where(counts & (line == -1), answer.line, line)
    truth = np.where(lowest == highest, lowest, np.int8(0)).astype(np.int8)
    reasons |= np.where(lowest != highest, bit(reason), NO_REASON)
    return Answer(truth, kept(truth, reasons), line)
