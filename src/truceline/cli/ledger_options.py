"""Options that the commands of a ledger share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.errors import Fault, UsageError

__all__ = ["By", "Identity", "Key", "LedgerDir", "since", "until"]

LedgerDir = Annotated[
    Path, typer.Option("--ledger", metavar="DIR", envvar="TRUCELINE_LEDGER", help="The folder of the ledger.")
]
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
