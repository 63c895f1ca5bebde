"""`truceline check`: hold every report against every provision under every reading."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_left_out, tell_reads
from truceline.cli.outputs import ROWS, format_of, on_screen, put_lines
from truceline.cli.progress import counting
from truceline.cli.say import binary_output, json_text, note, terminal
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.running import Run
    from truceline.engines.local import Summary

__all__ = ["check"]

VERDICTS = ("violation", "no_violation", "indeterminate", "not_applicable")


def check(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    readings: opt.Readings = None,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    only: Annotated[
        str | None,
        typer.Option(metavar="VERDICTS", help="Only rows of these verdicts, such as violation,indeterminate."),
    ] = None,
    form: Annotated[
        opt.Format | None, typer.Option("--format", help="What to write; by the ending of --out, else a table.")
    ] = None,
    out: opt.Out = None,
    summary: Annotated[
        bool | None, typer.Option("--summary/--no-summary", help="Print the counts; on unless rows go to the screen.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Hold every report against every reading of every rule.

    Example: truceline check examples/toy/terms.yaml examples/toy/reports.csv -o findings.csv

    Each row of the output is one report under one provision and one reading: the verdict and its reasons. Ends
    with 0 when the check ran, whatever it found.
    """
    from truceline.api.running import start
    from truceline.api.terms import load

    chosen, wanted = format_of(form, out), _verdicts(only)
    run = start(
        load(terms), reports, asked_of(kind, mapping, zone, regions), readings=readings, as_known=as_known, since=since
    )
    counts = _counts(run, chosen, out, wanted)
    tell_reads(run.files.reads, out)
    tell_left_out(run)
    if wanted is not None:
        note(f"only rows with {', '.join(wanted)} were written; the counts are of all")
    rows_on_screen = chosen in ROWS and on_screen(out)
    if summary if summary is not None else not rows_on_screen:
        _tell(run, counts, as_json=as_json, out=out if chosen is opt.Format.TABLE else None, aside=rows_on_screen)


def _verdicts(only: str | None) -> list[str] | None:
    if only is None:
        return None
    wanted = [word.strip().replace(" ", "_") for word in only.split(",")]
    unknown = [word for word in wanted if word not in VERDICTS]
    if unknown:
        what = f"there is no verdict {', '.join(map(repr, unknown))}"
        raise UsageError([Fault("--only", "TL-E919", what, f"choose among {', '.join(VERDICTS)}")])
    return wanted


def _counts(run: Run, form: opt.Format, out: str | None, wanted: list[str] | None) -> Summary:
    """Check everything, and write the rows or the page."""
    from truceline.api.publishing import write_run
    from truceline.api.running import FINDINGS_SCHEMA, about, run_check
    from truceline.formats.findings_file import row_writer

    if form is opt.Format.HTML:
        return write_run(run, str(out)).summary
    with ExitStack() as stack:
        write = None
        if form in ROWS:
            file = stack.enter_context(binary_output(out))
            write = stack.enter_context(row_writer(file, ROWS[form], FINDINGS_SCHEMA, about(run, wanted))).write
        seen = stack.enter_context(counting("reports", sum(run.files.rows)))
        return run_check(run, write=write, only=wanted, seen=seen)


def _tell(run: Run, counts: Summary, *, as_json: bool, out: str | None, aside: bool) -> None:
    """Print the counts: to the file of the table, to the screen, or aside where rows are on the screen."""
    from truceline.publish.summary_text import summary_data, summary_lines

    screen = terminal(sys.stderr if aside else sys.stdout)
    if as_json:
        lines = json_text(summary_data(counts, run.setup)).split("\n")
    elif out is not None:
        lines = list(summary_lines(counts, run.setup))
    else:
        lines = list(summary_lines(counts, run.setup, width=screen.width, colour=screen.colour))
    if aside:
        note(*lines)
    else:
        put_lines(lines, out)
