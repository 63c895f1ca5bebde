"""`truceline retract`: withdraw a record, with the reasons."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.say import show
from truceline.errors import Fault, UsageError

__all__ = ["retract"]

KINDS = ("report", "statement", "judgement", "grade")


def retract(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="report, statement, judgement or grade.")],
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
    from truceline.api.ledger import key_beside, retract, seal
    from truceline.store.ledger import open_ledger

    if kind not in KINDS:
        choose = f"write one of {', '.join(KINDS)}"
        raise UsageError([Fault("retract", "TL-E936", f"{kind!r} is nothing that can be retracted", choose)])
    there = open_ledger(ledger)
    try:
        retract(there, kind, id_, why=why, by=by)  # type: ignore[arg-type] # one of KINDS
    finally:
        there.close()
    show([f"{kind} {id_}: retracted"])
    if key or key_beside(ledger).exists():
        head = seal(ledger, key)
        show([f"{head.origin}: {head.head}"])
