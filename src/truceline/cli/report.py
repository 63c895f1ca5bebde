"""`truceline report`: write one HTML file that works offline."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_left_out, tell_reads
from truceline.cli.say import show

__all__ = ["report"]


def report(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="The page to write, wholly or not at all.")],
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
    from truceline.api.publishing import write_run
    from truceline.api.running import start
    from truceline.api.terms import load

    run = start(
        load(terms), reports, asked_of(kind, mapping, zone, regions), readings=readings, as_known=as_known, since=since
    )
    checked = write_run(run, out, title=title, subtitle=subtitle)
    tell_reads(run.files.reads, out)
    tell_left_out(run)
    show([f"{len(checked.batch):,} reports under {len(checked.setup.readings)} readings: {out}"])
