"""`truceline origins`: who said it first, however many carry it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import ledger_options as led
from truceline.cli import options as opt
from truceline.cli.inputs import check_names, check_options
from truceline.cli.outputs import must_end, on_screen, put_lines
from truceline.cli.say import json_text, note, show, terminal

if TYPE_CHECKING:
    from truceline.api.origins import Material

__all__ = ["origins"]


class OriginsFormat(StrEnum):
    """How origins are written."""

    TABLE = "table"
    JSON = "json"


Files = Annotated[
    list[str] | None, typer.Argument(metavar="FILE", help="Files of statements; - for a pipe.", show_default=False)
]
Claims = Annotated[list[str] | None, typer.Option("--claim", metavar="NAME", help="Only this claim; may be repeated.")]
About = Annotated[
    list[str] | None,
    typer.Option("--about", metavar="NAME", help="Only claims about this provision, reading or demand of the terms."),
]
Judgements = Annotated[
    Path | None, typer.Option("--judgements", metavar="FILE", readable=False, help="What people decided, to be shown.")
]
Grades = Annotated[
    Path | None, typer.Option("--grades", metavar="FILE", readable=False, help="Grades of statements, to be shown.")
]
Form = Annotated[
    OriginsFormat | None, typer.Option("--format", help="What to write; by the ending of --out, else a table.")
]


def origins(
    files: Files = None,
    *,
    ledger: led.AlsoLedger = None,
    claims: Claims = None,
    about: About = None,
    as_known: opt.AsKnown = None,
    judgements: Judgements = None,
    grades: Grades = None,
    as_json: opt.Json = False,
    form: Form = None,
    out: opt.Out = None,
) -> None:
    """Show who first said a thing, however many carry it.

    For each claim the independent origins, who carried each, circles, accounts that contradict each other, what
    changed on the way, grades, and for each figure the way back to where it stands.

    Example: truceline origins examples/toy/statements.csv --claim four_miles
    """
    from truceline.api.origins import trace

    chosen = _format(OriginsFormat.JSON if as_json else form, out)
    named = led.with_ledger(files, ledger, "FILE")
    found = trace(_material(named, judgements, grades, as_known, out), claims=claims, about=about, as_known=as_known)
    if chosen is OriginsFormat.JSON:
        put_lines(json_text(found.as_dict()).split("\n"), out)
    elif on_screen(out):
        screen = terminal()
        show(found.lines(width=screen.width, colour=screen.colour))
    else:
        put_lines(list(found.lines()), out)


def _material(
    files: list[str], judgements: Path | None, grades: Path | None, as_known: str | None, out: str | None
) -> Material:
    """Read the files and say what was wrong with their rows: whatever gives a `Material` may stand in for this."""
    from truceline.api.origins import material_of
    from truceline.api.rows_told import lines_about_rows

    named = [str(path) for path in (judgements, grades) if path is not None]
    check_names([*files, *named], out)
    check_options(judgements=judgements, grades=grades)
    found = material_of(files, judgements, grades, as_known=as_known)
    note(*lines_about_rows(found.reads))
    return found


def _format(form: OriginsFormat | None, out: str | None) -> OriginsFormat:
    """Choose by the option, else by the ending of the output, else the table; the two must agree."""
    if form is None:
        form = OriginsFormat.JSON if out is not None and out.lower().endswith(".json") else OriginsFormat.TABLE
    if out is not None:
        must_end(out, ".json" if form is OriginsFormat.JSON else ".txt")
    return form
