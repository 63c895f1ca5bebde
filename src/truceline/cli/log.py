"""`truceline log`: list what was put down, or prove that one record stands in the signed log."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.options import Json
from truceline.cli.say import binary_output, show
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.evidence.record import Record

__all__ = ["log"]


def log(
    ledger: opt.LedgerDir,
    *,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="Only report, statement, import ...")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Only the revisions of this id.")] = None,
    last: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the last so many.")] = None,
    as_known: Annotated[
        str | None, typer.Option("--as-known", metavar="DATE", help="Only what was put down by the end of this day.")
    ] = None,
    head: Annotated[bool, typer.Option("--head", help="Print the signed head instead: keep it elsewhere.")] = False,
    proof: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Write the proof that record N stands in the log.")
    ] = None,
    out: Annotated[str | None, typer.Option("--out", "-o", metavar="FILE", help="Where that goes.")] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """List what was put down, in order: number, time, revision, kind, id, and who put it down.

    Example: truceline log --ledger out/ledger --last 20

    With --head or --proof N it prints what somebody else can verify without the ledger.
    """
    from truceline.evidence.record import KINDS
    from truceline.store.ledger import open_ledger
    from truceline.store.log_reading import prove_entry, read_checkpoint

    if kind not in (None, *KINDS):
        choose = f"write one of {', '.join(KINDS)}"
        raise UsageError([Fault("--kind", "TL-E936", f"{kind!r} is nothing that a ledger keeps", choose)])
    with closing(open_ledger(ledger)) as there:
        if head or proof is not None:
            data = read_checkpoint(there.log) if proof is None else str(prove_entry(there.log, proof)).encode()
            with binary_output(out) as file:
                file.write(data)
            return
        found: Iterator[Record] = (
            record for record in there.records(0, there.size(opt.until("--as-known", as_known)))
            if kind in (None, record.kind) and id_ in (None, record.id)
        )  # fmt: skip
        show(map(_json if as_json else _line, found if last is None else deque(found, last)))


def _line(record: Record) -> str:
    told = [f"{record.index:>8}", f"{record.recorded[:19]}Z", f"{record.kind:<9}", record.id]
    told += [f"revision {record.revision}"] if record.revision > 1 else []
    told += [f"by {record.by}"] if record.by else []
    told += ["protected"] if record.sealed else []
    told += [] if record.given else [f"retracted: {record.why}"]
    return "  ".join(told)


def _json(record: Record) -> str:
    import json

    source = {"import": record.source[0], "row": record.source[1]} if record.source[0] else None
    said = {
        "index": record.index, "kind": record.kind, "id": record.id, "revision": record.revision,
        "recorded": record.recorded, "by": record.by or None, "given": record.given, "why": record.why or None,
        "from": source, "sealed": record.sealed or None, "body": record.body,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)
