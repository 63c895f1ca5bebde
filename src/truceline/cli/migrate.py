"""`truceline migrate`: bring the tables of a ledger up to this version."""

from __future__ import annotations

from contextlib import closing

from truceline.cli import ledger_options as opt
from truceline.cli.say import show

__all__ = ["migrate"]


def migrate(ledger: opt.LedgerDir) -> None:
    """Bring the tables of a ledger up to this version, all or nothing; no record changes.

    Example: truceline migrate --ledger out/ledger
    """
    from truceline.store.ledger import open_ledger

    with closing(open_ledger(ledger, current=False)) as there:
        before, after = there.database.migrate()
    show([f"{there.database.at}: step {after}" + ("" if before == after else f", was {before or 'none'}")])
