"""`truceline check`: hold every report against every provision under every reading."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.accounts import (
    AccountsOut,
    Effort,
    Judgements,
    beside_from,
    put_accounts,
    refuse_accounts,
    tell_unmatched,
    unmatched_of,
)
from truceline.cli.inputs import asked_of, check_names, open_run, tell_left_out, tell_reads
from truceline.cli.outputs import ROWS, format_of, on_screen, put_lines
from truceline.cli.progress import counting, waiting
from truceline.cli.provenance import record_beside
from truceline.cli.say import Terminal, binary_output, json_text, note, show, terminal
from truceline.cli.sweep import refuse_beside, swept_beside
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.running import Run
    from truceline.api.unmatched import Unmatched
    from truceline.engines.deciding import Background
    from truceline.engines.local import Checked, Summary
    from truceline.engines.pruning import Sieve, Writes

__all__ = ["check"]

VERDICTS = ("violation", "no_violation", "indeterminate", "not_applicable")
HERE = "local[*]"
"""The cluster where none is named: the processors of this machine."""


class Engine(StrEnum):
    """Where a check runs."""

    LOCAL = "local"
    SPARK = "spark"


Only = Annotated[
    str | None, typer.Option(metavar="VERDICTS", help="Only rows of these verdicts, such as violation,indeterminate.")
]
Wide = Annotated[bool, typer.Option("--wide", help="One row per report, a column per provision and reading.")]
Form = Annotated[
    opt.Format | None, typer.Option("--format", help="What to write; by the ending of --out, else a table.")
]
Counts = Annotated[
    bool | None, typer.Option("--summary/--no-summary", help="Print the counts; on unless rows go to the screen.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")]
Sweep = Annotated[
    str | None, typer.Option(metavar="FILE", help="Count reports by distance too, in the same pass, into this file.")
]
Threads = Annotated[int | None, typer.Option(metavar="N", min=1, help="Batches at a time; one per processor.")]
EngineOption = Annotated[Engine, typer.Option("--engine", help="This machine, or a Spark cluster.")]
Master = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The Spark cluster, such as spark://host:7077; with --engine spark."),
]


@dataclass(frozen=True)
class _Wanted:
    """What is to be written, and where and how it is made."""

    form: opt.Format
    out: str | None
    only: list[str] | None
    wide: bool
    threads: int | None
    sweep: str | None

    @property
    def writes(self) -> Writes:
        """Which rows are written; for a sweep the place of every report has to be read."""
        from truceline.api.running import writes_of

        if self.sweep is not None:
            return writes_of(None, wide=False)
        return writes_of(self.only if self.form in ROWS else [], wide=self.wide)


@dataclass(frozen=True)
class _Told:
    """What came out of a run, and what was not read for it."""

    counts: Summary
    background: Background
    sieve: Sieve
    unmatched: tuple[Unmatched, ...]


def check(
    terms: opt.Terms, reports: opt.Reports, *, readings: opt.Readings = None, as_known: opt.AsKnown = None,
    since: opt.Since = None, kind: opt.KindOption = opt.Kind.AUTO, mapping: opt.Mapping = None, zone: opt.Zone = None,
    regions: opt.Regions = None, places: opt.Places = None, only: Only = None, wide: Wide = False, form: Form = None,
    out: opt.Out = None, summary: Counts = None, as_json: AsJson = False, sweep: Sweep = None, threads: Threads = None,
    engine: EngineOption = Engine.LOCAL, master: Master = None, prov: opt.Prov = None, effort: Effort = None,
    judgements: Judgements = None, accounts: AccountsOut = None, geometry: opt.Geometry = None,
) -> None:  # fmt: skip
    """Hold every report against every reading of every rule.

    Example: truceline check examples/toy/terms.yaml examples/toy/reports.csv -o findings.csv

    Each row of the output is one report under one provision and one reading: the verdict and its reasons. Ends
    with 0 when the check ran, whatever it found.
    """
    from truceline.engines.deciding import Background

    on_spark = engine is Engine.SPARK
    chosen = opt.Format.PARQUET if on_spark else format_of(form, out)
    wanted = _Wanted(chosen, out, _verdicts(only), wide, threads, sweep)
    _refuse(wanted, on_spark=on_spark)
    _refuse_idle(wanted, on_spark=on_spark, master=master, form=form)
    asked = asked_of(kind, mapping, zone, regions, places=places)
    record = record_beside(
        prov, asked, [str(terms), *reports], {_role(chosen): out, "sweep": sweep, "accounts": accounts}, since=since,
        only=only, wide="yes" if wide else None,
    )  # fmt: skip
    if sweep is not None:
        check_names([str(terms), *reports], sweep, asked)
    refuse_accounts(accounts, out, [str(terms), *reports], effort, judgements)
    with_beside = beside_from(effort, judgements)
    run = with_beside(open_run(
        terms, reports, asked, readings=readings, as_known=as_known, since=since, out=out, geometry=geometry
    ))  # fmt: skip
    background = Background()
    sieve = run.sieve(wanted.writes)
    counts = _on_spark(run, wanted, master or HERE, sieve) if on_spark else _counts(run, wanted, background, sieve)
    put_accounts(run, counts, accounts)
    _tell_all(run, _Told(counts, background, sieve, unmatched_of(run)), wanted, summary=summary, as_json=as_json)
    if record is not None:
        record.of_run(run.setup, run.files)


def _tell_all(run: Run, told: _Told, wanted: _Wanted, *, summary: bool | None, as_json: bool) -> None:
    """Say what was read, and what came out."""
    tell_reads(run.files, wanted.out)
    tell_unmatched(told.unmatched)
    if wanted.only is not None:
        note(f"only rows with {', '.join(wanted.only)} were written; the counts are of all")
    if wanted.form is opt.Format.TABLE and not on_screen(wanted.out):
        put_lines(_table(run, told, Terminal(None, colour=False)), wanted.out)
    rows_on_screen = wanted.form in ROWS and on_screen(wanted.out)
    if summary if summary is not None else as_json or not rows_on_screen:
        _tell(run, told, as_json=as_json, aside=rows_on_screen)
    else:
        tell_left_out(run)
    if told.sieve.reports:
        note(str(told.sieve))


def _role(form: opt.Format) -> str:
    """Say what the output is, for the record of provenance."""
    return {opt.Format.TABLE: "table", opt.Format.HTML: "page"}.get(form, "findings")


def _refuse(wanted: _Wanted, *, on_spark: bool) -> None:
    """Refuse what does not go together before anything is read."""
    what = None
    if (wanted.wide or wanted.only is not None) and wanted.form not in ROWS:
        option = "--wide" if wanted.wide else "--only"
        what = Fault(option, "TL-E918", "this is about rows", "name a file of rows: --out findings.parquet")
    elif wanted.wide and wanted.only is not None:
        what = Fault("--wide", "TL-E918", "a row holds all verdicts of a report", "leave out --only, or --wide")
    elif on_spark and on_screen(wanted.out):
        what = Fault("--engine spark", "TL-E918", "executors write files", "name a folder: --out findings")
    elif on_spark and Path(str(wanted.out)).suffix:
        what = Fault("--out", "TL-E918", "executors write a folder of files", "name it without an ending: findings")
    if what is not None:
        raise UsageError([what])
    if wanted.sweep is not None:
        refuse_beside(wanted.sweep)
        if wanted.out is not None and Path(wanted.sweep).resolve() == Path(wanted.out).resolve():
            raise UsageError([Fault("--sweep", "TL-E918", "--out goes into the same file", "choose another name")])


def _refuse_idle(wanted: _Wanted, *, on_spark: bool, master: str | None, form: opt.Format | None) -> None:
    """Refuse the options that the engine asked for has no use for: they would be passed over in silence."""
    what = None
    if master is not None and not on_spark:
        what = Fault(
            "--master", "TL-E934", "a cluster is named, and this machine would do the work", "add --engine spark"
        )
    elif on_spark and wanted.threads is not None:
        what = Fault("--threads", "TL-E934", "Spark counts its own threads", "write --master 'local[N]' instead")
    elif on_spark and form not in (None, opt.Format.PARQUET):
        what = Fault("--format", "TL-E934", "executors write Parquet and nothing else", "leave it out")
    elif on_spark and wanted.sweep is not None:
        what = Fault("--sweep", "TL-E934", "executors count no distances", "leave it out, and run truceline sweep")
    if what is not None:
        raise UsageError([what])


def _verdicts(only: str | None) -> list[str] | None:
    if only is None:
        return None
    wanted = [word.strip().replace(" ", "_") for word in only.split(",")]
    unknown = [word for word in wanted if word not in VERDICTS]
    if unknown:
        what = f"there is no verdict {', '.join(map(repr, unknown))}"
        raise UsageError([Fault("--only", "TL-E919", what, f"choose among {', '.join(VERDICTS)}")])
    return wanted


def _counts(run: Run, wanted: _Wanted, background: Background, sieve: Sieve) -> Summary:
    """Check everything, and write the rows or the page."""
    from truceline.api.running import about, findings_schema, run_check
    from truceline.formats.findings_file import row_writer

    with ExitStack() as stack:
        looks: list[Callable[[Checked], None]] = [background.look]
        if wanted.sweep is not None:
            looks.append(stack.enter_context(swept_beside(run, wanted.sweep)))

        def look(checked: Checked) -> None:
            for one in looks:
                one(checked)

        if wanted.form is opt.Format.HTML:
            from truceline.api.publishing import write_run  # it loads what draws pages

            with waiting("writing the page"):
                checked = write_run(run, str(wanted.out))
            look(checked)
            return checked.summary
        write = None
        if wanted.form in ROWS:
            file = stack.enter_context(binary_output(wanted.out))
            schema, told = findings_schema(run.setup, wide=wanted.wide), about(run, wanted.only)
            write = stack.enter_context(row_writer(file, ROWS[wanted.form], schema, told)).write
        seen = stack.enter_context(counting("reports", sum(run.files.rows)))
        return run_check(run, write=write, only=wanted.only, wide=wanted.wide, threads=wanted.threads, seen=seen,
                         look=look, sieve=sieve)  # fmt: skip


def _on_spark(run: Run, wanted: _Wanted, master: str, sieve: Sieve) -> Summary:
    from truceline.api.spark import check_files, pieces_of

    with counting("row groups", len(pieces_of(run))) as seen:
        return check_files(
            run, str(wanted.out), master=master, only=wanted.only, wide=wanted.wide, seen=seen, sieve=sieve
        )


def _tell(run: Run, told: _Told, *, as_json: bool, aside: bool) -> None:
    """Print the counts: to the screen, or aside where rows are on the screen."""
    from truceline.publish.summary_text import summary_data

    if as_json:
        tell_left_out(run)
        unread = {"unread": {"reports": told.sieve.reports, "row_groups": told.sieve.parts}}
        lost = {"unmatched_judgements": [one.as_dict() for one in told.unmatched]}
        lines = json_text(summary_data(told.counts, run.setup, told.background) | unread | lost).split("\n")
    else:
        lines = _table(run, told, terminal(sys.stderr if aside else sys.stdout))
    if aside:
        note(*lines)
    else:
        show(lines)


def _table(run: Run, told: _Told, screen: Terminal) -> list[str]:
    from truceline.publish.summary_text import summary_lines

    since = str(run.since) if run.since and run.since.left_out else None
    lines = summary_lines(told.counts, run.setup, background=told.background, left_out=since, width=screen.width,
                          colour=screen.colour)  # fmt: skip
    return list(lines)
