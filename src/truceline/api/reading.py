"""Files of reports, read as an agreement wants them: its time zone, its districts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.api.districts import regions_for
from truceline.api.ledger_named import is_ledger, reports_at
from truceline.api.taking import STANDARD_INPUT, Asked, Opened, Reports, apart, opened, read_file, taken_in
from truceline.engines.coding import NEEDED, WORDS_CODED
from truceline.errors import EvidenceError, Fault
from truceline.evidence.extent import Choice
from truceline.evidence.regions import Regions
from truceline.evidence.toponyms import Toponyms
from truceline.formats import reports as report_files
from truceline.formats.arrow_file import ENDINGS, write_arrow
from truceline.formats.atomic import written
from truceline.formats.checked import checked_rows, checked_table, report_batches, said_of
from truceline.formats.folders import files_of
from truceline.formats.gazetteer import Gazetteer, joined, read_regions
from truceline.formats.notes_file import write_rejects
from truceline.formats.parts import Seen
from truceline.formats.place_names import read_place_names
from truceline.formats.revisions import Settled, Source, settle
from truceline.formats.spooled import Spooled
from truceline.formats.worded_places import PlaceAs
from truceline.terms.agreement import Agreement

__all__ = [
    "STANDARD_INPUT",
    "Asked",
    "Opened",
    "ReportFiles",
    "Reports",
    "import_reports",
    "open_files",
    "read_reports",
    "regions_for",
    "streamed",
    "whole_table",
]

_BATCH = 2**16


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Files of reports, open: read as a whole, or in parts, or checked files (a path) to be streamed.

    `settled` says which rows are judged where several have one id (`formats.revisions`).
    """

    paths: tuple[str, ...]
    order: tuple[Opened, ...]
    regions: Regions
    settled: Settled = field(default_factory=Settled)

    @property
    def reads(self) -> tuple[Reports, ...]:
        """What was read as a whole."""
        return tuple(source for source in self.order if isinstance(source, Reports))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, as messages call them: from where the user stands, if that is shorter."""
        return tuple(_short(str(source) if isinstance(source, Path) else source.name) for source in self.order)

    @property
    def rows(self) -> tuple[int, ...]:
        """How many reports each file holds."""
        return tuple(
            len(source.table) if isinstance(source, Reports) else checked_rows(streamed(source))
            for source in self.order
        )

    def batches(
        self, rows: int = _BATCH, *, columns: Sequence[str] = NEEDED, choose: Choice | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Go through the reports that are judged, at most so many rows at a time.

        They come in the order of the files; last, one row for each report whose newest revision nobody knows.

        Parameters
        ----------
        rows : int
        columns : sequence of str
            Only these.
        choose : callable, optional
            Says of each row group of a streamed file what has to be read of it.
        """
        for number, source in enumerate(self.order):
            at = 0
            if isinstance(source, Reports):
                found = iter(source.table.select(columns).to_batches(max_chunksize=rows))
            else:
                path = streamed(source)
                found = report_batches(path, columns=columns, rows=rows, coded=WORDS_CODED, choose=choose)
            for batch in found:
                yield self.settled.left_of(number, at, batch)
                at += batch.num_rows
        yield from self.settled.joined.select(columns).to_batches(max_chunksize=rows)

    def table(self) -> pa.Table:
        """Give all reports that are judged at once, with the sources' own columns."""
        tables = [whole_table(source) for source in self.order]
        left = [self.settled.left_of(number, 0, table) for number, table in enumerate(tables)]
        plain = [table.replace_schema_metadata(None) for table in (*left, self.settled.joined)]
        return pa.concat_tables(plain, promote_options="permissive")


def streamed(source: Spooled | Path) -> Path:
    """Give the checked file that is streamed."""
    return source if isinstance(source, Path) else source.path


def whole_table(source: Opened) -> pa.Table:
    """Give all rows of a file at once."""
    return source.table if isinstance(source, Reports) else checked_table(streamed(source))


