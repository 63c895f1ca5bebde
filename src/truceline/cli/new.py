"""`truceline new`: terms to begin with."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from truceline.cli.options import Out
from truceline.cli.outputs import must_end, on_screen
from truceline.cli.say import show
from truceline.errors import Fault, UsageError

__all__ = ["new"]

From = Annotated[str | None, typer.Option("--from", metavar="ID", help="Copy this agreement of the library.")]


def new(*, start: From = None, out: Out = None) -> None:
    """Write terms to begin with.

    An empty form with comments, or a copy of an agreement of the library with the geometry that it needs.

    Example: truceline new --from undof-1974 -o my.yaml

    Nothing is ever overwritten.
    """
    from truceline.api.new import begin, begun_with

    if out is not None:
        must_end(out, ".yaml", ".yml")
        _refuse_nowhere(Path(out))
    beginning = begun_with(start)
    if not on_screen(out):
        show(str(path) for path in begin(Path(str(out)), beginning))
        return
    if beginning.beside:
        what = f"it needs {', '.join(beginning.beside)} beside it"
        raise UsageError([Fault("standard output", "TL-E918", what, "name a file: --out my.yaml")])
    show(beginning.text.removesuffix("\n").split("\n"))


def _refuse_nowhere(out: Path) -> None:
    """Refuse a name in a folder that is not there, before anything is written."""
    if not out.parent.is_dir():
        what = f"there is no folder '{out.parent}'"
        raise UsageError([Fault(str(out), "TL-E910", what, f"make it first: mkdir -p {quote(str(out.parent))}")])
