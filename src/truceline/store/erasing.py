"""Erasing: content and nonce of a record are destroyed, its place in the log stands, and that it was erased is told.

Nobody can show afterwards what was there, not even with the log: the commitment was made with a random nonce. Copies
and backups are elsewhere, and have to be erased there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json
from truceline.evidence.record import Draft, Kind
from truceline.store.appending import append
from truceline.store.ledger import Ledger
from truceline.store.tables import erasures, openings, records, vault

__all__ = ["REASONS", "erase"]

REASONS: Final = ("harm", "consent", "law", "error")
"""Why a record is erased: it may harm somebody, its source took back its consent, the law asks it, it should not be
here. Only the class is kept: the words of a reason may say what was to be erased."""
KEPT: Final = ("erasure", "rotation")
"""What is never erased: it says why something else is not there, or who signs."""


def erase(ledger: Ledger, kind: Kind, id_: str, reason: str, *, by: str, now_us: int) -> int:
    """Destroy all revisions of an id, and put down that it was done; give how many.

    Doing it again destroys nothing more, and removes what traces a run that was broken off has left in the file.

    Raises
    ------
    LedgerError
        TL-L075, if there is nothing to erase under the id, or the reason is none of `REASONS`; TL-L060, if somebody
        reads the database all the while, so that traces are left in it: do it again.
    """
    if reason not in REASONS:
        raise LedgerError(
            [Fault(reason, "TL-L075", "this is no class of reasons", f"take one of {', '.join(REASONS)}")]
        )
    with ledger.database.writing() as connection:
        found = sa.select(records.c.seq, erasures.c.by_seq).outerjoin(erasures, erasures.c.seq == records.c.seq)
        rows = connection.execute(
            found.where(records.c.kind == kind, records.c.id == id_).order_by(records.c.seq)
        ).all()
        if not rows or kind in KEPT:
            what = f"there is no {kind} {id_!r} to erase"
            raise LedgerError([Fault(str(ledger.folder), "TL-L075", what, "look at `truceline log` for the ids")])
        numbers = [row.seq for row in rows if row.by_seq is None]
        if numbers:
            _destroy(connection, numbers, Draft("erasure", f"{kind}:{id_}", _told(numbers, reason), by=by), now_us)
    ledger.database.vacuum()
    return len(numbers)


def _told(numbers: Sequence[int], reason: str) -> dict[str, Json]:
    return {"records": [str(number) for number in numbers], "reason": reason}


def _destroy(connection: sa.Connection, numbers: Sequence[int], said: Draft, now_us: int) -> None:
    told = append(connection, [said], now_us)[0]
    connection.execute(erasures.insert(), [{"seq": number, "by_seq": told.index} for number in numbers])
    for table in (openings, vault):
        connection.execute(table.delete().where(table.c.seq.in_(numbers)))
