"""`truceline stamp`: ask a time-stamping authority about a head, by a file; or verify what it answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import bytes_of
from truceline.cli.outputs import on_screen, refuse_screen
from truceline.cli.say import binary_output, json_text, show
from truceline.errors import Fault, UsageError

__all__ = ["stamp"]


def stamp(
    head: Annotated[Path, typer.Argument(metavar="HEAD", help="A signed head: what `truceline log --head` gave.")],
    *,
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FILE", help="Write the request for a stamp to this file.")
    ] = None,
    token: Annotated[
        Path | None, typer.Option("--token", metavar="FILE", help="Verify this answer of an authority instead.")
    ] = None,
    root: Annotated[
        Path | None, typer.Option("--root", metavar="FILE", help="The root certificates of that authority, in PEM.")
    ] = None,
    as_json: opt.Json = False,
) -> None:
    """Write the request for a time stamp (RFC 3161) on a head, or verify the stamp that came back. Nothing is sent.

    Example: truceline stamp head.checkpoint --out head.tsq

    A stamp shows that the head existed before a time; not when anything in the log happened.
    """
    from truceline.evidence.record import instant_text
    from truceline.store.stamps import request_of, verified

    if (out is None) == (token is None) or (token is None) != (root is None):
        remedy = "name --out FILE for the request, or --token FILE and --root FILE"
        raise UsageError([Fault("stamp", "TL-E938", "it is not clear what is wanted", remedy)])
    data = bytes_of("HEAD", head)
    if token is None or root is None:
        refuse_screen(out, "a request")
        with binary_output(out) as file:
            file.write(request_of(data))
        if not on_screen(out):
            show([f"{out}: send it to an authority, and keep {head} with the answer"])
        return
    found = verified(bytes_of("--token", token), data, bytes_of("--root", root), str(token))
    told = {
        "time": instant_text(found.time), "authority": found.authority, "policy": found.policy,
        "serial": str(found.serial),
    }  # fmt: skip
    show([json_text(told)] if as_json else [
        f"{head} existed before {told['time']}: so says {found.authority}",
        f"rules {found.policy}, stamp {found.serial}. It says nothing about when anything in the log happened.",
    ])  # fmt: skip
