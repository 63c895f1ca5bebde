"""`truceline sweep`: count reports as a function of the distance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, open_run, tell_left_out, tell_reads
from truceline.cli.outputs import ROWS, format_of, put_lines, put_rows
from truceline.cli.progress import counting
from truceline.cli.say import binary_output
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.running import Run
    from truceline.engines.local import Checked

__all__ = ["refuse_beside", "sweep", "swept_beside"]

UPTO, STEP = "30 mi", "1 mi"

Lines = Annotated[
    list[str] | None, typer.Option("--line", metavar="NAME", help="Only from this line; may be repeated.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME", help="Only reports that name this set or actor; may be repeated."),
]
Upto = Annotated[str, typer.Option(metavar="DISTANCE", help="The largest distance.")]
Step = Annotated[str, typer.Option(metavar="DISTANCE", help="From one distance to the next.")]
Distances = Annotated[
    str | None, typer.Option(metavar="DISTANCES", help="These distances instead, such as '3 mi,4 mi'.")
]
BothSides = Annotated[bool, typer.Option("--both-sides", help="Whichever side of the line.")]
AsPoints = Annotated[bool, typer.Option("--as-points", help="Take coordinates for exact, as a naive count does.")]
Months = Annotated[bool, typer.Option("--months", help="Each month by itself.")]
Form = Annotated[
    opt.SweepFormat | None, typer.Option("--format", help="What to write; by the ending of --out, else a table.")
]


def sweep(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    lines: Lines = None,
    sets: Sets = None,
    upto: Upto = UPTO,
    step: Step = STEP,
    distances: Distances = None,
    both_sides: BothSides = False,
    as_points: AsPoints = False,
    months: Months = False,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    places: opt.Places = None,
    geometry: opt.Geometry = None,
    form: Form = None,
    out: opt.Out = None,
) -> None:
    """Count reports as a function of the distance.

    How many lie surely, and how many possibly, within each distance of each line.

    Example: truceline sweep examples/toy/terms.yaml examples/toy/reports.csv --line river --distances "3 mi,4 mi"

    A report exactly at a distance is not within it.
    """
    from truceline.api.measuring import options_of
    from truceline.api.running import about, run_sweep
    from truceline.publish.summary_text import line_names, sweep_lines

    chosen = format_of(None if form is None else opt.Format(form), out, pages=False)
    words = None if distances is None else [word.strip() for word in distances.split(",")]
    asked = options_of(lines, sets, upto, step, words, both_sides=both_sides, as_points=as_points, months=months)
    reading = asked_of(kind, mapping, zone, regions, places=places)
    run = open_run(terms, reports, reading, as_known=as_known, since=since, out=out, geometry=geometry)
    with counting("reports", sum(run.files.rows)) as seen:
        found = run_sweep(run, asked, seen)
    tell_reads(run.files, out)
    tell_left_out(run)
    if chosen in ROWS:
        put_rows(found, chosen, out, about(run))
    else:
        put_lines(list(sweep_lines(found, line_names(run.setup, both_sides=both_sides))), out)


def refuse_beside(out: str) -> None:
    """Refuse a name for the sweep that a check writes beside its own result, if it would not be rows in a file.

    Raises
    ------
    UsageError
        TL-E918.
    """
    if format_of(None, out, pages=False) not in ROWS:
        fault = Fault("--sweep", "TL-E918", "rows go into a file", "end its name in .csv, .jsonl or .parquet")
        raise UsageError([fault])


@contextmanager
def swept_beside(run: Run, out: str) -> Iterator[Callable[[Checked], None]]:
    """Write the sweep of all reports that the function given is shown, where a check located them."""
    from truceline.api.measuring import options_of
    from truceline.api.running import about
    from truceline.engines.sweeping import Curves
    from truceline.formats.findings_file import row_writer

    options = options_of(None, None, UPTO, STEP, None, both_sides=False, as_points=False, months=False)
    curves = Curves(run.setup, options)
    with binary_output(out) as file:
        yield curves.look
        found = curves.table
        with row_writer(file, ROWS[format_of(None, out)], found.schema, about(run)) as writer:
            for batch in found.to_batches():
                writer.write(batch)
