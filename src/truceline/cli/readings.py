"""`truceline readings`: who reads which clause how, side by side."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import terms_of
from truceline.cli.outputs import put_rows
from truceline.cli.say import json_text, show, terminal

__all__ = ["readings"]


class ReadingsFormat(StrEnum):
    """How readings are told."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"


Provisions = Annotated[
    list[str] | None, typer.Option("--provision", metavar="NAME", help="Only this provision; may be repeated.")
]
Names = Annotated[
    list[str] | None, typer.Option("--reading", metavar="NAME", help="Only this reading; may be repeated.")
]
Form = Annotated[ReadingsFormat, typer.Option("--format", help="Lines to read, Markdown, or rows.")]


def readings(
    terms: opt.Terms,
    *,
    provisions: Provisions = None,
    names: Names = None,
    as_known: opt.AsKnown = None,
    form: Form = ReadingsFormat.TEXT,
    as_json: opt.Json = False,
    geometry: opt.Geometry = None,
) -> None:
    """Show who reads which clause how, side by side, with sources.

    Clause by clause in the order of the file: the text, who reads it otherwise, denies it or keeps it, on what that
    rests, and since when it is known. No reading is a default.

    Example: truceline readings examples/toy/terms.yaml --provision pull_back
    """
    from truceline.api.comparing import readings as readings_of
    from truceline.publish.readings_text import markdown_lines, readings_lines

    found = readings_of(terms_of(terms, geometry), provision=provisions, reading=names, as_known=as_known)
    if as_json:
        show(json_text(found.as_dict()).split("\n"))
    elif form is ReadingsFormat.CSV:
        put_rows(found.rows, opt.Format.CSV, None, {})
    elif form is ReadingsFormat.MARKDOWN:
        show(markdown_lines(found.told))
    else:
        screen = terminal()
        show(readings_lines(found.told, width=screen.width, colour=screen.colour))
