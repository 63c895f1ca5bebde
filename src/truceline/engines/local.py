"""Check reports on one machine, batch by batch; memory follows the batch, not the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.engines.accounts import Account, accounts_of
from truceline.engines.atlas import places_of
from truceline.engines.coding import coded, protected
from truceline.engines.counted import NOTHING, Counted
from truceline.engines.findings import Judged, findings_table, parts_of, wide_table
from truceline.engines.rulings import Ruled
from truceline.engines.setup import Setup
from truceline.engines.summary import EMPTY, Summary, counts_of
from truceline.engines.watching import missed_by
from truceline.evidence.batch import Batch
from truceline.judge.check import judge
from truceline.judge.divergence import deciding_fields, disagree
from truceline.judge.located import Places
from truceline.judge.reasons import bit
from truceline.judge.verdict import VERDICTS, Verdicts
from truceline.plan.tables import Rule, fingerprint

__all__ = [
    "BATCH_ROWS", "EMPTY", "Checked", "Disagreement", "Summary", "Tally", "check_batch", "check_stream", "known_rows",
]  # fmt: skip

BATCH_ROWS = 32_768


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
    ruled: Ruled = field(repr=False)
    unknown_then: int = 0
    undated_then: int = 0
    missed: frozenset[str] = frozenset()

    @property
    def report_ids(self) -> pa.Array:
        """The ids of the reports, as strings."""
        return self.reports.column("report").combine_chunks().cast(pa.string())

    @property
    def pairs(self) -> tuple[tuple[int, str], ...]:
        """Every (rule, reading) that was judged, provisions in their order, readings within each."""
        return tuple(self.setup.pairs)

    @cached_property
    def verdicts(self) -> dict[tuple[int, str], Verdicts]:
        """The verdicts written out, report by report; readings that render a rule alike share one object."""
        written = [self.ruled.verdicts(number) for number in range(self.ruled.verdict.shape[1])]
        return {pair: written[number] for pair, number in self.setup.pairs.items()}

    @cached_property
    def hidden(self) -> NDArray[np.bool_]:
        """Mark the protected reports: their verdicts are told, and nothing that would give their place away."""
        return protected(self.reports)

    @cached_property
    def judged(self) -> Judged:
        """What is told of the reports, ready to be written as rows."""
        setup, numbers = self.setup, tuple(self.setup.pairs.values())
        return Judged(self.report_ids, setup.names, numbers, self.ruled, self.places, setup.book.lines, self.hidden)

    def rows(self, wanted: Sequence[str] | None = None, part: slice = slice(None)) -> pa.RecordBatch:
        """Write verdicts as rows of `FINDINGS_SCHEMA`: all of them or only those wanted, of all reports or a part."""
        return findings_table(self.judged, _codes(wanted), part)

    def parts(self, wanted: Sequence[str] | None, rows: int) -> Iterator[slice]:
        """Cut the reports into parts of which each has at most so many `rows`."""
        return parts_of(self.judged, _codes(wanted), rows)

    def wide_rows(self) -> pa.RecordBatch:
        """Write the verdicts side by side, one row per report; see `engines.findings.wide_schema`."""
        return wide_table(self.judged)

    @cached_property
    def findings(self) -> pa.Table:
        """All verdicts: one row per report x provision x reading."""
        return pa.Table.from_batches([self.rows()])

    def by_reading(self, rule: int) -> tuple[tuple[str, ...], NDArray[np.int8]]:
        """Give the readings that have a rule and their verdicts, shape (readings, n)."""
        readings, numbers = _numbers(self.setup, rule)
        return readings, self.ruled.verdict[:, numbers].T[:, self.ruled.kind]

    def apart(self, rule: int) -> NDArray[np.bool_]:
        """Say for which reports the verdict depends on the reading.

        Where the data set has no power to show the act there is no verdict that could depend on it.
        """
        return _apart(self.setup, self.ruled, rule)[self.ruled.kind]

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """List the reports whose verdict depends on the reading, with the fewest fields that flip it."""
        return tuple(one for rule in self.setup.judged for one in self._disagreements(rule))

    @cached_property
    def counted(self) -> Counted:
        """Count the reports for the rules that ask for a number over all of them."""
        found = self.setup.counter.of(self.reports, self.batch, self.places, self.ruled)
        return found + Counted(missed=self.missed)

    @cached_property
    def summary(self) -> Summary:
        """Count verdicts and reasons by provision and reading."""
        return Tally(self.setup).with_batch(self).summary

    @cached_property
    def accounts_told(self) -> tuple[Account, ...]:
        """Say what the reports say together, for rules that ask for a number; see `engines.accounts`."""
        return accounts_of(self.setup, self.summary.counted)

    def deciding(self, rule: int) -> dict[int, frozenset[str]]:
        """Find the fields that decide between readings, for every kind of report in the batch on which they differ."""
        kinds = np.flatnonzero(_apart(self.setup, self.ruled, rule) & (self.ruled.samples() >= 0))
        _, numbers = _numbers(self.setup, rule)
        renderings = [self.setup.renderings[number][0] for number in numbers]
        verdicts = self.ruled.verdict[kinds][:, numbers].T
        found = deciding_fields(
            renderings, verdicts, np.arange(len(kinds)), self._judge_of(self.ruled.samples()[kinds])
        )
        return dict(zip(kinds.tolist(), found, strict=True))

    def _disagreements(self, rule: int) -> Iterator[Disagreement]:
        rows = np.flatnonzero(self.apart(rule))
        if not len(rows):
            return
        readings, verdicts = self.by_reading(rule)
        fields = self.deciding(rule)
        ids = self.report_ids.take(pa.array(rows)).to_pylist()
        for name, row in zip(ids, rows, strict=True):
            pairs = tuple((reading, VERDICTS[verdicts[place, row]]) for place, reading in enumerate(readings))
            decide = tuple(sorted(fields[int(self.ruled.kind[row])]))
            yield Disagreement(name, str(self.setup.book.rules[rule]), pairs, decide)

    def _judge_of(self, rows: NDArray[np.int64]) -> Callable[[Rule, NDArray[np.int64]], NDArray[np.int8]]:
        """Judge rules on some of these reports; many mixtures of readings are alike, and each is judged once on all."""
        batch, places = self.batch.take(rows), self.places.take(rows)
        seen: dict[str, NDArray[np.int8]] = {}

        def judged(rule: Rule, wanted: NDArray[np.int64]) -> NDArray[np.int8]:
            key = fingerprint(rule)
            if key not in seen:
                seen[key] = judge(rule, batch, places).verdict
            return seen[key][wanted]

        return judged


def _codes(wanted: Sequence[str] | None) -> NDArray[np.int8] | None:
    return None if wanted is None else np.array([VERDICTS.index(verdict) for verdict in wanted], dtype=np.int8)


@dataclass(frozen=True)
class Tally:
    """How many reports of each kind were checked, `often`, shape (kinds,); those of batches of one setup add up."""

    setup: Setup
    often: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    unknown_then: int = 0
    undated_then: int = 0
    counted: Counted = NOTHING

    def with_batch(self, checked: Checked) -> Tally:
        """Add the reports of a batch."""
        more = checked.ruled.counts()
        often = np.zeros(max(len(more), len(self.often)), dtype=np.int64)
        often[: len(self.often)] += self.often
        often[: len(more)] += more
        late, undated = self.unknown_then + checked.unknown_then, self.undated_then + checked.undated_then
        return Tally(self.setup, often, late, undated, self.counted + checked.counted)

    @property
    def seen(self) -> int:
        """Count the reports, checked or left out."""
        return int(self.often.sum()) + self.unknown_then + self.undated_then

    @property
    def summary(self) -> Summary:
        """Count verdicts and reasons by provision and reading."""
        setup, ruled = self.setup, self.setup.rulings.so_far
        often = np.pad(self.often, (0, len(ruled.verdict) - len(self.often)))
        verdicts, reasons = counts_of(ruled, often, list(zip(setup.names, setup.pairs.values(), strict=True)))
        rules = setup.book.rules
        depends = {str(rules[rule]): int(often[_apart(setup, ruled, rule)].sum()) for rule in setup.judged}
        left_out = (self.unknown_then, self.undated_then)
        return Summary(int(often.sum()), verdicts, reasons, depends, *left_out, self.counted)


def _numbers(setup: Setup, rule: int) -> tuple[tuple[str, ...], list[int]]:
    """Give the readings that have a rule, and the number of their rendering of it."""
    found = {reading: number for (one, reading), number in setup.pairs.items() if one == rule}
    return tuple(found), list(found.values())


def _apart(setup: Setup, ruled: Ruled, rule: int) -> NDArray[np.bool_]:
    """Say for which kinds of reports the verdict depends on the reading."""
    _, numbers = _numbers(setup, rule)
    blind = (ruled.reasons[:, numbers] == bit("source_cannot_show")).any(axis=1)
    return np.asarray(disagree(ruled.verdict[:, numbers].T) & ~blind)


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
        n reports times all rules and readings. A rule that two readings render alike is judged once, and so
        are reports that no rule can tell apart.
    """
    table = reports if isinstance(reports, pa.Table) else pa.Table.from_batches([reports])
    known, late, undated = known_rows(table, setup.known_until_us)
    batch = coded(known, setup.book, setup.atlas.region_ids)
    places = places_of(batch, setup.atlas)
    missed = _missed(setup, table) if late or undated else frozenset[str]()
    return Checked(setup, known, batch, places, setup.rulings.of(batch, places), late, undated, missed)


