"""`truceline demo`: check the example that comes with Truceline, and write its report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.inputs import tell_reads
from truceline.cli.say import show, terminal

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

    One HTML file; it takes seconds and needs no network.
    """
    from truceline.api.publishing import example_at, run_example
    from truceline.engines.deciding import Background
    from truceline.formats.atomic import not_written
    from truceline.publish.summary_text import summary_lines

    example = example_at()
    page = out or Path("out") / example.folder.name / "report.html"
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(str(page), error) from error
    run, checked = run_example(example, page)
    background = Background()
    background.look(checked)
    screen, since = terminal(), str(run.since) if run.since and run.since.left_out else None
    show(summary_lines(checked.summary, checked.setup, background=background, left_out=since, width=screen.width,
                       colour=screen.colour))  # fmt: skip
    tell_reads(run.files, None, most=0)
    show(["", f"The report: {page}  (open it in a browser; it needs no network)"])
