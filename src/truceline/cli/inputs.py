"""What the commands have in common: how files are to be read, and what is said about their rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.cli.options import Kind
from truceline.cli.say import note

if TYPE_CHECKING:
    from truceline.api.reading import Asked, Reports
    from truceline.api.running import Run

__all__ = ["asked_of", "tell_left_out", "tell_reads"]

SHOWN = 10


def asked_of(
    kind: Kind, mapping: Path | None, zone: str | None, regions: Path | None, version: str | None = None,
    dataset: str | None = None,
) -> Asked:  # fmt: skip
    """Put the options about reading together."""
    from truceline.api.reading import Asked

    return Asked(None if kind is Kind.AUTO else kind.value, zone, regions, mapping, dataset, version)


def tell_reads(reads: Iterable[Reports], out: str | None, *, write: bool = True) -> None:
    """Say what was wrong with the rows of each file, and write the refused ones beside the output."""
    for number, read in enumerate(reads, start=1):
        note(*read.faults(SHOWN))
        refused = read.counts["rejected"]
        if refused:
            more = f"... {refused:,} of {read.counts['read']:,} rows of {read.name} were refused"
            note(f"{more}: {_rejects_file(read, out, number, write=write)}")
        if read.counts["warned"]:
            codes = ", ".join(f"{code} {count:,}" for code, count in read.counts.items() if code.startswith("TL-R2"))
            note(f"{read.counts['warned']:,} rows of {read.name} were taken with a doubt: {codes}")


def tell_left_out(run: Run) -> None:
    """Say how many reports were left out by a date."""
    if run.since is not None and run.since.left_out:
        note(str(run.since))


def _rejects_file(read: Reports, out: str | None, number: int, *, write: bool) -> str:
    from truceline.formats.reports import write_rejects

    if out is None or out == "-":
        return "write the output to a file (--out) and they are written beside it"
    path = f"{out}.rejects.csv" if number == 1 else f"{out}.{number}.rejects.csv"
    if write:
        write_rejects(read, path)
    return f"see {path}"
