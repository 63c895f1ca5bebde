"""`truceline retract`: withdraw a record, with the reasons."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.say import show

__all__ = ["retract"]


def retract(
    kind: opt.SaidKind,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its id.")],
    ledger: opt.LedgerDir,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="The reasons.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", envvar="TRUCELINE_BY", help="Who withdraws it.")],
    *,
    key: opt.Key = None,
) -> None:
    """Withdraw a record: it no longer counts from now on, and stays what it was for every day before.

    Example: truceline retract report q:17 --ledger out/ledger --why "two logs of one shot" --by "duty officer"
    """
    from truceline.api.ledger import retract
    from truceline.store.ledger import open_ledger

    said = opt.demand_said("retract", kind, "retracted")
    with closing(open_ledger(ledger)) as there:
        retract(there, said, id_, why=why, by=by)
    show([f"{kind} {id_}: retracted"])
    opt.seal_here(ledger, key)
