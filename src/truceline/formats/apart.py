"""Files of reports from people whom nobody knows: what large libraries have to read is read in a process apart.

Text is read here, strictly; Parquet, Arrow IPC and GeoPackage in a child process (`sandbox`), which hands its tables
over as Arrow IPC, uncompressed. They are looked through before they are used: their columns are ours, and every batch
lies within its bounds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pyarrow as pa

from truceline.errors import Fault
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.arrow_file import arrow_batches, arrow_schema, is_arrow, write_arrow
from truceline.formats.csv_parts import head_of
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.rejects import NOTE_SCHEMA, refuse, why
from truceline.formats.reports import read_reports
from truceline.formats.result import ReportsRead
from truceline.formats.sandbox import Limits, in_child
from truceline.formats.worded_places import PlaceAs

__all__ = ["needs_child", "read_apart", "read_into"]

_BINARY: Final = ("parquet", "arrow", "gpkg", "geoparquet")
_SIGNS: Final = (b"PAR1", b"SQLite format 3")
_WORDS: Final = pa.list_(pa.string())
_REGIONS: Final = pa.schema(
    [("id", pa.string()), ("error", pa.float64()), ("names", _WORDS), ("level", pa.string()),
     ("polygons", pa.list_(pa.list_(pa.list_(pa.float64()))))]
)  # fmt: skip
"""A ring is lon, lat, lon, lat, and so on."""
_NOTES: Final = NOTE_SCHEMA.append(pa.field("original", pa.string()))


def needs_child(path: Path | str, kind: str | None = None) -> bool:
    """Say if a file, by its first bytes or as it is to be read, is one for large libraries.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be opened.

    Examples
    --------
    >>> needs_child("examples/toy/reports.csv"), needs_child("tests/data/reports/ucdp_41_columns.parquet")
    (False, True)
    """
    head = head_of(Path(path), 64)
    return kind in _BINARY or head.startswith(_SIGNS) or is_arrow(head)


def read_apart(  # noqa: PLR0913 - one argument per option of the command
    path: Path | str, kind: str | None = None, *, zone: str | None = None,
    regions: Gazetteer | Path | str | None = None, mapping: Path | str | None = None, dataset: str | None = None,
    version: str | None = None, limits: Limits | None = None, places: Path | str | None = None,
    place_as: PlaceAs | None = None,
) -> ReportsRead:  # fmt: skip
    """Read a file of reports that a stranger may have made: as `reports.read_reports`, and within `limits`.

    Parameters
    ----------
    path, kind, zone, regions, mapping, dataset, version, places, place_as
        As in `reports.read_reports`; the mapping and the gazetteer are named as files.
    limits : Limits, optional
        Of the child process, if the file needs one (`needs_child`).

    Raises
    ------
    EvidenceError
        As `read_reports`; and TL-R601 to TL-R604, if it breaks the process in which it is read.

    Examples
    --------
    >>> read_apart("tests/data/reports/ucdp_41_columns.parquet").counts["kept"]
    33
    """
    words: dict[str, Any] = {"kind": kind, "zone": zone, "dataset": dataset, "version": version, "place_as": place_as,
             "places": None if places is None else str(places)}  # fmt: skip
    if not needs_child(path, kind):
        return read_reports(path, regions=regions, mapping=mapping, **words)
    with TemporaryDirectory(prefix="truceline-") as folder:
        if isinstance(regions, Gazetteer):
            _write_regions(regions, Path(folder) / "known.arrow")
        order = {
            "path": str(path), "folder": folder, "words": words, "mapping": mapping and str(mapping),
            "regions": None if isinstance(regions, Gazetteer) or regions is None else str(regions),
        }  # fmt: skip
        in_child(read_into, order, str(path), limits)
        return _read_back(Path(folder), str(path))


def read_into(path: str, folder: str, words: Mapping[str, Any], mapping: str | None, regions: str | None) -> None:
    """Read a file of reports, and put what was read into a folder; done in the child.

    Raises
    ------
    EvidenceError
        As `reports.read_reports`.
    """
    goal, known = Path(folder), Path(folder) / "known.arrow"
    asked = _regions_in(known) if known.exists() else regions
    read = read_reports(path, regions=asked, mapping=mapping, **words)
    for name, table in (("table", read.table), ("rejected", read.rejected), ("warned", read.warned)):
        _write(table, goal / f"{name}.arrow")
    _write(pa.table({"number": read.numbers}), goal / "numbers.arrow")
    _write_regions(Gazetteer(read.regions), goal / "regions.arrow")
    told = {
        "remarks": [[one.at, one.code, one.what, one.remedy] for one in read.remarks], "counts": dict(read.counts),
        "name": read.name, "kind": read.kind, "dataset": read.dataset,
    }  # fmt: skip
    (goal / "told.json").write_text(json.dumps(told), encoding="utf-8")


def _read_back(folder: Path, at: str) -> ReportsRead:
    """Take what the child has written, once it is seen to be what `read_into` writes."""
    try:
        table, rejected, warned, numbers = (
            _table(folder / f"{name}.arrow") for name in ("table", "rejected", "warned", "numbers")
        )
        told = json.loads((folder / "told.json").read_bytes())
        regions = _regions_in(folder / "regions.arrow").regions
        read = _put_together(table, rejected, warned, numbers, told, regions)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, pa.ArrowException) as error:
        raise refuse("TL-R604", at, why(error)) from error
    return read


def _put_together(
    table: pa.Table, rejected: pa.Table, warned: pa.Table, numbers: pa.Table, told: Mapping[str, Any], regions: Regions
) -> ReportsRead:
    rows = np.asarray(numbers["number"], dtype=np.int64)
    ours = pa.schema(list(table.schema)[: len(REPORT_SCHEMA)])
    if not (ours.equals(REPORT_SCHEMA) and rejected.schema.equals(_NOTES) and warned.schema.equals(NOTE_SCHEMA)):
        msg = "other columns than were asked for"
        raise ValueError(msg)
    if len(rows) != len(table):
        msg = "other rows than were counted"
        raise ValueError(msg)
    counts = {str(name): int(count) for name, count in told["counts"].items()}
    remarks = tuple(Fault(*map(str, one)) for one in told["remarks"])
    dataset = None if told["dataset"] is None else str(told["dataset"])
    name, kind = str(told["name"]), str(told["kind"])
    return ReportsRead(table, rejected, warned, remarks, counts, name, kind, dataset, regions, rows)


def _write(table: pa.Table, path: Path) -> None:
    with path.open("wb") as file:
        write_arrow(table.schema, table.to_batches(), file)


def _table(path: Path) -> pa.Table:
    """Read a table, every batch looked through; the file may go, what is mapped of it stays."""
    return pa.Table.from_batches(arrow_batches(path), arrow_schema(path))


def _write_regions(known: Gazetteer, path: Path) -> None:
    count = len(known)
    rings = [
        [[np.asarray(ring, dtype=np.float64).ravel() for ring in polygon] for polygon in region]
        for region in known.regions.polygons
    ]
    columns = [
        list(known.regions.ids), list(known.regions.uncertainties),
        [list(names) for names in known.names] or [[]] * count, list(known.levels) or [""] * count, rings,
    ]  # fmt: skip
    arrays = [pa.array(column, field.type) for column, field in zip(columns, _REGIONS, strict=True)]
    about = {b"source": known.regions.source.encode()}
    _write(pa.table(arrays, schema=_REGIONS.with_metadata(about)), path)


def _regions_in(path: Path) -> Gazetteer:
    table = _table(path)
    if not table.schema.equals(_REGIONS):
        msg = "other columns than were asked for"
        raise ValueError(msg)
    rows = table.to_pydict()
    polygons = tuple(
        tuple(tuple(np.array(ring, dtype=np.float64).reshape(-1, 2) for ring in polygon) for polygon in region)
        for region in rows["polygons"]
    )
    source = (table.schema.metadata or {}).get(b"source", b"").decode()
    regions = Regions(tuple(rows["id"]), polygons, tuple(rows["error"]), source)
    return Gazetteer(regions, tuple(map(tuple, rows["names"])), tuple(rows["level"]))
