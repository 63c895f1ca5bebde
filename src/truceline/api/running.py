"""A check of whole files: reports in batches, rows out as they come, counts at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.api.reading import Asked, ReportFiles, open_files
from truceline.basics.time import parse_moment
from truceline.engines import local
from truceline.engines.findings import FINDINGS_SCHEMA
from truceline.engines.local import Summary
from truceline.engines.setup import Setup, prepare
from truceline.engines.sweeping import SWEEP_SCHEMA, SweepOptions, sweep
from truceline.errors import Fault, UsageError
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.terms.agreement import Agreement

__all__ = ["FINDINGS_SCHEMA", "Run", "Since", "about", "run_check", "run_sweep", "start"]

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
        which = f"that do not lie wholly on or after {self.words}, or state no date"
        return f"{self.left_out:,} reports {which}, were left out"


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
    prepare(agreement, readings=readings, as_known=as_known)  # what is wrong with the call shows before files are read
    after = None if since is None else _since(since, agreement.document.agreement.zone)
    files = open_files(agreement, paths, asked)
    return Run(prepare(agreement, readings=readings, as_known=as_known, regions=files.regions), files, after)


def run_check(
    run: Run, *, write: Callable[[pa.RecordBatch], None] | None = None, only: Sequence[str] | None = None,
    seen: Callable[[int], None] = lambda _: None,
) -> Summary:  # fmt: skip
    """Check every report; memory follows the batch.

    Parameters
    ----------
    run : Run
    write : callable, optional
        Takes the rows of `FINDINGS_SCHEMA`, batch by batch.
    only : sequence of str, optional
        Verdicts whose rows are written; the counts are always of all.
    seen : callable
        Is told the number of reports done.
    """
    pairs = sum(len(plan.rules) for plan in run.setup.plans)
    rows = max(1024, min(local.BATCH_ROWS, ROWS // max(pairs, 1)))
    summary = local.check_batch(run.setup, REPORT_SCHEMA.empty_table()).summary
    for batch in run.batches(rows):
        checked = local.check_batch(run.setup, batch)
        summary += checked.summary
        if write is not None:
            write(checked.rows(only))
        seen(summary.reports + summary.unknown_then + summary.undated_then)
    return summary


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
    for batch in chain([REPORT_SCHEMA.empty_table()], run.batches(local.BATCH_ROWS)):
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
