"""`truceline verify`: hold a ledger against its signed log, and the log against heads that were kept."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.inputs import bytes_of
from truceline.cli.options import Json
from truceline.cli.progress import waiting
from truceline.cli.say import json_text, show

if TYPE_CHECKING:
    from truceline.evidence.signed_note import VerifierKey
    from truceline.store.ledger_check import LedgerCheck

__all__ = ["verify"]


def verify(
    ledger: opt.LedgerDir,
    *,
    heads: Annotated[
        list[Path] | None,
        typer.Option("--head", metavar="FILE", help="A signed head that was kept from before; may be repeated."),
    ] = None,
    keys: Annotated[
        list[str] | None,
        typer.Option("--public-key", metavar="KEY", help="Who may have signed; by default whom the ledger names."),
    ] = None,
    identity: opt.Identity = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Hold every record against the signed log, and the log against heads that you kept.

    Example: truceline verify --ledger out/ledger --head yesterday.checkpoint

    Ends with 1 if anything is not as it was put down. Without an older head of your own this shows only that the
    ledger agrees with itself.
    """
    from truceline.evidence.signed_note import parse_key
    from truceline.store.ledger import open_ledger
    from truceline.store.ledger_check import check_ledger
    from truceline.store.vault import load_identities

    known: list[VerifierKey] | None = [parse_key(key.strip(), "--public-key") for key in keys] if keys else None
    held = {str(path): bytes_of("--head", path) for path in heads or ()}
    identities = load_identities(identity) if identity else ()
    with closing(open_ledger(ledger)) as there, waiting(f"verifying {ledger}"):
        found = check_ledger(there, known, held, identities)
    show([json_text(_data(found))] if as_json else str(found).splitlines())
    if not found.intact:
        raise typer.Exit(1)


def _data(found: LedgerCheck) -> dict[str, object]:
    head = found.log.checkpoint
    return {
        "intact": found.intact,
        "log": head.origin if head else None,
        "entries": head.head.size if head else None,
        "root": head.head.root.hex() if head else None,
        "older_heads": list(found.log.older),
        "records": found.records,
        "unsealed": found.unsealed,
        "erased": found.erased,
        "sealed": found.sealed,
        "opened": found.opened,
        "left_out": found.left_out,
        "first_bad_record": found.first_bad,
        "first_bad_entry_among": list(found.log.suspects) if found.log.suspects else None,
        "faults": [str(fault) for fault in (*found.log.faults, *found.faults)],
    }
