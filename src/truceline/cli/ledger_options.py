"""Options that the commands of a ledger share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from truceline.cli.say import show
from truceline.errors import Fault, UsageError
from truceline.evidence.record import SAID, Kind

if TYPE_CHECKING:
    from truceline.evidence.checkpoint import Checkpoint

__all__ = ["AlsoLedger", "By", "Identity", "Key", "LedgerDir", "since", "until", "with_ledger"]

LedgerDir = Annotated[
    Path, typer.Option("--ledger", metavar="DIR", envvar="TRUCELINE_LEDGER", help="The folder of the ledger.")
]
AlsoLedger = Annotated[
    Path | None, typer.Option("--ledger", metavar="DIR", help="A ledger, as it stood on the day of --as-known.")
]
"""Where files may be named as well. The variable of the environment counts only where no file is (`with_ledger`)."""
SaidKind = Annotated[str, typer.Argument(metavar="KIND", help="report, statement, judgement or grade.")]
Key = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", envvar="TRUCELINE_KEY", help="The key that signs; DIR.key by default."),
]
By = Annotated[
    str, typer.Option("--by", metavar="WHO", envvar="TRUCELINE_BY", help="Who puts it down: a person or a role.")
]
Identity = Annotated[
    Path | None,
    typer.Option("--identity", metavar="FILE", envvar="TRUCELINE_IDENTITY", help="What opens protected parts."),
]


def with_ledger(files: list[str] | None, ledger: Path | None, what: str) -> list[str]:
    """Put the folder of a ledger before the files; without either, take the ledger that the environment names.

    Raises
    ------
    UsageError
        TL-E939, if there is nothing to read; TL-L065, if there is no ledger.
    """
    said = ledger or (None if files else os.environ.get("TRUCELINE_LEDGER"))
    named = [*([str(said)] if said else []), *(files or [])]
    if not named:
        raise UsageError([Fault(what, "TL-E939", "neither a file nor a ledger is named", "add files, or --ledger DIR")])
    if said and not (Path(said) / "ledger.json").is_file():
        what, remedy = "there is no ledger here", "name the folder that `truceline init` made"
        raise UsageError([Fault(str(said), "TL-L065", what, remedy)])
    return named


def demand_said(command: str, kind: str, done: str) -> Kind:
    """See that a word is a kind of record that says something: no other is retracted or erased.

    Raises
    ------
    UsageError
        TL-E936, if it is none.
    """
    if kind not in SAID:
        what, choose = f"{kind!r} is nothing that can be {done}", f"write one of {', '.join(SAID)}"
        raise UsageError([Fault(command, "TL-E936", what, choose)])
    return cast("Kind", kind)


def seal_here(ledger: Path, key: Path | None) -> None:
    """Sign what was put down, if the key is at hand, and show the head."""
    from truceline.api.ledger import key_beside, seal

    if key or key_beside(ledger).exists():
        show_head(seal(ledger, key))


def show_head(head: Checkpoint) -> None:
    """Show a signed head: the log, its entries, its root."""
    show([f"{head.origin}: {head.head}"])


def until(option: str, day: str | None) -> int | None:
    """Give the end of a day in UTC, in microseconds; None where no day is named.

    Raises
    ------
    UsageError
        TL-E900, if it is no day.
    """
    return None if day is None else _span(option, day)[1]


def since(option: str, day: str | None) -> int | None:
    """Give the start of a day in UTC, in microseconds; None where no day is named."""
    return None if day is None else _span(option, day)[0]


def _span(option: str, day: str) -> tuple[int, int]:
    from truceline.basics.time import parse_moment

    try:
        span = parse_moment(day).span("UTC", {})
    except ValueError:
        what = f"{day!r} is no day"
        raise UsageError([Fault(option, "TL-E900", what, "write it as 2017-07-09")]) from None
    return span.start_us, span.end_us
