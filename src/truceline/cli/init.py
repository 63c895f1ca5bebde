"""`truceline init`: make a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.say import note, show

__all__ = ["init"]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    *,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of its log, best an address: example.org/log.")
    ] = None,
    key: opt.Key = None,
    database: Annotated[str | None, typer.Option(metavar="URL", help="PostgreSQL, instead of a file.")] = None,
    recipients: Annotated[
        list[str] | None,
        typer.Option("--recipient", metavar="AGE", help="For whom protected parts are sealed; may be repeated."),
    ] = None,
) -> None:  # fmt: skip
    """Make a ledger: a record that is only ever added to, with a signed log.

    Example: truceline init out/ledger --name example.org/ledger

    The key that signs is written to DIR.key, beside the folder: keep it elsewhere, and keep every head that is signed.
    """
    from truceline.api.ledger import begin, key_beside
    from truceline.store.vault import parse_recipients

    chosen = parse_recipients(recipients, "--recipient") if recipients else ()
    ledger, head = begin(folder, name or folder.resolve().name, key=key, database=database, recipients=chosen)
    ledger.close()
    show([f"{ledger.settings.name}: {head.head}", f"key: {key or key_beside(folder)}",
          f"public key: {ledger.settings.keys[0]}"])  # fmt: skip
    note("keep the key apart from the ledger, and its public half where your heads are: that is what shows a change")
