"""`truceline export` and `truceline restore`: the whole ledger in one file, and the ledger out of it."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from truceline.cli import ledger_options as opt
from truceline.cli.outputs import refuse_screen
from truceline.cli.progress import waiting
from truceline.cli.say import binary_output, note, show

if TYPE_CHECKING:
    from truceline.store.ledger import Ledger

__all__ = ["ExportFormat", "export", "restore"]


class ExportFormat(StrEnum):
    """What a ledger is written as."""

    ARCHIVE = "archive"
    FTM = "ftm"


def export(
    ledger: opt.LedgerDir,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE", help="The file, wholly or not at all; - for a pipe.")
    ],
    *,
    form: Annotated[
        ExportFormat, typer.Option("--format", help="The whole ledger, a ZIP; or FollowTheMoney statements.")
    ] = ExportFormat.ARCHIVE,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Take protected parts along, closed: for a backup, not for the public.")
    ] = False,
) -> None:  # fmt: skip
    """Write the whole ledger into one file that is read without Truceline.

    Example: truceline export --ledger out/ledger --out ledger.zip

    What is protected is left out, or with --sealed goes along closed. The same records give the same bytes.
    """
    from truceline.store.ledger import open_ledger

    if form is ExportFormat.ARCHIVE:
        refuse_screen(out, "an archive")
    with closing(open_ledger(ledger)) as there, waiting(f"writing {out}"), binary_output(out) as file:
        told = _write(there, file, form, sealed=sealed)
    note(told)


def restore(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="What `truceline export` wrote.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    *,
    database: Annotated[str | None, typer.Option(metavar="URL", help="PostgreSQL, instead of a file.")] = None,
) -> None:
    """Make a ledger out of its archive again, and verify it.

    Example: truceline restore ledger.zip out/ledger

    The key is not in an archive. What is older than the last head that its key signed is not signed again.
    """
    from truceline.store.archive import restore

    with waiting(f"restoring {archive}"):
        there = restore(archive, folder, database=database)
    try:
        show([f"{there.settings.name}: {there.size():,} records, verified: {folder}"])
    finally:
        there.close()


def _write(ledger: Ledger, file: BinaryIO, form: ExportFormat, *, sealed: bool) -> str:
    """Write what was asked for, and say what it is."""
    if form is ExportFormat.ARCHIVE:
        from truceline.store.archive import write_archive

        return f"{write_archive(ledger, file, sealed=sealed):,} records"
    from truceline.formats.ftm import ftm_statements

    left_out: Counter[str] = Counter()
    rows = 0
    for row in ftm_statements(ledger.records(), left_out=left_out):
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        rows += 1
    gone = ", ".join(f"{count:,} {what}" for what, count in sorted(left_out.items()))
    return f"{rows:,} statements{f'; left out: {gone}' if gone else ''}"
