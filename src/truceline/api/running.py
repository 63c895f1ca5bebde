"""A check of whole files: reports in batches, rows out as they come, counts at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.api.reading import Asked, ReportFiles, open_files
from truceline.basics.counting import counted
from truceline.basics.time import parse_moment
from truceline.engines import local
from truceline.engines.findings import FINDINGS_SCHEMA, wide_schema
from truceline.engines.local import Summary
from truceline.engines.setup import MANY, Setup, prepare
from truceline.engines.streaming import in_order, threads_here
from truceline.engines.sweeping import SWEEP_SCHEMA, SweepOptions, sweep
from truceline.errors import Fault, UsageError
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.terms.agreement import Agreement

__all__ = ["Run", "Since", "about", "findings_of", "findings_schema", "run_check", "run_sweep", "start"]

ROWS = 1_000_000
"""Findings that are made at a time: memory follows this, not the file."""


@dataclass
class Since:
    """Only reports whose event lies wholly at or after the start of a day; the others are counted."""

    words: str
    start_us: int
    left_out: int = 0

    def keep(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Leave out the reports that begin earlier, or at a time that nobody states."""
        begin = batch.column("from").cast(pa.int64())
        kept = begin.is_valid().to_numpy(zero_copy_only=False)
        kept &= begin.fill_null(0).to_numpy(zero_copy_only=False) >= self.start_us
        self.left_out += int(np.sum(~kept))
        return batch.filter(pa.array(kept))

    def __str__(self) -> str:
        """Say what was left out."""
        one = self.left_out == 1
        which = (
            f"that {'does' if one else 'do'} not lie wholly on or after {self.words}, or {'states' if one else 'state'}"
        )
        return f"{counted(self.left_out, 'report')} {which} no date, {'was' if one else 'were'} left out"


