"""`truceline erase`: destroy what a record says, and say that it was done."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.basics.counting import counted
from truceline.cli import ledger_options as opt
from truceline.cli.retract import KINDS
from truceline.cli.say import note, show
from truceline.errors import Fault, UsageError

__all__ = ["erase"]


def erase(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="report, statement, judgement or grade.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="Its id.")],
    ledger: opt.LedgerDir,
    reason: Annotated[str, typer.Option("--reason", metavar="CLASS", help="harm, consent, law or error.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", envvar="TRUCELINE_BY", help="Who erases it.")],
    *,
    key: opt.Key = None,
) -> None:
    """Destroy what all revisions of a record say, for good; their places in the log stand, and every proof.

    Example: truceline erase report q:17 --ledger out/ledger --reason harm --by "protection officer"
    """
    from truceline.api.ledger import key_beside, now_us, seal
    from truceline.store.erasing import erase
    from truceline.store.ledger import open_ledger

    if kind not in KINDS:
        choose = f"write one of {', '.join(KINDS)}"
        raise UsageError([Fault("erase", "TL-E936", f"{kind!r} is nothing that can be erased", choose)])
    there = open_ledger(ledger)
    try:
        count = erase(there, kind, id_, reason, by=by, now_us=now_us())  # type: ignore[arg-type] # one of KINDS
    finally:
        there.close()
    show([f"{kind} {id_}: {counted(count, 'record')} erased"])
    if key or key_beside(ledger).exists():
        head = seal(ledger, key)
        show([f"{head.origin}: {head.head}"])
    note("copies, backups and archives of the ledger still hold it: erase it there too")
