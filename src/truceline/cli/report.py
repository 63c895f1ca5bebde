"""`truceline report`: write one HTML file that works offline."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, open_run, tell_left_out, tell_reads
from truceline.cli.outputs import must_end, on_screen, refuse_screen
from truceline.cli.progress import waiting
from truceline.cli.say import binary_output, show

__all__ = ["report"]


def report(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="The page to write, wholly or not at all; - for a pipe.")
    ],
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="Instead of the title of the agreement.")] = None,
    subtitle: Annotated[str | None, typer.Option(metavar="WORDS", help="The sentence below it.")] = None,
    readings: opt.Readings = None,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
) -> None:
    """Write one HTML file that works offline.

    What was checked, what came out under which reading, and what cannot be said.

    Example: truceline report examples/toy/terms.yaml examples/toy/reports.csv --out toy.html

    The page loads nothing from elsewhere; base.geojson and places.geojson beside the terms become its map.
    """
    from truceline.api.publishing import page_of_run, write_run
    from truceline.basics.counting import counted
    from truceline.publish.summary_clauses import text_and_readings

    must_end(out, ".html", ".htm")
    refuse_screen(out, "a page")
    asked = asked_of(kind, mapping, zone, regions)
    run = open_run(terms, reports, asked, readings=readings, as_known=as_known, since=since, out=out)
    with waiting("writing the page"):
        if on_screen(out):
            checked, page = page_of_run(run, title=title, subtitle=subtitle)
            with binary_output(out) as file:
                file.write(page.encode())
        else:
            checked = write_run(run, out, title=title, subtitle=subtitle)
    tell_reads(run.files, out)
    tell_left_out(run)
    counts = counted(len(checked.batch), "report"), text_and_readings(checked.setup.readings)
    if not on_screen(out):
        show([f"{' under '.join(counts)}: {out}"])
