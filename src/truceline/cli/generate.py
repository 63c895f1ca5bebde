"""`truceline generate`: made-up reports for load tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.inputs import check_names
from truceline.cli.options import Zone
from truceline.cli.outputs import must_end, on_screen, refuse_screen
from truceline.cli.progress import counting
from truceline.cli.say import binary_output, note

__all__ = ["generate"]

OUT_HELP = "The Parquet file, wholly or not at all; - for a pipe."


def generate(
    like: Annotated[Path, typer.Option(metavar="FILE", help="Reports after which others are made.", readable=False)],
    rows: Annotated[int, typer.Option(metavar="N", min=1, help="How many reports to make.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help=OUT_HELP)],
    seed: Annotated[int, typer.Option(metavar="S", min=0, max=2**63 - 1, help="Equal seeds give equal reports.")] = 0,
    zone: Zone = None,
) -> None:
    """Make up reports in any number, for load tests.

    Example: truceline generate --like examples/toy/reports.csv --rows 100000 --seed 1 -o many.parquet

    Each takes the actors, the act and the precision of a real report, the date of another, and a place within the
    disc of the first. Ids and the column `origin` say that they are made up: never mix them with real reports.
    """
    from truceline.api.generating import write_generated
    from truceline.basics.counting import counted

    must_end(out, ".parquet", ".pq")
    refuse_screen(out, "Parquet")
    check_names([str(like)], out)
    with counting("reports", rows) as seen, binary_output(out) as file:
        write_generated(like, file, rows, seed, zone=zone, seen=seen)
    where = "standard output" if on_screen(out) else out
    note(f"{counted(rows, 'made-up report')} like those of {like}: {where}")
