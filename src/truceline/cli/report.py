"""`truceline report`: write one HTML file that works offline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.accounts import Effort, Judgements, beside_from
from truceline.cli.inputs import asked_of, check_names, check_options, open_run, tell_left_out, tell_reads
from truceline.cli.outputs import must_end, on_screen, refuse_screen
from truceline.cli.progress import waiting
from truceline.cli.say import binary_output, note, show

if TYPE_CHECKING:
    from truceline.api.publishing import Said
    from truceline.engines.local import Checked

__all__ = ["report"]

Page = Annotated[
    str, typer.Option("--out", "-o", metavar="FILE", help="The page to write, wholly or not at all; - for a pipe.")
]
Statements = Annotated[
    list[str] | None,
    typer.Option("--statements", metavar="FILE", help="Who said what: a file of statements; may be repeated."),
]


def report(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    out: Page,
    title: Annotated[str | None, typer.Option(metavar="WORDS", help="Instead of the title of the agreement.")] = None,
    subtitle: Annotated[str | None, typer.Option(metavar="WORDS", help="The sentence below it.")] = None,
    statements: Statements = None,
    readings: opt.Readings = None,
    as_known: opt.AsKnown = None,
    since: opt.Since = None,
    kind: opt.KindOption = opt.Kind.AUTO, mapping: opt.Mapping = None,
    zone: opt.Zone = None, regions: opt.Regions = None, places: opt.Places = None, geometry: opt.Geometry = None,
    effort: Effort = None, judgements: Judgements = None,
) -> None:  # fmt: skip
    """Write one HTML file that works offline.

    What was checked, what came out under which reading, and what cannot be said.

    Example: truceline report examples/toy/terms.yaml examples/toy/reports.csv --out toy.html

    The page loads nothing from elsewhere; base.geojson and places.geojson beside the terms become its map.
    """
    from truceline.api.publishing import page_of_run, said_in, write_run

    must_end(out, ".html", ".htm")
    refuse_screen(out, "a page")
    asked = asked_of(kind, mapping, zone, regions, places=places)
    beside = [str(path) for path in (effort, judgements) if path is not None]
    check_names([str(terms), *reports, *(statements or []), *beside], out, asked)
    check_options(effort=effort, judgements=judgements)
    with_beside = beside_from(effort, judgements)
    said = said_in(reports, statements or (), as_known)
    run = with_beside(open_run(
        terms, reports, asked, readings=readings, as_known=as_known, since=since, out=out, geometry=geometry
    ))  # fmt: skip
    with waiting("writing the page"):
        if on_screen(out):
            checked, page = page_of_run(run, title=title, subtitle=subtitle, said=said)
            with binary_output(out) as file:
                file.write(page.encode())
        else:
            checked = write_run(run, out, title=title, subtitle=subtitle, said=said)
    tell_reads(run.files, out)
    _tell_said(said)
    tell_left_out(run)
    if not on_screen(out):
        _tell_page(checked, out)


def _tell_page(checked: Checked, out: str) -> None:
    """Say what stands on the page, and where it is."""
    from truceline.basics.counting import counted
    from truceline.publish.summary_clauses import text_and_readings

    counts = counted(len(checked.batch), "report"), text_and_readings(checked.setup.readings)
    show([f"{' under '.join(counts)}: {out}"])


def _tell_said(said: Said | None) -> None:
    """Say what was wrong with the rows of statements; those of a ledger were told when they were added."""
    from truceline.api.ledger_named import is_ledger
    from truceline.api.rows_told import lines_about_rows

    reads = said.material.reads if said else ()
    note(*lines_about_rows(read for read in reads if not is_ledger(read.name)))
