"""`truceline locate`: station and offset of every row of a CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.inputs import check_names
from truceline.cli.options import Edges, Geometry, Out, Plus
from truceline.cli.outputs import must_end
from truceline.cli.progress import counting
from truceline.cli.say import binary_output, note

__all__ = ["locate"]

SHOWN = 10


def locate(
    lines: Annotated[
        Path,
        typer.Argument(metavar="LINES", help="GeoJSON file with the line, a terms file or library:ID.", readable=False),
    ],
    points: Annotated[
        str, typer.Argument(metavar="POINTS", help="CSV with the columns lon and lat; - for the standard input.")
    ],
    line: Annotated[
        str | None, typer.Option(metavar="ID", help="Id of the line; not needed where there is one.")
    ] = None,
    out: Out = None,
    plus: Annotated[Plus | None, typer.Option(help="Side on which offsets are positive (GeoJSON: left).")] = None,
    edges: Annotated[
        Edges, typer.Option(help="What an edge between two vertices of a GeoJSON line is.")
    ] = Edges.LONLAT,
    geometry: Geometry = None,
) -> None:
    """Give the station and offset of every place of a CSV.

    Example: truceline locate examples/toy/terms.yaml examples/toy/reports.csv --line river -o located.csv

    All rows and columns are kept, in their order; station_m, offset_m, side, beyond_end and tl_error are added.
    """
    from truceline.api.lines import line_in, locate_file
    from truceline.formats.slots import brought_words

    if out is not None:
        must_end(out, ".csv", ".tsv", ".txt")
    check_names([str(lines), points], out)
    brought = brought_words(geometry or ())
    found = line_in(lines, line, plus=plus.value if plus else None, edges=edges.value, brought=brought)
    with binary_output(out) as sink, counting("rows") as seen:
        done = locate_file(found, points, sink, seen)
    note(*done.faults[:SHOWN])
    if len(done.faults) > SHOWN:
        note(f"... and {done.refused + done.doubted - SHOWN:,} more rows; all of them in the column tl_error")
    note(f"{done.located:,} of {done.rows:,} rows measured from {found.name}, {done.refused:,} refused")