def _missed(setup: Setup, reports: pa.Table) -> frozenset[str]:
    """Name the records of effort of which a report may tell that is left out as not published yet."""
    if not setup.beside.effort or setup.known_until_us is None:
        return frozenset()
    left = reports.filter(pc.invert(_is_known(reports, setup.known_until_us)))
    batch = coded(left, setup.book, setup.atlas.region_ids)
    return missed_by(setup.counter.watches, left, batch, places_of(batch, setup.atlas), setup.atlas)


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
    undated = int(pc.sum(pc.is_null(_published(reports))).as_py() or 0)
    kept = reports.filter(_is_known(reports, until_us))
    return kept, reports.num_rows - kept.num_rows - undated, undated


def _is_known(reports: pa.Table, until_us: int) -> pa.ChunkedArray:
    return pc.fill_null(pc.less(_published(reports), until_us), False)


def _published(reports: pa.Table) -> pa.ChunkedArray:
    return pc.coalesce(*(_micros(reports, name) for name in ("reported", "recorded")))


def _micros(reports: pa.Table, name: str) -> pa.ChunkedArray:
    if name not in reports.column_names:
        return pa.chunked_array([pa.nulls(reports.num_rows, pa.int64())])
    return reports.column(name).cast(pa.timestamp("us", "UTC")).cast(pa.int64())
