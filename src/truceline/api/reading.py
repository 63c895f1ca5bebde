"""Files of reports, read as an agreement wants them: its time zone, its districts."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.api.districts import regions_for
from truceline.engines.coding import NEEDED, WORDS_CODED
from truceline.errors import EvidenceError, Fault
from truceline.evidence.regions import Regions
from truceline.formats import reports as report_files
from truceline.formats.gazetteer import Gazetteer, joined, read_regions
from truceline.formats.rejects import faults_of
from truceline.formats.result import ReportsRead
from truceline.formats.revisions import Settled, Source, settle
from truceline.terms.agreement import Agreement

__all__ = [
    "STANDARD_INPUT",
    "Asked",
    "ReportFiles",
    "Reports",
    "import_reports",
    "open_files",
    "read_reports",
    "regions_for",
]

STANDARD_INPUT = "standard input"
_BATCH = 2**16


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


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Files of reports, open: each was read as a whole, or is a checked Parquet file (a path) to be streamed.

    `settled` says which rows are judged where several have one id (`formats.revisions`).
    """

    paths: tuple[str, ...]
    order: tuple[Reports | Path, ...]
    regions: Regions
    settled: Settled = field(default_factory=Settled)

    @property
    def reads(self) -> tuple[Reports, ...]:
        """What was read as a whole."""
        return tuple(source for source in self.order if isinstance(source, Reports))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, as messages call them: from where the user stands, if that is shorter."""
        return tuple(_short(source.name if isinstance(source, Reports) else str(source)) for source in self.order)

    @property
    def rows(self) -> tuple[int, ...]:
        """How many reports each file holds."""
        return tuple(
            pq.read_metadata(source).num_rows if isinstance(source, Path) else len(source.table)
            for source in self.order
        )

    def batches(self, rows: int = _BATCH) -> Iterator[pa.RecordBatch]:
        """Go through the reports that are judged, at most so many rows at a time.

        They come in the order of the files; last, one row for each report whose newest revision nobody knows.
        """
        for number, source in enumerate(self.order):
            at = 0
            if isinstance(source, Path):
                found = report_files.report_batches(source, columns=NEEDED, rows=rows, coded=WORDS_CODED)
            else:
                found = iter(source.table.select(NEEDED).to_batches(max_chunksize=rows))
            for batch in found:
                yield self.settled.left_of(number, at, batch)
                at += batch.num_rows
        yield from self.settled.joined.select(NEEDED).to_batches(max_chunksize=rows)

    def table(self) -> pa.Table:
        """Give all reports that are judged at once, with the sources' own columns."""
        tables = [pq.read_table(source) if isinstance(source, Path) else source.table for source in self.order]
        left = [self.settled.left_of(number, 0, table) for number, table in enumerate(tables)]
        plain = [table.replace_schema_metadata(None) for table in (*left, self.settled.joined)]
        return pa.concat_tables(plain, promote_options="permissive")


def read_reports(  # noqa: PLR0913 - one argument per option of the command
    path: Path | str, kind: str | None = None, *, zone: str | None = None,
    regions: Path | str | Gazetteer | None = None, mapping: Path | str | None = None, dataset: str | None = None,
    version: str | None = None, agreement: Agreement | None = None,
) -> Reports:  # fmt: skip
    """Read a file of reports; bad rows are listed, good rows go on.

    Parameters
    ----------
    path : path
        CSV, GeoJSON, GeoPackage, Parquet or GeoParquet; UCDP GED and ACLED are understood as they come.
    kind : str, optional
        "ucdp", "acled", "csv", "geojson", "gpkg", "geoparquet" or "parquet", where the file does not show it.
    zone : str, optional
        The IANA time zone of bare dates.
    regions : path, optional
        GeoJSON with the polygons of districts, for reports that are exact to a district only.
    mapping : path, optional
        A mapping file that says which columns and words are meant.
    dataset, version : str, optional
        The name and the release of the data set, where the file does not say them.
    agreement : Agreement, optional
        Its zone and its areas stand in for `zone` and `regions`.

    Returns
    -------
    Reports
        `table` holds our columns and then the source's own; `rejected` and `warned` say what is wrong with which row.

    Raises
    ------
    EvidenceError
        If the file as a whole cannot be used.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> reports = tl.read_reports("examples/toy/reports.csv", dataset="toy", agreement=deal)
    >>> reports.counts["kept"], reports.counts["rejected"]
    (5, 0)
    """
    asked = Asked(kind, zone, regions, mapping, dataset, version)
    return _read(path, _opened(asked) if agreement is None else _for(agreement, asked))


