"""Ledgers: made, added to, sealed, looked into."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.record import Draft, Kind
from truceline.store.durable import make_folder
from truceline.store.ledger import Ledger, demand_apart, make_ledger, open_ledger
from truceline.store.signing import make_key, open_signer, save_key
from truceline.store.vault import Recipient

__all__ = ["begin", "key_beside", "now_us", "retract", "seal"]


def now_us() -> int:
    """Look at the clock: microseconds since 1970 UTC."""
    return time.time_ns() // 1000


def key_beside(folder: Path | str) -> Path:
    """Say where the key of a ledger is looked for, if nobody says: beside its folder, never in it."""
    folder = Path(folder).resolve()
    return folder.with_name(f"{folder.name}.key")


def begin(
    folder: Path | str, name: str, *, key: Path | str | None = None, database: str | None = None,
    recipients: Sequence[Recipient] = (),
) -> tuple[Ledger, Checkpoint]:  # fmt: skip
    """Make a ledger, its key, and the signed head of its empty log.

    Raises
    ------
    LedgerError
        TL-L011 for the name, TL-L015 if there is a key already, TL-L064 if there is a ledger already, and others.
    """
    path = Path(key) if key is not None else key_beside(folder)
    made = make_key(name)
    demand_apart(path, Path(folder))
    if key is None:
        make_folder(path.parent)
    save_key(made, path)  # first: a ledger without its key would be of no use
    try:
        ledger = make_ledger(folder, [made.verifier], database=database, recipients=recipients)
    except BaseException:
        path.unlink()  # it has signed nothing
        raise
    return ledger, ledger.seal(open_signer(path))


def seal(folder: Path | str, key: Path | str | None = None) -> Checkpoint:
    """Sign what was put down since the last signed head."""
    with closing(open_ledger(folder)) as ledger:
        return ledger.seal(open_signer(key or key_beside(folder)))


def retract(ledger: Ledger, kind: Kind, id_: str, *, why: str, by: str) -> None:
    """Withdraw what was said of an id: a further revision that is no longer given; nothing before it changes.

    Raises
    ------
    LedgerError
        TL-L071, if nothing stands under the id.
    """
    standing = ledger.standing_as(kind, id_)
    if not standing:
        what = f"no {kind} {id_!r} stands in the ledger"
        raise LedgerError([Fault(str(ledger.folder), "TL-L071", what, "look at `truceline log` for the ids")])
    last = standing[-1]
    ledger.append([Draft(last.kind, id_, last.body, given=False, why=why, by=by)], now_us())
