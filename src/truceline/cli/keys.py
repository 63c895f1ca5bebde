"""`truceline rotate` and `truceline identity`: who signs, and who opens what is protected."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.say import note, show
from truceline.errors import Fault, UsageError

__all__ = ["identity", "rotate"]


def rotate(
    ledger: opt.LedgerDir,
    *,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="A new file: a new key is made, and signs from now on.")
    ] = None,
    recipients: Annotated[
        list[str] | None,
        typer.Option("--recipient", metavar="AGE", help="Close protected parts for these; may be repeated."),
    ] = None,
    identity: opt.Identity = None,
    key: opt.Key = None,
    by: opt.By = "",
) -> None:  # fmt: skip
    """Change the key that signs, or for whom protected parts are sealed.

    Example: truceline rotate --ledger out/ledger --to new.key

    What was signed before stays good. That it was changed, and by whom, is put down and signed.
    """
    from truceline.api.ledger import key_beside, now_us
    from truceline.store.ledger import open_ledger
    from truceline.store.rotating import change_key, change_recipients
    from truceline.store.signing import open_signer
    from truceline.store.vault import load_identities, parse_recipients

    if to is None and not recipients:
        remedy = "name --to FILE for a new key, or --recipient"
        raise UsageError([Fault("rotate", "TL-E937", "nothing is to be changed", remedy)])
    signer = open_signer(key or key_beside(ledger))
    with closing(open_ledger(ledger)) as before:
        there = before
        if recipients:
            chosen, known = parse_recipients(recipients, "--recipient"), load_identities(identity) if identity else ()
            there, count = change_recipients(there, chosen, known, by=by, now_us=now_us())
            show([f"{count:,} protected parts are closed for {', '.join(map(str, chosen))}"])
        if to is not None:
            there, head = change_key(there, signer, to, by=by, now_us=now_us())
            show([f"key: {to}", f"public key: {there.settings.keys[0]}"])
        else:
            head = there.seal(signer)
        opt.show_head(head)


def identity(
    out: Annotated[Path, typer.Argument(metavar="FILE", help="A new file, that its owner alone can read.")],
) -> None:
    """Make what opens protected parts; give its public half to whoever keeps the ledger.

    Example: truceline identity /media/usb/reader.age
    """
    from truceline.store.vault import make_identity, save_identity

    made = make_identity()
    save_identity(made, out)
    show([str(made.recipient)])
    note(f"keep {out} away from the ledger: whoever has it opens what is sealed for it; if it is lost, so is that")