def read_reports(  # noqa: PLR0913 - one argument per option of the command
    path: Path | str, kind: str | None = None, *, zone: str | None = None,
    regions: Path | str | Gazetteer | None = None, mapping: Path | str | None = None, dataset: str | None = None,
    version: str | None = None, agreement: Agreement | None = None, places: Path | str | Toponyms | None = None,
    place_as: PlaceAs | None = None,
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
    places : path, optional
        A gazetteer, for places that are told only in words ("3km NW of X"); docs/howto/places-in-words.md.
    place_as : {"disc", "region"}, optional
        As what such a place is written; as the mapping file says, or a disc, by default.

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
    asked = Asked(kind, zone, regions, mapping, dataset, version, places, place_as)
    return read_file(path, _opened(asked) if agreement is None else _for(agreement, asked))


def open_files(
    agreement: Agreement | None, paths: Sequence[str], asked: Asked, *, known_until_us: int | None = None,
    seen: Seen = lambda _: None,
) -> ReportFiles:  # fmt: skip
    """Open files of reports, for an agreement or for none; ``-`` is the standard input, a folder is all its files.

    The folder of a ledger stands for the reports in it, as they stood before `known_until_us`.

    Files that were written by ``truceline import`` are streamed; large ones are read in parts (`formats.parts`), all
    others as a whole. Of rows with one id, those published before `known_until_us` are revisions of one report.

    Parameters
    ----------
    agreement, asked
    paths : sequence of str
    known_until_us : int, optional
    seen : callable
        Is told what share of a large file was taken in, from 0 to 1.

    Raises
    ------
    EvidenceError
        With the faults of every file that cannot be used.
    """
    whole = _opened(asked) if agreement is None else _for(agreement, asked)
    found: list[Opened] = []
    files, faults = _listed(paths)
    for file in files:
        try:
            found.append(reports_at(file, known_until_us) if is_ledger(file) else opened(file, whole, seen))
        except EvidenceError as error:
            faults.extend(error.faults)
    if faults:
        raise EvidenceError(faults)
    regions = whole.regions.regions if isinstance(whole.regions, Gazetteer) else Regions.empty()
    for one in found:
        if isinstance(one, Reports) or (isinstance(one, Spooled) and one.kind == "ledger"):
            regions = apart(regions, joined(regions, one.regions))
    return ReportFiles(tuple(files), tuple(found), regions, _settled(found, known_until_us))


def import_reports(
    path: Path | str, asked: Asked, out: Path | str, *, seen: Seen = lambda _: None
) -> Reports | Spooled:  # fmt: skip
    """Read a file of reports and write it as a checked file, which later runs stream; the refused rows beside it.

    A name that ends in .arrow, .ipc or .feather is written as Arrow IPC, any other as Parquet. `seen` is told what
    share of a large file was taken in.
    """
    read = taken_in(path, replace(_opened(asked), place_as="disc"), seen)  # a checked file carries no polygons
    if isinstance(read, Reports):
        report_files.write_reports(read, out)
        return read
    goal = Path(out)
    with written(goal) as file:
        if goal.suffix.lower() in ENDINGS:
            schema = pq.read_schema(read.path).with_metadata(pq.read_metadata(read.path).metadata)
            write_arrow(schema, report_batches(read.path), file)
        else:
            with read.path.open("rb") as rows:
                shutil.copyfileobj(rows, file)
    if read.noted:
        write_rejects([read.notes], goal.with_name(f"{goal.name}.rejects.csv"))
    return read


def _opened(asked: Asked) -> Asked:
    """Read the file of districts and the gazetteer, if they are named."""
    regions = read_regions(asked.regions) if isinstance(asked.regions, Path | str) else asked.regions
    places = read_place_names(asked.places) if isinstance(asked.places, Path | str) else asked.places
    return replace(asked, regions=regions, places=places)


def _for(agreement: Agreement, asked: Asked) -> Asked:
    """Fill in what the agreement knows."""
    known = asked.regions if isinstance(asked.regions, Gazetteer) else regions_for(agreement, asked.regions)
    zone = asked.zone
    if zone is None and asked.mapping is None:
        zone = agreement.document.agreement.zone
    return replace(_opened(replace(asked, regions=known)), zone=zone)


def _short(name: str) -> str:
    """Name a file by its way from here, where that does not lead up.

    >>> _short(f"{Path.cwd()}/examples/a.csv"), _short("standard input")
    ('examples/a.csv', 'standard input')
    """
    here = f"{Path.cwd()}/"
    return name.removeprefix(here)


def _listed(paths: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """List the files, those in folders too, and what is wrong with the folders."""
    files: list[str] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            files.extend([path] if is_ledger(path) else files_of([path]))
        except EvidenceError as error:
            faults.extend(error.faults)
    return files, faults


def _settled(found: Sequence[Opened], known_until_us: int | None) -> Settled:
    """Compare the ids of all files; a single file that has no id twice needs no look."""
    said = [_said(one) for one in found]
    known = (
        said[0].get("counts", {"TL-R207": 1}) if len(said) == 1 and said[0].get("compared", True) else {"TL-R207": 1}
    )
    if "TL-R207" not in known:
        return Settled()
    sources = [Source(one.table if isinstance(one, Reports) else streamed(one), about.get("numbered", False))
               for one, about in zip(found, said, strict=True)]  # fmt: skip
    return settle(sources, known_until_us)


def _said(source: Opened) -> dict[str, Any]:
    """Tell what is known of the ids of a file; one that was read in parts says so itself."""
    if isinstance(source, Reports):
        return {"counts": source.counts, "numbered": source.numbered}
    return said_of(streamed(source))
