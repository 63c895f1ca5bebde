"""What is kept of the reports that count for a rule: numbers that add up over batches, in any order.

Memory follows the rules, the months and the records of effort, not the reports: only those about which people
decided something are kept one by one.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from truceline.judge.counts import Sighting

__all__ = ["NOTHING", "Count", "Counted", "Judged", "Seen"]

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Judged:
    """One report about which people decided something: whether it surely counts, and the month in which it lies.

    `shown` : it surely counts, but perhaps for the time. `month` : counted since the year 0, None: it is not known.
    """

    sighting: Sighting
    sure: bool
    shown: bool
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts of the reports that belong to one record of effort, or may.

    `reports` : how many; `own` : how many of them name the record and surely count. `hi` : so many they tell of at
    most, None: no bound. `best` : the largest number among `own`; `other` : among reports of others that surely count
    and may tell of the same stretch. `beside` : how many that name another record may tell of the same stretch.
    """

    reports: int = 0
    own: int = 0
    hi: int | None = 0
    best: Sighting | None = None
    other: Sighting | None = None
    beside: int = 0

    def __add__(self, other: Seen) -> Seen:
        """Join what was seen in two batches."""
        hi = None if self.hi is None or other.hi is None else self.hi + other.hi
        best, rest = _larger(self.best, other.best), _larger(self.other, other.other)
        beside = self.beside + other.beside
        return Seen(self.reports + other.reports, self.own + other.own, hi, best, rest, beside)


@dataclass(frozen=True, slots=True)
class Count:
    """What counts for one rule.

    `reports` : how many count, or may; `sure` : how many surely do. Of those about which nobody decided anything:
    `best`, the largest that surely counts; `total`, the sum of all numbers that may count, each at least; `months`,
    by month, how many surely count, but perhaps for the time, and how many may. `judged` : the others, by report.
    `seen` : by record of effort. `straddling` : how many may lie in more than one month; `turns` : by month, by how
    much the sum of the numbers of those that may lie in it differs from that of the month before.
    """

    reports: int = 0
    sure: int = 0
    total: int = 0
    best: Sighting | None = None
    judged: Mapping[str, Judged] = field(default_factory=dict)
    seen: Mapping[str, Seen] = field(default_factory=dict)
    months: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    straddling: int = 0
    turns: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Count) -> Count:
        """Add the counts of another batch of the same run."""
        months = {
            month: (one[0] + two[0], one[1] + two[1])
            for month in {**self.months, **other.months}
            for one, two in [(self.months.get(month, (0, 0)), other.months.get(month, (0, 0)))]
        }
        return Count(
            self.reports + other.reports, self.sure + other.sure, self.total + other.total,
            _larger(self.best, other.best), {**self.judged, **other.judged}, _joined(self.seen, other.seen, Seen()),
            months, self.straddling + other.straddling, _summed(self.turns, other.turns),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts for each rule of a run, by its number; `sources` : all reports by month and source.

    `missed` : the records of effort of which a report may tell that was left out, as not published by then.
    """

    rules: Mapping[int, Count] = field(default_factory=dict)
    sources: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    missed: frozenset[str] = frozenset()

    def __add__(self, other: Counted) -> Counted:
        """Add the counts of another batch of the same run."""
        if not (other.rules or other.sources or other.missed):
            return self
        sources = {
            month: _summed(self.sources.get(month, {}), other.sources.get(month, {}))
            for month in {**self.sources, **other.sources}
        }
        return Counted(_joined(self.rules, other.rules, Count()), sources, self.missed | other.missed)


Added = TypeVar("Added", Seen, Count)


def _joined(one: Mapping[T, Added], other: Mapping[T, Added], none: Added) -> dict[T, Added]:
    return {key: one.get(key, none) + other.get(key, none) for key in {**one, **other}}


def _summed(one: Mapping[T, int], other: Mapping[T, int]) -> dict[T, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


def _larger(one: Sighting | None, other: Sighting | None) -> Sighting | None:
    """Take the larger number; of equal ones that whose report comes first by its id."""
    both = [each for each in (one, other) if each is not None]
    return min(both, key=lambda each: (-each.lo, each.report), default=None)


NOTHING = Counted()
"""What counts of no reports at all."""
