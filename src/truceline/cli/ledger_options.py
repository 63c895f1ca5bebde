"""Options that the commands of a ledger share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from truceline.errors import Fault, UsageError

__all__ = ["AlsoLedger", "By", "Identity", "Key", "LedgerDir", "since", "until", "with_ledger"]

LedgerDir = Annotated[
    Path, typer.Option("--ledger", metavar="DIR", envvar="TRUCELINE_LEDGER", help="The folder of the ledger.")
]
AlsoLedger = Annotated[
    Path | None, typer.Option("--ledger", metavar="DIR", help="A ledger, as it stood on the day of --as-known.")
]
"""Where files may be named as well. The variable of the environment counts only where no file is (`with_ledger`)."""
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
