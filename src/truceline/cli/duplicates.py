"""`truceline duplicates`: propose reports that may be of one incident, for people to decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.basics.counting import counted
from truceline.cli import ledger_options as led
from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, check_names, check_options, files_in_words, tell_reads
from truceline.cli.outputs import must_end, on_screen, put_lines
from truceline.cli.progress import waiting
from truceline.cli.say import binary_output, json_text, note, show, terminal

if TYPE_CHECKING:
    import pyarrow as pa

    from truceline.api.duplicates import Duplicates
    from truceline.api.reading import ReportFiles
    from truceline.evidence.judgement import Judgement

__all__ = ["duplicates"]

Reports = Annotated[
    list[str] | None,
    typer.Argument(metavar="REPORTS", help="Files of reports, or folders of them; - for a pipe.",
                   show_default=False),
]  # fmt: skip
Judgements = Annotated[
    Path | None,
    typer.Option("--judgements", metavar="FILE", readable=False, help="What people decided: left out, and shown."),
]
Widest = Annotated[str, typer.Option(metavar="DISTANCE", help="Nothing is proposed for a less exact place.")]
Longest = Annotated[str, typer.Option(metavar="TIME", help="Nothing is proposed for a longer time.")]
Out = Annotated[
    str | None, typer.Option("--out", "-o", metavar="FILE", help="A sheet of judgements to fill in, as CSV.")
]


def duplicates(
    reports: Reports = None,
    *,
    ledger: led.AlsoLedger = None,
    as_known: opt.AsKnown = None,
    judgements: Judgements = None,
    widest: Widest = "30 km",
    longest: Longest = "31 days",
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.ZoneAlone = None,
    as_json: opt.Json = False,
    out: Out = None,
) -> None:
    """Propose pairs of reports that may be of one incident.

    Places and times that touch, with nothing against it in who did what. People decide; nothing is ever merged.

    Example: truceline duplicates examples/toy/reports.csv --zone UTC -o pairs.csv
    """
    from truceline.api.duplicates import duplicates as propose
    from truceline.api.origins import day_asked
    from truceline.api.reading import open_files

    day, named = day_asked(as_known), led.with_ledger(reports, ledger, "REPORTS")
    until = None if day is None else day.end_us
    asked = asked_of(kind, mapping, zone, None)
    check_options(judgements=judgements)
    check_names([*named, *([str(judgements)] if judgements else [])], out, asked)
    if out is not None:
        must_end(out, ".json" if as_json else ".csv")
    with waiting(files_in_words(named)) as seen:
        files = open_files(None, named, asked, known_until_us=until, seen=seen)
    tell_reads(files, out)
    table, decided = _known(files, as_known), _decided(named, until, judgements)
    found = propose(table, decided, widest=widest, longest=longest, as_known=as_known)
    if as_json:
        put_lines(json_text(found.as_dict()).split("\n"), out)
    elif out is None:
        screen = terminal()
        show(found.lines(zone=zone, width=screen.width, colour=screen.colour))
    else:
        _write(found, out, zone)


def _known(files: ReportFiles, as_known: str | None) -> pa.Table:
    """Give the reports that were known on a day, and say how many were not."""
    from truceline.api.duplicates import known_reports

    table, late, undated = known_reports(files, as_known)
    if late or undated:
        note(f"not known on {as_known}: {counted(late, 'report')} published later, {undated:,} without a date of that")
    return table


def _decided(named: list[str], until: int | None, path: Path | None) -> tuple[Judgement, ...]:
    """Read what people decided: what stands in the ledgers that are named, and a file."""
    from truceline.api.ledger_named import rows_at
    from truceline.api.rows_told import lines_about_rows
    from truceline.formats.judgements_file import read_judgements

    said = [each for ledger in rows_at(named, until) for each in ledger.judgements]
    if path is not None:
        read = read_judgements(path)
        note(*lines_about_rows([read]))
        said += read.judgements
    return tuple(said)


def _write(found: Duplicates, out: str, zone: str | None) -> None:
    with binary_output(out) as file:
        count = found.write_sheet(file, zone=zone)
    where = "standard output" if on_screen(out) else out
    note(f"{counted(count, 'pair')} of {counted(found.reports.num_rows, 'report')} to be decided: {where}")