def open_files(
    agreement: Agreement, paths: Sequence[str], asked: Asked, *, known_until_us: int | None = None
) -> ReportFiles:
    """Open files of reports for an agreement; ``-`` is CSV from the standard input.

    Parquet files that were written by ``truceline import`` are streamed, all others are read as a whole. Of rows
    with one id, those published before `known_until_us` are revisions of one report.

    Raises
    ------
    EvidenceError
        With the faults of every file that cannot be used.
    """
    whole = _for(agreement, asked)
    opened: list[Reports | Path] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            opened.append(Path(path) if _is_checked(path) else _read(path, whole))
        except EvidenceError as error:
            faults.extend(error.faults)
    if faults:
        raise EvidenceError(faults)
    regions = whole.regions.regions if isinstance(whole.regions, Gazetteer) else Regions.empty()
    for one in opened:
        regions = _apart(regions, joined(regions, one.regions)) if isinstance(one, Reports) else regions
    return ReportFiles(tuple(paths), tuple(opened), regions, _settled(opened, known_until_us))


def import_reports(path: Path | str, asked: Asked, out: Path | str) -> Reports:
    """Read a file of reports and write it as checked Parquet, which later runs stream; the refused rows beside it."""
    read = _read(path, _opened(asked))
    report_files.write_reports(read, out)
    return read


def _opened(asked: Asked) -> Asked:
    """Read the file of districts, if one is named."""
    return replace(asked, regions=read_regions(asked.regions)) if isinstance(asked.regions, Path | str) else asked


def _for(agreement: Agreement, asked: Asked) -> Asked:
    """Fill in what the agreement knows."""
    known = asked.regions if isinstance(asked.regions, Gazetteer) else regions_for(agreement, asked.regions)
    zone = asked.zone
    if zone is None and asked.mapping is None:
        zone = agreement.document.agreement.zone
    return Asked(asked.kind, zone, known, asked.mapping, asked.dataset, asked.version)


def _read(path: Path | str, asked: Asked) -> Reports:
    if str(path) == "-":
        return _from_pipe(asked)
    read = report_files.read_reports(
        path, asked.kind, zone=asked.zone, regions=asked.regions, mapping=asked.mapping, dataset=asked.dataset,
        version=asked.version,
    )  # fmt: skip
    parts = {field.name: getattr(read, field.name) for field in fields(read)}
    known = asked.regions.regions if isinstance(asked.regions, Gazetteer) else Regions.empty()
    return Reports(**{**parts, "regions": _apart(known, read.regions)})


def _apart(known: Regions, every: Regions) -> Regions:
    """Name no file where polygons of reports stand beside known districts: the two do not share their borders."""
    return replace(every, source="") if known.ids and set(every.ids) - set(known.ids) else every


def _from_pipe(asked: Asked) -> Reports:
    """Read the standard input by way of a temporary file, which is named nowhere."""
    with tempfile.TemporaryDirectory(prefix="truceline-") as folder:
        path = Path(folder) / "stdin.csv"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            read = _read(path, asked)
        except EvidenceError as error:
            told = [
                Fault(fault.at.replace(str(path), STANDARD_INPUT), fault.code, fault.what, fault.remedy)
                for fault in error
            ]
            raise EvidenceError(told) from None
    parts = {field.name: getattr(read, field.name) for field in fields(read)}
    return Reports(**{**parts, "name": STANDARD_INPUT})


def _short(name: str) -> str:
    """Name a file by its way from here, where that does not lead up.

    >>> _short(f"{Path.cwd()}/examples/a.csv"), _short("standard input")
    ('examples/a.csv', 'standard input')
    """
    here = f"{Path.cwd()}/"
    return name.removeprefix(here)


def _is_checked(path: str) -> bool:
    """Say whether a file is Parquet that was written by `write_reports`."""
    there = os.path.isfile(path)  # noqa: PTH113 - unlike Path.is_file it raises nothing where we may not look
    return path.endswith((".parquet", ".pq")) and there and report_files.is_checked(path)


def _settled(opened: Sequence[Reports | Path], known_until_us: int | None) -> Settled:
    """Compare the ids of all files; a single file that has no id twice needs no look."""
    said: list[dict[str, Any]] = [
        report_files.said_of(one) if isinstance(one, Path) else {"counts": one.counts, "numbered": one.numbered}
        for one in opened
    ]
    if len(said) == 1 and "TL-R207" not in said[0].get("counts", {"TL-R207": 1}):
        return Settled()
    sources = [Source(one if isinstance(one, Path) else one.table, about.get("numbered", False))
               for one, about in zip(opened, said, strict=True)]  # fmt: skip
    return settle(sources, known_until_us)
