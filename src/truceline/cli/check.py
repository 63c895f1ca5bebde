"""`truceline check`: hold every report against every provision under every reading."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_reads
from truceline.cli.progress import counting
from truceline.cli.say import binary_output, note, show, show_json, terminal
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.running import Run
    from truceline.engines.local import Summary

__all__ = ["check"]


def check(
    terms: opt.Terms,
    reports: opt.Reports,
    readings: opt.Readings = None,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    only: Annotated[
        str | None, typer.Option(metavar="VERDICTS", help="Only rows of these verdicts, such as violation,indeterminate.")
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
    """Hold every report against every provision under every reading.

    Example: truceline check examples/toy/terms.yaml examples/toy/reports.csv -o findings.csv

    Each row of the output is one report under one provision and one reading: the verdict and its reasons. Ends
    with 0 when the check ran, whatever it found.
    """
    from truceline.api.running import run_check, start
    from truceline.api.terms import load

    chosen = _format_of(form, out)
    wanted = _verdicts(only)
    run = start(
        load(terms), reports, asked_of(kind, mapping, zone, regions), readings=readings, as_known=as_known, since=since
    )
    if chosen is opt.Format.HTML:
        counts = _write_page(run, out)
    elif chosen is opt.Format.TABLE:
        with counting("reports", sum(run.files.rows)) as seen:
            counts = run_check(run, seen=seen)
    else:
        counts = _write_rows(run, chosen, out, wanted)
    tell_reads(run.files.reads, out)
    _tell(run, counts, wanted)
    rows_on_screen = chosen is not opt.Format.TABLE and out in (None, "-")
    if as_json and not rows_on_screen:
        _print_json(run, counts)
    elif summary if summary is not None else not rows_on_screen:
        _print_table(run, counts, on_screen=not rows_on_screen, out=out if chosen is opt.Format.TABLE else None)
