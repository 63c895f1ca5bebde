"""WHEN, judged: the time of a report against the period of a rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from truceline.basics.time import FOREVER
from truceline.basics.truth import Truths, all_of, negate
from truceline.evidence.batch import Batch
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.reasons import bit
from truceline.judge.verdict import Masks
from truceline.plan.tables import When

__all__ = ["after", "judge_when"]


def judge_when(when: When, batch: Batch) -> Answer:
    """Say whether the rule was in force when it happened.

    A report of something that lasted throughout [start, end) is caught by any overlap; of something
    that happened at some instant in it, only if all of [start, end) lies within the period.
    """
    begun = after(batch, when.begin.start_us, when.begin.end_us)
    ended = after(batch, when.end.start_us, when.end.end_us)
    truth = all_of(begun, negate(ended))
    truth = np.where(batch.lasting & (truth == 0) & _surely_overlaps(when, batch), np.int8(1), truth)
    coarse = batch.end_us - batch.start_us > 1
    sharp = (when.begin.start_us == when.begin.end_us) & (when.end.start_us == when.end.end_us)
    masks = _vague(when, batch)
    masks |= np.where(coarse & (sharp | _straddles(when, batch)), bit("report_time_coarse"), NO_REASON)
    begins, anywhen = when.begin.start_us < FOREVER, bit("no_date")
    anywhen |= bit("term_undated") if when.undated else NO_REASON
    anywhen |= bit("condition_unknown") if any(_hangs_open(when)) else NO_REASON
    truth = np.where(batch.dated, truth, np.int8(0 if begins else -1))
    return Answer.of(truth, np.where(batch.dated, masks, anywhen))


def after(batch: Batch, earliest: int, latest: int) -> Truths:
    """Say whether a report lies at or after an instant that lies in [earliest, latest]."""
    sure = batch.start_us >= latest
    instant = batch.end_us == batch.start_us
    before = np.where(instant, batch.start_us < earliest, batch.end_us <= earliest)
    return sure.astype(np.int8) - before.astype(np.int8)


def _surely_overlaps(when: When, batch: Batch) -> NDArray[np.bool_]:
    """Find reports that last into the time in which the rule surely held."""
    return np.maximum(batch.start_us, when.begin.end_us) < np.minimum(batch.end_us, when.end.start_us)


def _vague(when: When, batch: Batch) -> Masks:
    """Tell why it is open, of reports that reach into the time in which the rule may or may not have begun or ended."""
    stated = "term_undated" if when.undated else "term_time_vague"
    masks = np.full(len(batch), NO_REASON)
    for span, hung in zip((when.begin, when.end), when.hung, strict=True):
        if span.end_us > span.start_us:
            touched = (batch.start_us < span.end_us) & (batch.end_us >= span.start_us)
            masks |= np.where(touched, bit("condition_unknown" if hung else stated), NO_REASON)
    return masks


def _hangs_open(when: When) -> list[bool]:
    """Say of the begin and the end whether it hangs on a condition of which nobody can tell whether it was met."""
    spans = zip((when.begin, when.end), when.hung, strict=True)
    return [hung and span.start_us < span.end_us == FOREVER for span, hung in spans]


def _straddles(when: When, batch: Batch) -> NDArray[np.bool_]:
    """Find reports that reach over an edge of the time in which the rule surely or possibly held."""
    marks = np.zeros(len(batch), dtype=np.bool_)
    for edge in (when.begin.start_us, when.begin.end_us, when.end.start_us, when.end.end_us):
        marks |= (batch.start_us < edge) & (batch.end_us > edge)
    return marks
