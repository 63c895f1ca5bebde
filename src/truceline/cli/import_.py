"""`truceline import`: turn a data set into the columns of Truceline."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, check_names, tell_reads
from truceline.cli.outputs import must_end, on_screen, refuse_screen
from truceline.cli.progress import waiting
from truceline.cli.say import binary_output, note
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.reading import Asked, Reports
    from truceline.formats.spooled import Spooled

__all__ = ["import_"]

OUT_HELP = "The Parquet or Arrow file, wholly or not at all; - for a pipe."


def import_(
    words: Annotated[
        list[str], typer.Argument(metavar="[KIND] FILE", help="What the file is, if it does not show it.")
    ],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help=OUT_HELP)],
    zone: opt.ZoneAlone = None,
    regions: opt.RegionsAlone = None,
    mapping: opt.Mapping = None,
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the data set.")] = None,
    version: Annotated[
        str | None, typer.Option(metavar="RELEASE", help="Release of the data set, such as 23.1.")
    ] = None,
    *,
    places: opt.Places = None,
) -> None:
    """Turn a data set into the columns of Truceline.

    Example: truceline import csv examples/toy/reports.csv --zone UTC --out toy.parquet

    KIND: ucdp, acled, csv, geojson, gpkg, geoparquet, arrow or parquet. Refused rows are listed and written to
    FILE.rejects.csv; the columns of the data set are kept. What was imported once is checked in a stream, however
    large it is.
    """
    from truceline.api.reading import ReportFiles, import_reports

    kind, path = _kind_and_file(words)
    must_end(out, ".parquet", ".pq", ".arrow", ".ipc", ".feather")
    refuse_screen(out, "Parquet")
    asked = asked_of(kind, mapping, zone, regions, version, dataset, places)
    check_names([path], out, asked)
    with waiting(f"importing {path}") as seen:
        read = _piped(path, asked) if on_screen(out) else import_reports(path, asked, out, seen=seen)
    tell_reads(ReportFiles((path,), (read,), read.regions), out, write=False)
    where = "standard output" if on_screen(out) else out
    note(f"{read.counts['kept']:,} of {read.counts['read']:,} rows of {read.name} ({read.kind}): {where}")


def _piped(path: str, asked: Asked) -> Reports | Spooled:
    """Write to the standard output, by way of a file that is whole: a reader never gets half of one."""
    from truceline.api.reading import import_reports

    with TemporaryDirectory(prefix="truceline-") as folder:
        made = Path(folder) / "reports.parquet"
        read = import_reports(path, asked, made)
        with binary_output(None) as sink, made.open("rb") as file:
            copyfileobj(file, sink)
    return read


def _kind_and_file(words: list[str]) -> tuple[opt.Kind, str]:
    known = [kind.value for kind in opt.Kind]
    if len(words) == 1:
        return opt.Kind.AUTO, words[0]
    if len(words) > 2 or words[0] not in known:
        what = f"{' '.join(words)!r} is not [KIND] FILE"
        raise UsageError([Fault("import", "TL-E920", what, f"write one kind ({', '.join(known)}) and one file")])
    return opt.Kind(words[0]), words[1]
