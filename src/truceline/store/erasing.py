"""Erasing: content and nonce of a record are destroyed, its place in the log stands, and that it was erased is told.

Nobody can show afterwards what was there, not even with the log: the commitment was made with a random nonce. Copies
and backups are elsewhere, and have to be erased there.
"""

from __future__ import annotations

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


def erase(ledger: Ledger, kind: Kind, id_: str, reason: str, *, by: str, now_us: int) -> int:
    """Destroy all revisions of an id, and put down that it was done; give how many.

    Raises
    ------
    LedgerError
        TL-L075, if there is nothing to erase under the id, or the reason is none of `REASONS`.
    """
    if reason not in REASONS:
        raise LedgerError(
            [Fault(reason, "TL-L075", "this is no class of reasons", f"take one of {', '.join(REASONS)}")]
        )
    with ledger.database.writing() as connection:
        found = sa.select(records.c.seq).where(records.c.kind == kind, records.c.id == id_)
        gone = sa.select(erasures.c.seq)
        numbers = [
            row.seq for row in connection.execute(found.where(records.c.seq.not_in(gone)).order_by(records.c.seq))
        ]
        if not numbers:
            what = f"there is no {kind} {id_!r} to erase"
            raise LedgerError([Fault(str(ledger.folder), "TL-L075", what, "look at `truceline log` for the ids")])
        body: dict[str, Json] = {"records": [str(number) for number in numbers], "reason": reason}
        told = append(connection, [Draft("erasure", f"{kind}:{id_}", body, by=by)], now_us)[0]
        connection.execute(erasures.insert(), [{"seq": number, "by_seq": told.index} for number in numbers])
        for table in (openings, vault):
            connection.execute(table.delete().where(table.c.seq.in_(numbers)))
    ledger.database.vacuum()
    return len(numbers)
