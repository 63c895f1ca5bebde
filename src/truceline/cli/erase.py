"""`truceline erase`: destroy what a record says, and say that it was done."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from truceline.basics.counting import counted
from truceline.cli import ledger_options as opt
from truceline.cli.say import note, show

__all__ = ["erase"]


def erase(
    kind: opt.SaidKind,
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
    from truceline.api.ledger import now_us
    from truceline.store.erasing import erase
    from truceline.store.ledger import open_ledger

    said = opt.demand_said("erase", kind, "erased")
    with closing(open_ledger(ledger)) as there:
        count = erase(there, said, id_, reason, by=by, now_us=now_us())
    show([f"{kind} {id_}: {counted(count, 'record')} erased"])
    opt.seal_here(ledger, key)
    note("copies, backups and archives of the ledger still hold it: erase it there too")
