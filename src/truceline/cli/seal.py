"""`truceline seal`: sign what was put down since the last head."""

from __future__ import annotations

from truceline.cli import ledger_options as opt

__all__ = ["seal"]


def seal(ledger: opt.LedgerDir, *, key: opt.Key = None) -> None:
    """Sign what was put down since the last signed head.

    Example: truceline seal --ledger out/ledger --key /media/usb/ledger.key

    `truceline add` does it by itself where the key is at hand. Nothing is signed that was not read back from the disk.
    """
    from truceline.api.ledger import seal

    head = seal(ledger, key)
    opt.show_head(head)
