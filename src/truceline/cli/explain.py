"""`truceline explain`: show how the verdicts on one report came about."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, check_names, files_in_words, terms_of
from truceline.cli.progress import waiting
from truceline.cli.provenance import record_beside
from truceline.cli.say import json_text, note, show, terminal

__all__ = ["explain"]


def explain(
    terms: opt.Terms,
    reports: opt.Reports,
    *,
    report: Annotated[str, typer.Option("--report", metavar="ID", help="The report to explain.")],
    provision: Annotated[str | None, typer.Option(metavar="NAME", help="Only this provision.")] = None,
    reading: Annotated[str | None, typer.Option(metavar="NAME", help="Only this reading; 'text': without any.")] = None,
    as_known: opt.AsKnown = None,
    kind: opt.KindOption = opt.Kind.AUTO, mapping: opt.Mapping = None,
    zone: opt.Zone = None, regions: opt.Regions = None, places: opt.Places = None, geometry: opt.Geometry = None,
    as_json: opt.Json = False,
    prov: opt.Prov = None,
) -> None:  # fmt: skip
    """Show how the verdicts on one report came about.

    The clause and its source, the reading, the report, the truth of each condition, the arithmetic.

    Example: truceline explain examples/toy/terms.yaml examples/toy/reports.csv --report toy:2 --reading north
    """
    from truceline.api.checking import explain as explain_report
    from truceline.api.reading import open_files
    from truceline.api.telling import lines_about_report
    from truceline.engines.setup import prepare
    from truceline.publish.explain_text import explanation_lines

    asked = asked_of(kind, mapping, zone, regions, places=places)
    check_names([str(terms), *reports])
    record = record_beside(prov, asked, [str(terms), *reports])
    with waiting(files_in_words(reports)) as seen:
        agreement = terms_of(terms, geometry)
        held = prepare(agreement, as_known=as_known)
        files = open_files(agreement, reports, asked, known_until_us=held.known_until_us, seen=seen)
    note(*lines_about_report(files, report))
    found = explain_report(
        agreement, files, report, provision=provision, reading=reading, as_known=as_known, regions=files.regions
    )
    if record is not None:
        record.of_verdicts(held, files, found)
    if as_json:
        show(json_text([one.as_dict() for one in found]).split("\n"))
        return
    screen = terminal()
    for number, one in enumerate(found):
        show([*[""] * (number > 0), *explanation_lines(one, width=screen.width, colour=screen.colour)])
