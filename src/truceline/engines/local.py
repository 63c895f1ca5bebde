"""Check reports on one machine, batch by batch; memory follows the batch, not the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.engines.atlas import places_of
from truceline.engines.coding import coded
from truceline.engines.findings import findings_table
from truceline.engines.setup import Setup
from truceline.evidence.batch import Batch
from truceline.judge.check import judge
from truceline.judge.divergence import deciding_fields, disagree
from truceline.judge.places import Places
from truceline.judge.reasons import bit, codes_of
from truceline.judge.verdict import VERDICTS, Verdict, Verdicts
from truceline.plan.tables import Rule

__all__ = ["BATCH_ROWS", "Checked", "Disagreement", "Summary", "check_batch", "check_stream", "known_rows"]

BATCH_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A report whose verdict depends on the reading: the verdict under each, and the fields that decide."""

    report: str
    provision: str
    verdicts: tuple[tuple[str, str], ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """A batch of reports, judged: every verdict, and everything that it rests on."""

    setup: Setup
    reports: pa.Table
    batch: Batch = field(repr=False)
    places: Places = field(repr=False)
    verdicts: dict[tuple[int, str], Verdicts] = field(repr=False)
    unknown_then: int = 0
    undated_then: int = 0

    @property
    def report_ids(self) -> pa.Array:
        """The ids of the reports, as strings."""
        return self.reports.column("report").combine_chunks().cast(pa.string())

    @property
    def pairs(self) -> tuple[tuple[int, str], ...]:
        """Every (rule, reading) that was judged, provisions in their order, readings within each."""
        order = {reading: place for place, reading in enumerate(self.setup.readings)}
        return tuple(sorted(self.verdicts, key=lambda pair: (pair[0], order[pair[1]])))

    @cached_property
    def hidden(self) -> NDArray[np.bool_]:
        """Mark the protected reports: their verdicts are told, and nothing that would give their place away."""
        if "release" not in self.reports.column_names:
            return np.zeros(len(self.batch), dtype=np.bool_)
        return np.asarray(pc.fill_null(pc.equal(self.reports.column("release"), "protected"), False), dtype=np.bool_)

    def rows(self, wanted: Sequence[str] | None = None) -> pa.RecordBatch:
        """Write the verdicts as rows of `FINDINGS_SCHEMA`; all of them, or only those wanted."""
        names = [(str(self.setup.book.rules[rule]), reading) for rule, reading in self.pairs]
        codes = None if wanted is None else np.array([VERDICTS.index(verdict) for verdict in wanted], dtype=np.int8)
        chosen = [self.verdicts[pair] for pair in self.pairs]
        return findings_table(self.report_ids, names, chosen, self.places, self.setup.book.lines, codes, self.hidden)

    @cached_property
    def findings(self) -> pa.Table:
        """All verdicts: one row per report x provision x reading."""
        return pa.Table.from_batches([self.rows()])

    def by_reading(self, rule: int) -> tuple[tuple[str, ...], NDArray[np.int8]]:
        """Give the readings that have a rule and their verdicts, shape (readings, n)."""
        readings = tuple(reading for reading in self.setup.readings if (rule, reading) in self.verdicts)
        return readings, np.stack([self.verdicts[rule, reading].verdict for reading in readings])

    def apart(self, rule: int) -> NDArray[np.bool_]:
        """Say for which reports the verdict depends on the reading.

        Where the data set has no power to show the act there is no verdict that could depend on it.
        """
        readings, verdicts = self.by_reading(rule)
        blind = [self.verdicts[rule, reading].reasons == bit("source_cannot_show") for reading in readings]
        return np.asarray(disagree(verdicts) & ~np.logical_or.reduce(blind))

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """List the reports whose verdict depends on the reading, with the fewest fields that flip it."""
        return tuple(one for rule in sorted({rule for rule, _ in self.verdicts}) for one in self._disagreements(rule))

    def _disagreements(self, rule: int) -> Iterator[Disagreement]:
        readings, verdicts = self.by_reading(rule)
        rows = np.flatnonzero(self.apart(rule))
        if not len(rows):
            return
        rules = [self._rule(rule, reading) for reading in readings]
        fields = deciding_fields(rules, verdicts[:, rows], rows, self._judge_again)
        ids = self.report_ids.take(pa.array(rows)).to_pylist()
        for number, row in enumerate(rows):
            pairs = tuple((reading, VERDICTS[verdicts[place, row]]) for place, reading in enumerate(readings))
            yield Disagreement(ids[number], str(self.setup.book.rules[rule]), pairs, tuple(sorted(fields[number])))

    def _rule(self, rule: int, reading: str) -> Rule:
        found = self.setup.rule(rule, reading)
        if found is None:
            msg = f"no rule {rule} under {reading}"
            raise KeyError(msg)
        return found

    def _judge_again(self, rule: Rule, rows: NDArray[np.int64]) -> NDArray[np.int8]:
        return judge(rule, self.batch.take(rows), self.places.take(rows)).verdict

    @property
    def summary(self) -> Summary:
        """Count verdicts and reasons by provision and reading."""
        return Summary.of(self)


@dataclass(frozen=True)
class Summary:
    """Counts that add up over batches.

    `verdicts[provision, reading]` counts each verdict, `reasons[provision, reading]` each reason of
    it; `depends[provision]` counts the reports whose verdict depends on the reading.
    """

    reports: int = 0
    verdicts: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    reasons: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    depends: dict[str, int] = field(default_factory=dict)
    unknown_then: int = 0
    undated_then: int = 0

    @classmethod
    def of(cls, checked: Checked) -> Summary:
        """Count one batch."""
        book, verdicts, reasons = checked.setup.book, {}, {}
        for rule, reading in checked.pairs:
            found = checked.verdicts[rule, reading]
            counts = np.bincount(found.verdict, minlength=len(Verdict))
            verdicts[str(book.rules[rule]), reading] = dict(zip(VERDICTS, counts.tolist(), strict=True))
            reasons[str(book.rules[rule]), reading] = _reason_counts(found)
        rules = sorted({rule for rule, _ in checked.verdicts})
        depends = {str(book.rules[rule]): int(checked.apart(rule).sum()) for rule in rules}
        return cls(len(checked.batch), verdicts, reasons, depends, checked.unknown_then, checked.undated_then)

    def __add__(self, other: Summary) -> Summary:
        """Add the counts of another batch of the same run."""
        return Summary(
            self.reports + other.reports,
            {key: _added(self.verdicts.get(key, {}), counts) for key, counts in other.verdicts.items()},
            {key: _added(self.reasons.get(key, {}), counts) for key, counts in other.reasons.items()},
            _added(self.depends, other.depends),
            self.unknown_then + other.unknown_then,
            self.undated_then + other.undated_then,
        )


def check_batch(setup: Setup, reports: pa.Table | pa.RecordBatch) -> Checked:
    """Judge one batch of reports by every rule under every reading.

    Parameters
    ----------
    setup : Setup
        From `prepare`.
    reports : pyarrow.Table or RecordBatch
        The report table (`evidence.columns`), n rows.

    Returns
    -------
    Checked
        n reports times all rules and readings. A rule that two readings render alike is judged once.
    """
    table = reports if isinstance(reports, pa.Table) else pa.Table.from_batches([reports])
    known, late, undated = known_rows(table, setup.known_until_us)
    batch = coded(known, setup.book, setup.atlas.region_ids)
    places = places_of(batch, setup.atlas)
    verdicts: dict[tuple[int, str], Verdicts] = {}
    for rule, pairs in setup.renderings:
        verdicts |= dict.fromkeys(pairs, judge(rule, batch, places))
    return Checked(setup, known, batch, places, verdicts, late, undated)


def check_stream(setup: Setup, batches: Iterable[pa.RecordBatch]) -> Iterator[Checked]:
    """Judge a stream of reports, one batch at a time, in their order."""
    for batch in batches:
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield check_batch(setup, batch.slice(start, BATCH_ROWS))


def known_rows(reports: pa.Table, until_us: int | None) -> tuple[pa.Table, int, int]:
    """Leave out what was published later than `until_us`, or at a date that nobody states.

    Returns
    -------
    known : pyarrow.Table
    late, undated : int
        How many were left out for either cause.
    """
    if until_us is None:
        return reports, 0, 0
    published = pc.coalesce(*(_micros(reports, name) for name in ("reported", "recorded")))
    undated = int(pc.sum(pc.is_null(published)).as_py() or 0)
    known = pc.fill_null(pc.less(published, until_us), False)
    kept = reports.filter(known)
    return kept, reports.num_rows - kept.num_rows - undated, undated


def _micros(reports: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in reports.column_names:
        return pa.chunked_array([pa.nulls(reports.num_rows, pa.int64())])
    return reports.column(name).cast(pa.timestamp("us", "UTC")).cast(pa.int64())


def _reason_counts(found: Verdicts) -> dict[str, int]:
    masks, counts = np.unique(found.reasons, return_counts=True)
    total: dict[str, int] = {}
    for mask, count in zip(masks.tolist(), counts.tolist(), strict=True):
        for code in codes_of(mask):
            total[code] = total.get(code, 0) + count
    return total


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


EMPTY = Summary()
"""The counts of no reports at all."""
