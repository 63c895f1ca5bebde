"""One file of reports, taken in: read as a whole, read in parts if it is large, or only named if it was checked."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from html import escape
from pathlib import Path

from truceline.errors import EvidenceError, Fault
from truceline.evidence.regions import Regions
from truceline.evidence.toponyms import Toponyms
from truceline.formats import reports as report_files
from truceline.formats.arrow_file import ENDINGS
from truceline.formats.atomic import written
from truceline.formats.checked import is_checked, require_kind
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.parts import Seen
from truceline.formats.rejects import faults_of
from truceline.formats.result import ReportsRead
from truceline.formats.spooled import Spool, Spooled
from truceline.formats.worded_places import PlaceAs

__all__ = ["STANDARD_INPUT", "Asked", "Opened", "Reports", "apart", "opened", "read_file", "taken_in"]

STANDARD_INPUT = "standard input"


class Reports(ReportsRead):
    """A file of reports as read: `table`, `rejected`, `warned`, `remarks`, `counts`, `regions`."""

    def __repr__(self) -> str:
        """Say in one line what was read."""
        counts = f"{self.counts['kept']} of {self.counts['read']} rows, {self.counts['warned']} of them doubted"
        return f"<Reports {self.name} ({self.kind}): {counts}>"

    def _repr_html_(self) -> str:
        faults = "".join(f"<li>{escape(str(fault))}</li>" for fault in self.faults(10))
        return f"<p>{escape(repr(self))}</p><ul>{faults}</ul>"

    def faults(self, most: int | None = None) -> tuple[Fault, ...]:
        """List the rows that were refused, each with its place and the remedy."""
        return (*self.remarks, *faults_of(self.rejected.slice(0, most), self.name))


@dataclass(frozen=True, slots=True)
class Asked:
    """How files of reports are to be read; what is None follows the agreement or the file."""

    kind: str | None = None
    zone: str | None = None
    regions: Path | str | Gazetteer | None = None
    mapping: Path | str | None = None
    dataset: str | None = None
    version: str | None = None
    places: Path | str | Toponyms | None = None
    place_as: PlaceAs | None = None


Opened = Reports | Spooled | Path
"""A file as it was opened: read as a whole, read in parts, or checked before and only streamed."""


def opened(path: str, asked: Asked, seen: Seen) -> Opened:
    """Open a file to be checked: one whose cells were checked before is only named."""
    if not _is_checked(path):
        return taken_in(path, asked, seen)
    require_kind(path, asked.kind)
    return Path(path)


def taken_in(path: Path | str, asked: Asked, seen: Seen) -> Reports | Spooled:
    """Read a file, as a whole or in parts."""
    if str(path) == "-":
        return _from_pipe(asked, seen)
    kind = report_files.kind_in_parts(Path(path), asked.kind)
    return read_file(path, asked) if kind is None else _in_parts(Path(path), kind, asked, seen)


def _in_parts(path: Path, kind: str, asked: Asked, seen: Seen, name: str | None = None) -> Spooled:
    """Read a file in parts; what they become lies in a folder that goes with the result, or at the latest with us."""
    folder = Path(tempfile.mkdtemp(prefix="truceline-"))
    try:
        how = report_files.asked_for(
            asked.zone, asked.regions, asked.mapping, asked.dataset, asked.places, "disc"  # no part knows all polygons
        )  # fmt: skip
        rows = folder / "reports.parquet"
        with written(rows) as file:
            spool = Spool(file, rows, folder / "notes.parquet")
            found = report_files.read_in_parts(path, kind, how, asked.version, spool, seen)
        if name is not None:
            found = replace(found, name=name, remarks=tuple(_renamed(found.remarks, str(path))))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(found, shutil.rmtree, folder, ignore_errors=True)
    return found


def read_file(path: Path | str, asked: Asked) -> Reports:
    """Read a file as a whole."""
    read = report_files.read_reports(
        path, asked.kind, zone=asked.zone, regions=asked.regions, mapping=asked.mapping, dataset=asked.dataset,
        version=asked.version, places=asked.places, place_as=asked.place_as,
    )  # fmt: skip
    parts = {field.name: getattr(read, field.name) for field in fields(read)}
    known = asked.regions.regions if isinstance(asked.regions, Gazetteer) else Regions.empty()
    return Reports(**{**parts, "regions": apart(known, read.regions)})


def apart(known: Regions, every: Regions) -> Regions:
    """Name no file where polygons of reports stand beside known districts: the two do not share their borders."""
    return replace(every, source="") if known.ids and set(every.ids) - set(known.ids) else every


def _from_pipe(asked: Asked, seen: Seen) -> Reports | Spooled:
    """Read the standard input by way of a temporary file, which is named nowhere."""
    with tempfile.TemporaryDirectory(prefix="truceline-") as folder:
        path = Path(folder) / "stdin.csv"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            kind = report_files.kind_in_parts(path, asked.kind)
            if kind is not None:
                return _in_parts(path, kind, asked, seen, STANDARD_INPUT)
            return _called(read_file(path, asked), str(path))
        except EvidenceError as error:
            raise EvidenceError(_renamed(error, str(path))) from None


def _called(read: Reports, path: str) -> Reports:
    parts = {field.name: getattr(read, field.name) for field in fields(read)}
    return Reports(**{**parts, "name": STANDARD_INPUT, "remarks": tuple(_renamed(read.remarks, path))})


def _renamed(faults: Iterable[Fault], path: str) -> Iterator[Fault]:
    return (replace(fault, at=fault.at.replace(path, STANDARD_INPUT)) for fault in faults)


def _is_checked(path: str) -> bool:
    """Say whether a file is Parquet or Arrow IPC that was written by `write_reports`."""
    there = os.path.isfile(path)  # noqa: PTH113 - unlike Path.is_file it raises nothing where we may not look
    return path.lower().endswith((".parquet", ".pq", *ENDINGS)) and there and is_checked(path)
