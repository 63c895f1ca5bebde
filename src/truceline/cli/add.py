"""`truceline add`: take a file into a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import ledger_options as led
from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, tell_reads
from truceline.cli.progress import counting
from truceline.cli.say import json_text, note, show
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.adding import AddedFile

__all__ = ["add"]

SHOWN = 10
BECAME = {
    "added": "new", "revised": "changed: further revisions", "unchanged": "there already",
    "retracted": "left out: they were retracted", "erased": "left out: they were erased",
}  # fmt: skip


def add(
    what: Annotated[str, typer.Argument(metavar="KIND", help="reports, statements, judgements or grades.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file.")],
    ledger: led.LedgerDir,
    *,
    by: led.By = "",
    key: led.Key = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.ZoneAlone = None,
    regions: opt.RegionsAlone = None,
    places: opt.Places = None,
    dataset: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the data set.")] = None,
    version: Annotated[str | None, typer.Option(metavar="RELEASE", help="Release of the data set.")] = None,
    since: opt.Since = None,
    as_json: opt.Json = False,
) -> None:
    """Take a file of reports, statements, judgements or grades into a ledger, and sign its log.

    Example: truceline add reports reports.csv --ledger out/ledger --by "duty officer"

    A row that is there already adds nothing, a changed one adds a revision. What cannot be read is listed.
    """
    from truceline.api.adding import WHAT, add

    if what not in WHAT:
        choose = f"write one of {', '.join(WHAT)}"
        raise UsageError([Fault("add", "TL-E936", f"{what!r} is nothing that a ledger keeps", choose)])
    if since is not None and what != "reports":
        raise UsageError([Fault("add", "TL-E934", f"--since is about reports, not about {what}", "leave it out")])
    asked = asked_of(kind, mapping, zone, regions, version, dataset, places)
    with counting("rows") as seen:
        done = add(ledger, what, file, asked=asked, by=by, key=key, seen=seen, since=since)  # type: ignore[arg-type]
    _tell_read(done)
    counts = done.added.counts
    if as_json:
        show([json_text({"file": str(file), "rows": dict(counts), "head": _head(done)})])
        return
    lines = [f"{count:,} {BECAME[name]}" for name, count in counts.items()] or ["no rows"]
    show([f"{file}: {'; '.join(lines)}"])
    if done.head:
        led.show_head(done.head)
    note(*(f"{each.id}: left out, because it was {each.outcome}" for each in done.added.left_out), *done.not_sealed)


def _tell_read(done: AddedFile) -> None:
    from truceline.api.reading import ReportFiles
    from truceline.formats.rows_file import RowsRead

    if isinstance(done.read, RowsRead):
        note(*done.read.faults[:SHOWN])
        if (more := len(done.read.faults) - SHOWN) > 0:
            note(f"and {more} more")
    else:
        tell_reads(ReportFiles((done.read.name,), (done.read,), done.read.regions), None)


def _head(done: AddedFile) -> dict[str, object] | None:
    if done.head is None:
        return None
    return {"log": done.head.origin, "entries": done.head.head.size, "root": done.head.head.root.hex()}
