"""A truth that changes with time, asked over the time of reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.evidence.batch import Batch
from truceline.plan.tables import Rule, When
from truceline.plan.timeline import Timeline

__all__ = ["Seen", "possible_part", "seen", "witnessed"]

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Seen:
    """Which truths a timeline has within the time of n reports; all false where there is no such time."""

    true: Flags
    unknown: Flags
    false: Flags

    @property
    def throughout(self) -> NDArray[np.int8]:
        """Give the truth that holds all the time; 0 where it changes or is unknown."""
        truth = np.where(self.true & ~self.unknown & ~self.false, np.int8(1), np.int8(0))
        return np.where(self.false & ~self.unknown & ~self.true, np.int8(-1), truth)


def possible_part(when: When, batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the first and the last instant of each report at which a rule may be in force; none where last < first."""
    instant = batch.end_us == batch.start_us
    first = np.maximum(batch.start_us, when.begin.start_us)
    last = np.minimum(np.where(instant, batch.end_us, batch.end_us - 1), when.end.end_us - 1)
    return first, last


def seen(line: Timeline, first: NDArray[np.int64], last: NDArray[np.int64]) -> Seen:
    """Find the truths of a timeline from a first to a last instant, both included."""
    found = {value: np.zeros(len(first), dtype=np.bool_) for value in (1, 0, -1)}
    for begin, end, value in line.stretches:
        found[value] |= (first <= last) & (first < end) & (last >= begin)
    return Seen(found[1], found[0], found[-1])


def witnessed(rule: Rule, batch: Batch) -> Flags:
    """Find reports of what lasted, at some instant of which the rule surely held.

    At that instant it is surely in force, its condition is surely met, and no exception for a time may count.
    """
    first, last = batch.start_us, batch.end_us - 1
    held = np.zeros(len(batch), dtype=np.bool_)
    bounded = [waiver.during for waiver in rule.waivers if waiver.during.edges]
    surely = (rule.when.begin.end_us, rule.when.end.start_us)
    for begin, end, value in rule.condition.stretches:
        if value == 1:
            low, high = max(begin, surely[0]), min(end, surely[1]) - 1
            held |= _free_instant(np.maximum(first, low), np.minimum(last, high), bounded)
    return held & batch.lasting & batch.dated


def _free_instant(first: NDArray[np.int64], last: NDArray[np.int64], lines: list[Timeline]) -> Flags:
    """Say whether some instant from first to last is one at which none of some truths may hold."""
    if not lines:
        return first <= last
    edges = sorted({edge for line in lines for edge in line.edges})
    free = np.zeros(len(first), dtype=np.bool_)
    for begin, end in zip((None, *edges), (*edges, None), strict=True):
        at = edges[0] - 1 if begin is None else begin
        if all(line.at(at) == -1 for line in lines):
            low = first if begin is None else np.maximum(first, begin)
            high = last if end is None else np.minimum(last, end - 1)
            free |= low <= high
    return free
