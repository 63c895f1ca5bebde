"""Checks on Spark: files in and out, or a DataFrame in and out; the same findings as on one machine."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.api.running import Run, Since, about, findings_of, findings_schema, parts_of, writes_of
from truceline.api.tables import as_reports
from truceline.engines.coding import WORDS_CODED, written_out
from truceline.engines.findings import FINDINGS_SCHEMA
from truceline.engines.local import BATCH_ROWS, Summary, Tally, check_batch
from truceline.engines.pruning import Sieve
from truceline.engines.setup import Setup, prepare
from truceline.engines.spark import done_by_executors, session_at
from truceline.errors import Fault, UsageError
from truceline.evidence.columns import NAMES
from truceline.evidence.extent import Choice, Excerpt
from truceline.evidence.regions import Regions
from truceline.formats.arrow_file import ENDINGS
from truceline.formats.atomic import written
from truceline.formats.findings_file import row_writer
from truceline.formats.revisions import Settled
from truceline.formats.row_groups import extent_of, read_groups
from truceline.terms.agreement import Agreement

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["Piece", "check", "check_files", "pieces_of"]

ROWS = 8_192
"""Reports of a DataFrame that are judged at a time: all their findings become one batch."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One row group of one file: the smallest part that an executor reads.

    `at` is its first row in the file; `excerpt` what is read of it, None for all that a check needs.
    """

    number: int
    source: int
    path: str
    group: int
    at: int
    excerpt: Excerpt | None = None


@dataclass(frozen=True)
class _Shared:
    """What every executor needs: the plan, which rows are judged, and where findings go.

    Drafts have a folder of their own: an executor that is killed outright leaves its draft there, and the
    folder of findings takes its name without it.
    """

    setup: Setup
    settled: Settled
    since: Since | None
    findings: Path
    drafts: Path
    only: tuple[str, ...] | None
    wide: bool
    columns: tuple[str, ...]
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one piece."""

    summary: Summary
    left_out: int


def check_files(
    run: Run, out: Path | str, *, master: str, only: Sequence[str] | None = None, wide: bool = False,
    seen: Callable[[int], None] = lambda _: None, sieve: Sieve | None = None,
) -> Summary:  # fmt: skip
    """Check files of reports on a cluster; executors read and write them.

    Parameters
    ----------
    run : Run
        Its files must be Parquet as ``truceline import`` writes it, in a place that every executor can read.
    out : path
        A folder in a place that every executor can write to. It must not exist: it takes its name when the
        last finding stands in it. Its files, ``part-00000.parquet`` and so on, are in the order of the reports.
    master : str
        Such as "local[2]" or "spark://host:7077".
    only : sequence of str, optional
        Verdicts whose rows are written.
    wide : bool
        A column per provision and reading instead of a row.
    seen : callable
        Is told the number of pieces done, of `pieces_of`.
    sieve : Sieve, optional
        From `Run.sieve` for the same rows, as in `running.run_check`.

    Returns
    -------
    Summary
        The counts of all verdicts.

    Raises
    ------
    UsageError
        If Spark cannot be had, `out` exists, or a file is not such Parquet.
    """
    goal = Path(out).resolve()
    if goal.exists():
        raise UsageError([Fault(str(out), "TL-E931", "the folder exists already", "name one that does not exist")])
    chosen = sieve or run.sieve(writes_of(only, wide=wide))
    pieces, session = pieces_of(run, chosen), session_at(master)
    with _drafts_beside(goal) as (findings, drafts):
        kept = tuple(only) if only else None
        shared = _Shared(run.setup, run.files.settled, run.since, findings, drafts, kept, wide, chosen.columns,
                         about(run, only))  # fmt: skip
        done = done_by_executors(session, shared, _judge_piece, pieces, seen)
        if run.files.settled.joined.num_rows:
            done.append(_judge_joined(shared, len(pieces)))
        if denials := run.denials(chosen.columns):
            done.append(_judge(shared, len(done), iter(denials)))
        findings.rename(goal)
    if run.since is not None:
        run.since.left_out += sum(one.left_out for one in done)
    return sum((one.summary for one in done), Tally(run.setup).summary)


