"""`truceline demo`: take the example that comes with Truceline into a ledger, check it, and write its report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli.inputs import tell_reads
from truceline.cli.progress import counting
from truceline.cli.say import note, show, terminal

if TYPE_CHECKING:
    from truceline.api.demo import Demo, Places

__all__ = ["demo"]


def demo(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            help="The page to write, wholly or not at all; out/EXAMPLE/report.html without it.",
        ),
    ] = None,
) -> None:
    """Check the bundled example and write its report.

    Example: truceline demo

    One HTML file, and beside it the ledger from which it was made; it takes seconds and needs no network.
    """
    from truceline.api.demo import places_of, run_demo
    from truceline.api.publishing import example_at
    from truceline.engines.deciding import Background
    from truceline.formats.atomic import not_written
    from truceline.publish.summary_text import summary_lines

    example = example_at()
    places = places_of(out or Path("out") / example.folder.name / "report.html", named=out is not None)
    try:
        places.page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(str(places.page), error) from error
    with counting("rows") as seen:
        done = run_demo(example, places, seen)
    background, checked, since = Background(), done.checked, done.run.since
    background.look(checked)
    screen, left_out = terminal(), str(since) if since and since.left_out else None
    show(summary_lines(checked.summary, checked.setup, background=background, left_out=left_out, width=screen.width,
                       colour=screen.colour))  # fmt: skip
    _tell_reads(done)
    show(["", *_ledger(done, places), "",
          f"The report: {places.page}  (open it in a browser; it needs no network)"])  # fmt: skip


def _tell_reads(done: Demo) -> None:
    from truceline.api.reading import ReportFiles
    from truceline.api.rows_told import lines_about_rows
    from truceline.formats.rows_file import RowsRead

    for one in done.added:
        if isinstance(one.read, RowsRead):
            note(*lines_about_rows([one.read]))
        else:
            tell_reads(ReportFiles((one.read.name,), (one.read,), one.read.regions), None, most=0)


def _ledger(done: Demo, places: Places) -> Iterator[str]:
    """Say what the signed head says, and what that shows."""
    head = done.verified.log.checkpoint
    if head is None:  # it would not have been verified
        return
    new = sum(one.added.new for one in done.added)
    yield f"The ledger: {places.ledger}  ({f'{new:,} new records' if new else 'nothing new'})"
    yield f"  {head.origin}: {head.head}; every record is the one that was put down"
    if done.continued:
        yield f"  it continues the head that the last run kept in {places.head}"
    yield f"  tamper-evident to anyone who holds an older head; this one is kept in {places.head}"
