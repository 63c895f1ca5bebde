"""Count reports for the rules that ask for a number, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.engines.atlas import Atlas
from truceline.engines.coding import protected
from truceline.engines.counted import NOTHING, Count, Counted, Judged, Seen
from truceline.engines.months import AFTER_ALL, Months, months_of, whole_months
from truceline.engines.rulings import Ruled
from truceline.engines.watching import Watch
from truceline.evidence.batch import Batch
from truceline.evidence.effort import DENIALS, Beside
from truceline.judge.check import counted_of
from truceline.judge.counts import Sighting
from truceline.judge.located import Places
from truceline.judge.verdict import Counts
from truceline.plan.tables import Kind, Rule

__all__ = ["NUMBERS", "Counter", "time_of"]

NUMBERS = frozenset({Kind.CEILING, Kind.FLOOR, Kind.TREND})
"""The kinds of rules that ask for a number over all reports."""

Whole = NDArray[np.int64]


def time_of(rule: Rule) -> tuple[int, int]:
    """Give the time outside which no report plays a part in a rule: from `start` until `end`, microseconds.

    A change over time is told from the day on which it is counted from, which comes before that on which it is due.
    """
    begin, end = rule.when.begin.start_us, rule.when.end.end_us
    if rule.trend is None:
        return begin, end
    return (min(begin, rule.trend.since_us) if rule.trend.due else rule.trend.since_us), end


@dataclass(frozen=True)
class Counter:
    """Counts for some rules; threads may share it.

    `rules` : all renderings of a run, in their order. `watches` : its records of effort, held against them.
    """

    rules: Sequence[Rule]
    beside: Beside
    watches: Sequence[Watch]
    atlas: Atlas = field(repr=False)
    zone: str | None = None

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The rules that are counted for: those that ask for a number, and, where somebody watched, all bans."""
        kinds = NUMBERS | {Kind.BAN} if self.watches else NUMBERS
        return tuple(number for number, rule in enumerate(self.rules) if rule.kind in kinds)

    @cached_property
    def series(self) -> bool:
        """Whether any rule is about a change over time: then the month and the source of every report count."""
        return bool(self.months)

    @cached_property
    def months(self) -> Mapping[int, range]:
        """The months that are compared, by rule: those that lie wholly in the time of a change over time."""
        return {number: whole_months(rule.trend.since_us, rule.when.end.end_us, self.zone)
                for number, rule in enumerate(self.rules) if rule.trend is not None}  # fmt: skip

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Name the columns on which the counts depend beside those of verdicts."""
        effort = ("effort",) if self.watches else ()
        return ("report", "release", *effort, *(("observer", "dataset") if self.series else ())) if self.numbers else ()

    def of(self, reports: pa.Table, batch: Batch, places: Places, ruled: Ruled) -> Counted:
        """Count the reports of a batch, coded, located and judged."""
        if not self.numbers or not len(batch):
            return NOTHING
        some = _Batch(self, reports, batch, places, months_of(batch, self.zone) if self.series else None)
        found = {number: some.count(number, level) for number, level in self._levels(ruled)}
        return Counted(found, dict(some.sources()) if self.series else {})

    @cached_property
    def judged_ids(self) -> pa.Array:
        """The reports about which people decided whether they tell of the same."""
        kinds = ("same", "not_same")
        names = {name for each in self.beside.judgements if each.kind in kinds for name in each.about}
        return pa.array(sorted(names), pa.string())

    def _levels(self, ruled: Ruled) -> Iterator[tuple[int, NDArray[np.int8]]]:
        for number in self.numbers:
            level = ruled.counted[:, number]
            if level.any():
                of_each = level[ruled.kind]
                if of_each.any():
                    yield number, of_each


@dataclass(frozen=True)
class _Batch:
    """One batch while it is counted."""

    counter: Counter
    reports: pa.Table
    batch: Batch
    places: Places
    months: Months | None

    @cached_property
    def ids(self) -> pa.Array:
        return self.reports.column("report").combine_chunks().cast(pa.string())

    @cached_property
    def judged(self) -> NDArray[np.bool_]:
        known = self.counter.judged_ids
        return np.asarray(pc.is_in(self.ids, value_set=known)) if len(known) else np.zeros(len(self.batch), np.bool_)

    @cached_property
    def record(self) -> Whole:
        """The number of the record of effort that each report names; -1 where it names none, -2 an unknown one."""
        if "effort" not in self.reports.column_names:
            return np.full(len(self.batch), -1, dtype=np.int64)
        named = self.reports.column("effort").cast(pa.string())
        known = pa.array([watch.record.id for watch in self.counter.watches], pa.string())
        found = pc.fill_null(pc.index_in(named, value_set=known), -2)
        return np.where(np.asarray(named.is_null()), -1, np.asarray(found, dtype=np.int64))

    def count(self, number: int, level: NDArray[np.int8]) -> Count:
        rule, counter = self.counter.rules[number], self.counter
        rows = self._rows(number, level)
        level = level[rows]
        low, high = counted_of(rule, self.batch.count_lo[rows], self.batch.count_hi[rows])
        plain = ~self.judged[rows]
        judged = [*self._judged(rows[~plain], level[~plain], low[~plain])]
        in_months, straddling, turns = self._by_month(rows[plain], level[plain], low[plain], number)
        return Count(
            reports=len(rows),
            sure=int(np.count_nonzero(level == Counts.SURE)),
            total=int(low[plain].sum()),
            best=self._best(rows, low, plain & (level == Counts.SURE)),
            judged={one.sighting.report: one for one in judged},
            seen={watch.record.id: seen for at, watch in enumerate(counter.watches)
                  for seen in self._seen(at, watch, number, rows, level, low, high)},
            months=in_months,
            straddling=straddling,
            turns=turns,
        )  # fmt: skip

    def _rows(self, number: int, level: NDArray[np.int8]) -> Whole:
        """Choose the reports that count, or may: of a change over time those of the time that it is told of."""
        chosen = level > Counts.NO
        if self.months is not None and number in self.counter.months:
            start, end = time_of(self.counter.rules[number])
            ends = np.maximum(self.batch.end_us, self.batch.start_us + 1)
            chosen &= ~self.batch.dated | ((self.batch.start_us < end) & (ends > start))
        return np.flatnonzero(chosen)

    def _judged(self, rows: Whole, level: NDArray[np.int8], low: Whole) -> Iterator[Judged]:
        months = [None] * len(rows) if self.months is None else [
            int(month) if alone else None
            for month, alone in zip(self.months.first[rows], self.months.alone[rows], strict=True)
        ]  # fmt: skip
        for row, at, lo, month in zip(rows.tolist(), level.tolist(), low.tolist(), months, strict=True):
            yield Judged(self._sighting(row, lo), at == Counts.SURE, at >= Counts.SHOWN, month)

    @cached_property
    def hidden(self) -> NDArray[np.bool_]:
        """Mark the protected reports: their times are not told."""
        return protected(self.reports)

    def _sighting(self, row: int, lo: int) -> Sighting:
        name, hidden = self.ids[row].as_py(), bool(self.hidden[row])
        if not self.batch.dated[row]:
            return Sighting(name, lo, hidden=hidden)
        return Sighting(name, lo, int(self.batch.start_us[row]), int(self.batch.end_us[row]), hidden)

    def _best(self, rows: Whole, low: Whole, chosen: NDArray[np.bool_]) -> Sighting | None:
        """Find the largest number; of equal ones that whose report comes first by its id."""
        if not chosen.any():
            return None
        largest = int(low[chosen].max())
        equal = rows[chosen & (low == largest)]
        names = self.ids.take(pa.array(equal))
        return self._sighting(int(equal[int(pc.index(names, pc.min(names)).as_py())]), largest)

    def _by_month(
        self, rows: Whole, level: NDArray[np.int8], low: Whole, number: int
    ) -> tuple[dict[int, tuple[int, int]], int, dict[int, int]]:  # fmt: skip
        """Sum numbers by month, of the reports that can lie in one only; count the others, and sum their turns."""
        if self.months is None or number not in self.counter.months:
            return {}, 0, {}
        first, alone = self.months.first[rows], self.months.alone[rows]
        shown = _by_key(first[alone], np.where(level[alone] >= Counts.SHOWN, low[alone], 0))
        possible = _by_key(first[alone], low[alone])
        loose, dated, numbers = rows[~alone], self.batch.dated[rows[~alone]], low[~alone]
        begins, ends = np.where(dated, first[~alone], 0), np.where(dated, self.months.last[loose] + 1, AFTER_ALL)
        turns = _by_key(np.concatenate([begins, ends]), np.concatenate([numbers, -numbers]))
        return {month: (one, possible[month]) for month, one in shown.items()}, len(loose), turns

    def _seen(
        self, at: int, watch: Watch, number: int, rows: Whole, level: NDArray[np.int8], low: Whole, high: Whole
    ) -> Iterator[Seen]:  # fmt: skip
        """Count what belongs to a record, or may: what names it, and what names none and may tell of its stretch."""
        if watch.covers[number] == -1:
            return
        named = self.record[rows] == at
        meets = watch.meets(self.batch.take(rows), self.places.take(rows), self.counter.atlas)
        own = named | (meets & (self.record[rows] < 0))
        sure = (level == Counts.SURE) & meets
        beside = meets & ~own
        if own.any() or beside.any():
            bounds = high[own]
            hi = None if (bounds < 0).any() else int(bounds.sum())
            best, other = (self._best(rows, low, sure & some) for some in (named, ~named))
            counts = (int(np.count_nonzero(some)) for some in (own, sure & named, beside))
            reports, shown, others = counts
            yield Seen(reports, shown, hi, best, other, others)

    def sources(self) -> Iterator[tuple[int, Mapping[str, int]]]:
        """Count all reports by month and source, of those that can lie in one month only."""
        if self.months is None:
            return
        first, spans = self.months.first, self.counter.months.values()
        compared = np.any([(first >= span.start) & (first < span.stop) for span in spans], axis=0)
        alone = np.flatnonzero(self.months.alone & compared)
        source, names = self._sources()
        keys, counts = np.unique(self.months.first[alone] * len(names) + source[alone], return_counts=True)
        found: dict[int, dict[str, int]] = {}
        for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
            if names[key % len(names)] != DENIALS:
                found.setdefault(key // len(names), {})[names[key % len(names)]] = count
        yield from found.items()

    def _sources(self) -> tuple[Whole, list[str]]:
        """Give the sources of all reports numbers: who observed, else the data set, else nobody who is named."""
        given = [self.reports.column(name).cast(pa.string()) for name in ("observer", "dataset")
                 if name in self.reports.column_names]  # fmt: skip
        words = pc.coalesce(*given, pa.scalar("a source that is not named")) if given else None
        if words is None:
            return np.zeros(len(self.batch), dtype=np.int64), ["a source that is not named"]
        coded = pc.dictionary_encode(words).combine_chunks()
        return np.asarray(coded.indices, dtype=np.int64), coded.dictionary.to_pylist()


def _by_key(keys: Whole, numbers: Whole) -> dict[int, int]:
    """Sum numbers by the key of each."""
    distinct, which = np.unique(keys, return_inverse=True)
    sums = np.zeros(len(distinct), dtype=np.int64)
    np.add.at(sums, which.reshape(-1), numbers)
    return dict(zip(distinct.tolist(), sums.tolist(), strict=True))