@contextmanager
def _drafts_beside(goal: Path) -> Iterator[tuple[Path, Path]]:
    """Make a folder of findings and one of drafts beside the goal; what is left of them goes with the block."""
    work = goal.with_name(f".{goal.name}.{secrets.token_hex(4)}.part")
    findings, drafts = work / "findings", work / "drafts"
    try:
        findings.mkdir(parents=True)
        drafts.mkdir()
        yield findings, drafts
    finally:
        shutil.rmtree(work, ignore_errors=True)


def pieces_of(run: Run, choose: Choice | None = None) -> tuple[Piece, ...]:
    """List the row groups of the files of a run, each with what `choose` says has to be read of it.

    Raises
    ------
    UsageError
        TL-E932, if a file is not imported Parquet.
    """
    pieces: list[Piece] = []
    for source, path in enumerate(run.files.order):
        if not isinstance(path, Path) or path.suffix.lower() in ENDINGS:
            remedy = f"write it as such first: truceline import {path.name} -o reports.parquet"
            raise UsageError([Fault(path.name, "TL-E932", "executors read imported Parquet only", remedy)])
        layout, at = pq.read_metadata(path), 0
        for group in range(layout.num_row_groups):
            excerpt = None if choose is None else choose(extent_of(layout, group))
            pieces.append(Piece(len(pieces), source, str(path.resolve()), group, at, excerpt))
            at += layout.row_group(group).num_rows
    return tuple(pieces)


def check(
    df: DataFrame, agreement: Agreement, *, reading: str | Sequence[str] | None = None, as_known: str | None = None,
    regions: Regions | None = None,
) -> DataFrame:  # fmt: skip
    """Check a DataFrame of reports; lazily, as Spark does.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        Columns as of the report table (`docs/conventions.md`); what is missing counts as not stated. Each row is
        judged by itself: revisions of one report are not joined.
    agreement, reading, as_known, regions
        As in `truceline.check`.

    Returns
    -------
    pyspark.sql.DataFrame
        The columns of findings, one row per report x provision x reading, in no order.
    """
    held = df.sparkSession.sparkContext.broadcast(
        prepare(agreement, readings=reading, as_known=as_known, regions=regions)
    )

    def judged(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS):
                reports = as_reports(batch.slice(start, ROWS))
                yield written_out(check_batch(held.value, reports).rows())  # Spark has no dictionaries

    columns = ", ".join(f"{name} {'double' if name.endswith('_m') else 'string'}" for name in FINDINGS_SCHEMA.names)
    return df.select(*[name for name in df.columns if name in NAMES]).mapInArrow(judged, columns)


def _judge_piece(shared: _Shared, piece: Piece) -> Done:
    """Judge one row group and write its findings under a name of its own; a second time, over the same bytes."""
    with pq.ParquetFile(piece.path, read_dictionary=list(WORDS_CODED), pre_buffer=False) as file:
        batches = read_groups(file, [piece.group], piece.excerpt, shared.columns, BATCH_ROWS)
        return _judge(shared, piece.number, _left(shared.settled, piece, batches))


def _judge_joined(shared: _Shared, number: int) -> Done:
    """Judge the reports of which nobody knows the newest revision: they belong to no file."""
    return _judge(
        shared, number, iter(shared.settled.joined.select(shared.columns).to_batches(max_chunksize=BATCH_ROWS))
    )


def _left(settled: Settled, piece: Piece, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    at = piece.at
    for batch in batches:
        yield settled.left_of(piece.source, at, batch)
        at += batch.num_rows


def _judge(shared: _Shared, number: int, batches: Iterator[pa.RecordBatch]) -> Done:
    since = None if shared.since is None else replace(shared.since, left_out=0)
    setup, schema = shared.setup, findings_schema(shared.setup, wide=shared.wide)
    tally = Tally(setup)
    path = shared.findings / f"part-{number:05d}.parquet"
    with written(path, drafts=shared.drafts) as file, row_writer(file, "parquet", schema, shared.about) as writer:
        kept = batches if since is None else map(since.keep, batches)
        for batch in (one for one in kept if one.num_rows):
            checked = check_batch(setup, batch)
            tally = tally.with_batch(checked)
            for part in parts_of(checked, shared.only, wide=shared.wide):
                writer.write(findings_of(checked, shared.only, wide=shared.wide, part=part))
    return Done(tally.summary, 0 if since is None else since.left_out)
