"""`truceline library`: the agreements that come with Truceline, listed or told in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.options import Json
from truceline.cli.say import json_text, show, terminal
from truceline.errors import Fault, UsageError

__all__ = ["library"]

Agreement = Annotated[str | None, typer.Argument(metavar="ID", help="Tell this one; without it all are listed.")]
Pages = Annotated[
    Path | None, typer.Option("--pages", metavar="DIR", help="Draw a page of each, or of that one, into this folder.")
]


def library(agreement: Agreement = None, *, as_json: Json = False, pages: Pages = None) -> None:
    """List the agreements that come with Truceline, or tell one of them.

    Clauses as sentences, who reads them how, the chains of sources, what is left open, and what is unconfirmed.

    Example: truceline library undof-1974

    Every command takes one as library:ID where it takes a file of terms.
    """
    if pages is not None:
        _draw(agreement, pages, as_json=as_json)
        return
    from truceline.api.library import library as listed
    from truceline.api.library import told_of
    from truceline.publish.terms_text import library_lines, terms_lines

    if agreement is not None:
        told = told_of(agreement)
        show(json_text(told).split("\n") if as_json else terms_lines(told, width=terminal().width))
        return
    entries = [entry.as_dict() for entry in listed().values()]
    show(json_text(entries).split("\n") if as_json else library_lines(entries, width=terminal().width))


def _draw(agreement: str | None, folder: Path, *, as_json: bool) -> None:
    """Write the pages of all agreements, or that of one, each file wholly or not at all."""
    from truceline.api.library import library_pages
    from truceline.formats.atomic import not_written, written

    if as_json:
        raise UsageError([Fault("--pages", "TL-E953", "pages are no JSON", "leave out one of the two")])
    if folder.exists() and not folder.is_dir():
        what = "this is a file, and every page is a file in a folder"
        raise UsageError([Fault(f"--pages {folder}", "TL-E910", what, "name a folder; it is made if there is none")])
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(str(folder), error) from error
    names = []
    for name, text in library_pages(folder, agreement):
        with written(folder / name) as file:
            file.write(text.encode())
        names.append(name)
    show([f"{len(names)} files: {folder}"])
