"""`truceline status`: how a ledger stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from truceline.cli import ledger_options as opt
from truceline.cli.options import Json
from truceline.cli.say import json_text, show, terminal

if TYPE_CHECKING:
    from truceline.api.ledger_views import State

__all__ = ["status"]


def status(ledger: opt.LedgerDir, *, as_json: Json = False) -> None:
    """Say how a ledger stands: what is in it, since when, and how far its log is signed.

    Example: truceline status --ledger out/ledger
    """
    from truceline.api.ledger_views import state

    found = state(ledger)
    show([json_text(_data(found))] if as_json else _lines(found))


def _lines(found: State) -> list[str]:
    from truceline.basics.counting import counted
    from truceline.formats.table_text import Column, text_table

    columns = [Column("kind"), Column("standing", number=True), Column("records", number=True)]
    rows = [[kind, f"{found.standing[kind]:,}", f"{count:,}"] for kind, count in found.records.items()]
    head = f"signed: {found.head.head}" if found.head else "never signed"
    lines = [f"{found.name} ({found.at})", head]
    if found.unsealed:
        lines.append(f"{counted(found.unsealed, 'record')} not signed yet: run truceline seal")
    if found.size:
        lines.append(f"first put down {found.first}, last {found.last}")
    return [*lines, *(text_table(columns, rows, width=terminal().width) if rows else ["nothing was put down yet"])]


def _data(found: State) -> dict[str, object]:
    head = found.head.head if found.head else None
    return {
        "log": found.name, "database": found.at, "records": found.size, "unsealed": found.unsealed,
        "first_recorded": found.first or None, "last_recorded": found.last or None,
        "entries_signed": head.size if head else None, "root": head.root.hex() if head else None,
        "kinds": {kind: {"records": count, "standing": found.standing[kind]} for kind, count in found.records.items()},
    }  # fmt: skip
