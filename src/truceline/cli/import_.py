"""`truceline import`: turn a data set into the columns of Truceline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_reads
from truceline.cli.say import note
from truceline.errors import Fault, UsageError

__all__ = ["import_"]


def import_(
    words: Annotated[
        list[str], typer.Argument(metavar="[KIND] FILE", help="What the file is, if it does not show it.")
    ],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="The Parquet file, wholly or not at all.")],
    zone: Annotated[str | None, typer.Option(metavar="TZ", help="Time zone of bare dates, such as Etc/GMT-3.")] = None,
    regions: Annotated[Path | None, typer.Option(metavar="FILE", help="GeoJSON of districts.")] = None,
    mapping: opt.Mapping = None,
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the data set.")] = None,
    version: Annotated[
        str | None, typer.Option(metavar="RELEASE", help="Release of the data set, such as 23.1.")
    ] = None,
) -> None:
    """Turn a data set into the columns of Truceline.

    Example: truceline import csv examples/toy/reports.csv --zone UTC --out toy.parquet

    KIND: ucdp, acled, csv, geojson, gpkg, geoparquet or parquet. Refused rows are listed and written to
    FILE.rejects.csv; the columns of the data set are kept. What was imported once is checked in a stream, however
    large it is.
    """
    from truceline.api.reading import import_reports

    kind, path = _kind_and_file(words)
    read = import_reports(path, asked_of(kind, mapping, zone, regions, version, dataset), out)
    tell_reads([read], out, write=False)
    note(f"{read.counts['kept']:,} of {read.counts['read']:,} rows of {read.name} ({read.kind}): {out}")


def _kind_and_file(words: list[str]) -> tuple[opt.Kind, str]:
    known = [kind.value for kind in opt.Kind]
    if len(words) == 1:
        return opt.Kind.AUTO, words[0]
    if len(words) > 2 or words[0] not in known:
        what = f"{' '.join(words)!r} is not [KIND] FILE"
        raise UsageError([Fault("import", "TL-E920", what, f"write one kind ({', '.join(known)}) and one file")])
    return opt.Kind(words[0]), words[1]
