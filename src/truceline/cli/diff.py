"""`truceline diff`: which fields of which records changed, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.options import Json
from truceline.cli.say import show

if TYPE_CHECKING:
    from truceline.api.ledger_views import Revised

__all__ = ["diff"]


def diff(
    ledger: opt.LedgerDir,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what was put down on or after this day, UTC.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what was put down by the end of this day, UTC.")
    ] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="Only this id.")] = None,
    new: Annotated[bool, typer.Option("--new", help="List what is new too, not only what changed.")] = False,
    as_json: Json = False,
) -> None:
    """Say which fields changed, from what to what, and since when; and what was retracted.

    Example: truceline diff --ledger out/ledger --since 2026-11-01
    """
    from truceline.api.ledger_views import changed
    from truceline.store.ledger import open_ledger

    begin, end = opt.since("--since", since), opt.until("--until", until)
    with closing(open_ledger(ledger)) as there:
        found = (
            one for one in changed(there, since_us=begin, until_us=end)
            if id_ in (None, one.record.id) and (new or one.before is not None)
        )  # fmt: skip
        show(line for one in found for line in (_json(one) if as_json else _lines(one)))


def _lines(one: Revised) -> Iterator[str]:
    record = one.record
    what = "new" if one.before is None else f"revision {record.revision}"
    if not record.given:
        what = f"retracted: {record.why}"
    yield f"{record.kind} {record.id}  {what}, since {record.recorded[:19]}Z{f', by {record.by}' if record.by else ''}"
    if one.before is not None:
        for change in one.changes:
            yield f"    {change.field}: {_words(change.before)} -> {_words(change.after)}"


def _words(cell: object) -> str:
    return "(not stated)" if cell is None else "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell)


def _json(one: Revised) -> Iterator[str]:
    import json

    record = one.record
    said = {
        "kind": record.kind, "id": record.id, "revision": record.revision, "since": record.recorded,
        "index": record.index, "by": record.by or None, "given": record.given, "why": record.why or None,
        "new": one.before is None,
        "changes": [{"field": each.field, "before": each.before, "after": each.after} for each in one.changes],
    }  # fmt: skip
    yield json.dumps(said, ensure_ascii=False)