@dataclass(frozen=True)
class Run:
    """An agreement and its files of reports, ready to be checked."""

    setup: Setup
    files: ReportFiles
    since: Since | None = None

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Go through the reports, at most so many at a time."""
        for batch in self.files.batches(rows):
            yield batch if self.since is None else self.since.keep(batch)

    def table(self) -> pa.Table:
        """Give all reports at once."""
        whole = self.files.table()
        if self.since is None:
            return whole
        kept = [self.since.keep(batch) for batch in whole.to_batches()]
        return pa.Table.from_batches(kept, schema=whole.schema)


def start(
    agreement: Agreement, paths: Sequence[str], asked: Asked, *, readings: Sequence[str] | None = None,
    as_known: str | None = None, since: str | None = None,
) -> Run:  # fmt: skip
    """Open the files and compile the agreement.

    Raises
    ------
    UsageError
        If a reading does not exist or a day cannot be read.
    EvidenceError
        If a file cannot be used.
    """
    held = prepare(agreement, readings=readings, as_known=as_known)  # what is wrong with the call shows before reading
    after = None if since is None else _since(since, agreement.document.agreement.zone)
    files = open_files(agreement, paths, asked, known_until_us=held.known_until_us)
    quick = sum(files.rows) >= MANY
    setup = prepare(agreement, readings=readings, as_known=as_known, regions=files.regions, quick=quick)
    return Run(setup, files, after)


def run_check(
    run: Run, *, write: Callable[[pa.RecordBatch], None] | None = None, only: Sequence[str] | None = None,
    wide: bool = False, threads: int | None = None, seen: Callable[[int], None] = lambda _: None,
    look: Callable[[local.Checked], None] = lambda _: None,
) -> Summary:  # fmt: skip
    """Check every report; memory follows the batch, and rows come in the order of the reports.

    Parameters
    ----------
    run : Run
    write : callable, optional
        Takes the rows of `findings_schema`, batch by batch.
    only : sequence of str, optional
        Verdicts whose rows are written; the counts are always of all.
    wide : bool
        One row per report, with a column per provision and reading.
    threads : int, optional
        How many batches are judged at a time; as many as there are processors by default.
    seen : callable
        Is told the number of reports done.
    look : callable
        Is shown every batch, judged.
    """
    pairs = sum(len(plan.rules) for plan in run.setup.plans)
    long = write is not None and not wide
    rows = max(1024, min(local.BATCH_ROWS, ROWS // max(pairs, 1))) if long else local.BATCH_ROWS
    summary = local.nothing_checked(run.setup)

    def judged(batch: pa.RecordBatch) -> tuple[local.Checked, Summary, pa.RecordBatch | None]:
        checked = local.check_batch(run.setup, batch)
        written = None if write is None else findings_of(checked, only, wide=wide)
        return checked, checked.summary, written

    for checked, counts, written in in_order(judged, _growing(run.batches(rows)), threads or threads_here()):
        summary += counts
        look(checked)
        if write is not None and written is not None:
            write(written)
        seen(summary.reports + summary.unknown_then + summary.undated_then)
    return summary


def findings_schema(setup: Setup, *, wide: bool = False) -> pa.Schema:
    """Name the columns of the rows that `run_check` writes."""
    return wide_schema(setup.names, setup.book.lines) if wide else FINDINGS_SCHEMA


def findings_of(checked: local.Checked, only: Sequence[str] | None = None, *, wide: bool = False) -> pa.RecordBatch:
    """Write the rows of `findings_schema` of one batch; the long ones of all verdicts, or only of those wanted."""
    return checked.wide_rows() if wide else checked.rows(only)


def run_sweep(run: Run, options: SweepOptions, seen: Callable[[int], None] = lambda _: None) -> pa.Table:
    """Count reports by distance, batch by batch; counts of batches add up.

    Returns
    -------
    pyarrow.Table
        As `truceline.sweep` gives it.
    """
    keys = ("line", "set", "month", "distance_m")
    total: dict[tuple[Any, ...], list[int]] = {}
    done = 0
    for batch in chain([REPORT_SCHEMA.empty_table()], _growing(run.batches(local.BATCH_ROWS))):
        for row in sweep(run.setup, _table(batch), options).to_pylist():
            counts = total.setdefault(tuple(row[key] for key in keys), [0, 0, 0])
            for at, name in enumerate(("sure", "possible", "reports")):
                counts[at] += row[name]
        done += batch.num_rows
        seen(done)
    order = {name: at for at, name in enumerate((*run.setup.book.lines, *options.sets))}
    rows = sorted(total.items(), key=lambda item: (order[item[0][0]], order[item[0][1]], item[0][2] or "", item[0][3]))
    return pa.Table.from_pylist([dict(zip(SWEEP_SCHEMA.names, (*key, *counts), strict=True)) for key, counts in rows],
                                schema=SWEEP_SCHEMA)  # fmt: skip


def _growing(batches: Iterable[pa.RecordBatch], first: int = 1024) -> Iterator[pa.RecordBatch]:
    """Cut the first batches into parts, each twice as long as the one before: who watches soon sees something move.

    >>> whole = pa.record_batch({"report": ["a"] * 10})
    >>> [part.num_rows for part in _growing([whole, whole], 2)]
    [2, 4, 4, 10]
    """
    size = first
    for batch in batches:
        at = 0
        while at < batch.num_rows:
            yield batch.slice(at, size)
            at, size = at + size, min(size * 2, local.BATCH_ROWS)  # no stream is so long that this overflows


def _table(batch: pa.RecordBatch | pa.Table) -> pa.Table:
    return batch if isinstance(batch, pa.Table) else pa.Table.from_batches([batch])


def about(run: Run, only: Sequence[str] | None = None) -> dict[str, Any]:
    """Describe a run for the metadata of its rows: what was checked, under what, and what was left out."""
    setup = run.setup
    return {
        "made_with": f"truceline {version('truceline')}",
        "agreement": setup.agreement.id,
        "terms": setup.agreement.name,
        "reports": [str(getattr(source, "name", source)) for source in run.files.order],
        "readings": {name: plan.fingerprint for name, plan in zip(setup.readings, setup.plans, strict=True)},
        "as_known": setup.as_known,
        "since": run.since.words if run.since else None,
        "repeated": list(run.files.settled.sentences),
        "only": list(only) if only else None,
    }


def _since(words: str, zone: str | None) -> Since:
    try:
        moment = parse_moment(words)
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        raise UsageError([Fault("--since", "TL-E900", what, remedy)]) from error
    if moment.start is None:
        raise UsageError([Fault("--since", "TL-E900", f"{words!r} is no day", "write it as 2017-07-09")])
    return Since(words, moment.span(zone, {}).start_us)
