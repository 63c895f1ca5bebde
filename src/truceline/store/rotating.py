"""Keys change: another key signs the log from now on, or protected parts are closed for other people.

Nothing that was put down changes. Heads that an old key signed stay good, and the public half of it stays known.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from truceline.evidence.canonical import Json
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.record import Draft
from truceline.evidence.signed_note import parse_note
from truceline.store.appending import append
from truceline.store.ledger import Ledger, demand_apart
from truceline.store.signing import Signer, make_key, open_signer, save_key
from truceline.store.tables import vault
from truceline.store.vault import Identity, Recipient, resealed

__all__ = ["change_key", "change_recipients"]


def change_key(ledger: Ledger, old: Signer, path: Path, *, by: str, now_us: int) -> tuple[Ledger, Checkpoint]:
    """Let a new key sign from now on; the old one signs last that it was changed.

    The new key is kept in a new file, with what was signed last beside it.

    Raises
    ------
    LedgerError
        TL-L015, if the file is there already; TL-L027 and others, if the log is not as the old key signed it.
    UsageError
        TL-L016, if the file would lie in the folder of the ledger.
    """
    demand_apart(path, ledger.folder)
    ledger.seal(old)
    new = make_key(old.key.name)
    save_key(new, path)  # before anything names it
    body: dict[str, Json] = {"key": str(new.verifier), "former": str(old.key.verifier)}
    ledger.append([Draft("rotation", "key", body, by=by)], now_us)
    ledger.seal(old)
    signer = open_signer(path)
    if (last := old.last()) is not None:
        signer.remember(parse_note(last))
    changed = ledger.with_settings(keys=(new.verifier, *ledger.settings.keys))
    return changed, changed.seal(signer)


def change_recipients(
    ledger: Ledger, recipients: Sequence[Recipient], identities: Sequence[Identity], *, by: str, now_us: int
) -> tuple[Ledger, int]:
    """Close all protected parts for other recipients, in one transaction; give how many there are.

    Whoever has an old copy of the database and an old identity can still open that copy.

    Raises
    ------
    LedgerError
        TL-L041 to TL-L043, if a part cannot be opened or closed: then none is changed.
    """
    changed = ledger.with_settings(recipients=tuple(recipients))  # first: a run that is killed can be done again
    try:
        count = _reseal(ledger, recipients, identities, by=by, now_us=now_us)
    except BaseException:
        ledger.with_settings()
        raise
    if count:
        ledger.database.vacuum()
    return changed, count


def _reseal(
    ledger: Ledger, recipients: Sequence[Recipient], identities: Sequence[Identity], *, by: str, now_us: int
) -> int:
    with ledger.database.writing() as connection:
        rows = connection.execute(sa.select(vault.c.seq, vault.c.envelope).order_by(vault.c.seq)).all()
        for row in rows:
            closed = resealed(bytes(row.envelope), identities, recipients, f"record {row.seq}")
            connection.execute(vault.update().where(vault.c.seq == row.seq).values(envelope=closed))
        body: dict[str, Json] = {"recipients": [str(one) for one in recipients]}
        append(connection, [Draft("rotation", "recipients", body, by=by)], now_us)
    return len(rows)
