"""A check of whole files: reports in batches, rows out as they come, counts at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from typing import Any

import pyarrow as pa

from truceline.api.effort import denied_reports, joined
from truceline.api.later import late_enough
from truceline.api.reading import Asked, ReportFiles, open_files
from truceline.basics.counting import counted
from truceline.basics.time import parse_moment
from truceline.engines import local
from truceline.engines.findings import FINDINGS_SCHEMA, wide_schema
from truceline.engines.local import Summary
from truceline.engines.proxies import proxies_of
from truceline.engines.pruning import EVERYTHING, Sieve, Writes
from truceline.engines.setup import MANY, Setup, prepare
from truceline.engines.streaming import in_order, threads_here
from truceline.engines.sweeping import Curves, SweepOptions
from truceline.errors import Fault, UsageError
from truceline.formats.parts import Seen
from truceline.terms.agreement import Agreement

__all__ = ["Run", "Since", "about", "findings_of", "findings_schema", "parts_of", "run_check", "run_sweep", "start",
           "writes_of"]  # fmt: skip

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
        kept = batch.filter(late_enough(batch.column("from"), self.start_us))
        self.left_out += batch.num_rows - kept.num_rows
        return kept

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

    def sieve(self, writes: Writes = EVERYTHING) -> Sieve:
        """Say what has to be read of each part of the files, if these rows are written."""
        return Sieve(self.setup, writes, None if self.since is None else self.since.start_us)

    def batches(self, rows: int, sieve: Sieve | None = None) -> Iterator[pa.RecordBatch]:
        """Go through the reports, at most so many at a time; all columns that a check needs, or as a sieve says."""
        chosen = sieve or self.sieve()
        files = self.files.batches(rows, columns=chosen.columns, choose=chosen)
        for batch in chain(files, self.denials(chosen.columns)):
            yield from chosen.parted(batch if self.since is None else self.since.keep(batch))

    def denials(self, columns: Sequence[str]) -> list[pa.RecordBatch]:
        """Give the denials of access among the records of effort, as reports."""
        found = denied_reports(self.setup)
        return list(found.select(list(columns)).to_batches()) if found.num_rows else []

    def table(self) -> pa.Table:
        """Give all reports at once."""
        whole = joined(self.files.table(), denied_reports(self.setup))
        if self.since is None:
            return whole
        kept = [self.since.keep(batch) for batch in whole.to_batches()]
        return pa.Table.from_batches(kept, schema=whole.schema)


def start(
    agreement: Agreement, paths: Sequence[str], asked: Asked, *, readings: Sequence[str] | None = None,
    as_known: str | None = None, since: str | None = None, seen: Seen = lambda _: None,
) -> Run:  # fmt: skip
    """Open the files and compile the agreement; `seen` is told what share of a large file was taken in.

    Raises
    ------
    UsageError
        If a reading does not exist or a day cannot be read.
    EvidenceError
        If a file cannot be used.
    """
    held = prepare(agreement, readings=readings, as_known=as_known)  # what is wrong with the call shows before reading
    after = None if since is None else _since(since, agreement.document.agreement.zone)
    files = open_files(agreement, paths, asked, known_until_us=held.known_until_us, seen=seen)
    atlas = held.atlas.with_regions(files.regions, quick=sum(files.rows) >= MANY)
    return Run(replace(held, atlas=atlas), files, after)


def run_check(  # noqa: PLR0913 - what is written, how, and who looks on
    run: Run, *, write: Callable[[pa.RecordBatch], None] | None = None, only: Sequence[str] | None = None,
    wide: bool = False, threads: int | None = None, seen: Callable[[int], None] = lambda _: None,
    look: Callable[[local.Checked], None] = lambda _: None, sieve: Sieve | None = None,
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
    sieve : Sieve, optional
        From `Run.sieve` for the same rows: it then tells how many reports of which no rule can speak were not read
        in full. The counts are of all.
    """
    tally, at_once = local.Tally(run.setup), threads or threads_here()
    chosen = sieve or run.sieve(writes_of(only if write is not None else (), wide=write is not None and wide))

    def judged() -> Iterator[local.Checked]:
        nonlocal tally
        batches = _growing(run.batches(local.BATCH_ROWS, chosen))
        for checked in in_order(partial(local.check_batch, run.setup), batches, at_once):
            tally = tally.with_batch(checked)
            look(checked)
            seen(tally.seen + (run.since.left_out if run.since is not None else 0))
            yield checked

    if write is None:
        deque(judged(), maxlen=0)
        return tally.summary
    parts = ((checked, part) for checked in judged() for part in parts_of(checked, only, wide=wide))
    for rows in in_order(lambda one: findings_of(one[0], only, wide=wide, part=one[1]), parts, at_once):
        write(rows)
    return tally.summary


def parts_of(checked: local.Checked, only: Sequence[str] | None, *, wide: bool) -> Iterable[slice]:
    """Cut a batch into parts whose findings are written at a time."""
    return (slice(None),) if wide else checked.parts(only, ROWS)


def writes_of(only: Sequence[str] | None, *, wide: bool) -> Writes:
    """Say which rows are written: of the verdicts `only` (None: of all; empty: none at all), or wide ones."""
    return Writes(None if only is None else tuple(only), wide)


def findings_schema(setup: Setup, *, wide: bool = False) -> pa.Schema:
    """Name the columns of the rows that `run_check` writes."""
    return wide_schema(setup.names, setup.book.lines) if wide else FINDINGS_SCHEMA


def findings_of(
    checked: local.Checked, only: Sequence[str] | None = None, *, wide: bool = False, part: slice = slice(None)
) -> pa.RecordBatch:
    """Write the rows of `findings_schema` of one batch; long ones may be of some verdicts and of some reports only."""
    return checked.wide_rows() if wide else checked.rows(only, part)


def run_sweep(run: Run, options: SweepOptions, seen: Callable[[int], None] = lambda _: None) -> pa.Table:
    """Count reports by distance, batch by batch; counts of batches add up.

    Returns
    -------
    pyarrow.Table
        As `truceline.sweep` gives it.
    """
    curves, sieve, done = Curves(run.setup, options), run.sieve(), 0
    columns = dict.fromkeys((*curves.columns, *(("from",) if run.since is not None else ())))
    batches = run.files.batches(local.BATCH_ROWS, columns=tuple(columns), choose=sieve)
    kept = batches if run.since is None else map(run.since.keep, batches)
    for rows, counts in in_order(lambda one: (one.num_rows, curves.of(one)), _growing(kept), threads_here()):
        curves.add(counts)
        done += rows
        seen(done + (run.since.left_out if run.since is not None else 0))
    return curves.table


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
        "proxies": proxies_of(setup),
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
