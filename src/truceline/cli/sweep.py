"""`truceline sweep`: count reports as a function of the distance."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_left_out, tell_reads
from truceline.cli.outputs import ROWS, format_of, put_lines, put_rows
from truceline.cli.progress import counting

__all__ = ["sweep"]


def sweep(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    lines: Annotated[
        list[str] | None, typer.Option("--line", metavar="NAME", help="Only from this line; may be repeated.")
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME", help="Only reports that name this set or actor; may be repeated."),
    ] = None,
    upto: Annotated[str, typer.Option(metavar="DISTANCE", help="The largest distance.")] = "30 mi",
    step: Annotated[str, typer.Option(metavar="DISTANCE", help="From one distance to the next.")] = "1 mi",
    distances: Annotated[
        str | None, typer.Option(metavar="DISTANCES", help="These distances instead, such as '3 mi,4 mi'.")
    ] = None,
    both_sides: Annotated[bool, typer.Option("--both-sides", help="Whichever side of the line.")] = False,
    as_points: Annotated[
        bool, typer.Option("--as-points", help="Take coordinates for exact, as a naive count does.")
    ] = False,
    months: Annotated[bool, typer.Option("--months", help="Each month by itself.")] = False,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    form: Annotated[
        opt.Format | None, typer.Option("--format", help="What to write; by the ending of --out, else a table.")
    ] = None,
    out: opt.Out = None,
) -> None:
    """Count reports as a function of the distance.

    How many lie surely, and how many possibly, within each distance of each line.

    Example: truceline sweep examples/toy/terms.yaml examples/toy/reports.csv --line river --distances "3 mi,4 mi"

    A report exactly at a distance is not within it.
    """
    from truceline.api.measuring import options_of
    from truceline.api.running import about, run_sweep, start
    from truceline.api.terms import load
    from truceline.publish.summary_text import sweep_lines

    chosen = format_of(form, out)
    words = None if distances is None else [word.strip() for word in distances.split(",")]
    asked = options_of(lines, sets, upto, step, words, both_sides=both_sides, as_points=as_points, months=months)
    run = start(load(terms), reports, asked_of(kind, mapping, zone, regions), as_known=as_known, since=since)
    with counting("reports", sum(run.files.rows)) as seen:
        found = run_sweep(run, asked, seen)
    tell_reads(run.files.reads, out)
    tell_left_out(run)
    if chosen in ROWS:
        put_rows(found, chosen, out, about(run))
    else:
        put_lines(list(sweep_lines(found)), out)
