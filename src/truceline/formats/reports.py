"""Any file of reports -> one table of reports, its rejects and its doubts; and back to disk."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.evidence.columns import NAMES
from truceline.formats import acled, ucdp
from truceline.formats.atomic import written
from truceline.formats.csv_file import cells_of_first_line, read_bytes, read_csv, text_of
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer, read_regions
from truceline.formats.geojson import read_geojson
from truceline.formats.geopackage import read_geopackage
from truceline.formats.geoparquet import GEO, read_geoparquet
from truceline.formats.mapping_file import AS_IS, Mapped, read_mapping
from truceline.formats.parquet_file import opened_parquet, parquet_rows
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import WARNED, refuse, why
from truceline.formats.result import ReportsRead
from truceline.formats.tables import tables_of

__all__ = [
    "KINDS",
    "is_checked",
    "kind_of",
    "read_reports",
    "report_batches",
    "said_of",
    "write_rejects",
    "write_reports",
]

KINDS: Final = ("parquet", "ucdp", "acled", "csv", "geojson", "gpkg", "geoparquet")
MARK: Final = b"truceline"
LEFT_OUT, LOADED = "left out", "loaded with a doubt"


def read_reports(
    path: Path | str,
    kind: str | None = None,
    *,
    zone: str | None = None,
    regions: Gazetteer | Path | str | None = None,
    mapping: Mapped | Path | str | None = None,
    dataset: str | None = None,
    version: str | None = None,
) -> ReportsRead:
    """Read a file of reports.

    Parameters
    ----------
    path : path
        CSV, TSV, GeoJSON (each may be packed as .gz), GeoPackage, Parquet or GeoParquet.
    kind : str, optional
        One of `KINDS`; guessed from the name and the columns if not given.
    zone : str, optional
        IANA time zone of bare dates; goes before that of the mapping file.
    regions : Gazetteer or path, optional
        Polygons for places that are only exact to a district or a country.
    mapping : Mapped or path, optional
        How the file's columns and words become ours.
    dataset : str, optional
        The name of the data set, where the file does not say it.
    version : str, optional
        The release of a known data set, such as "23.1".

    Returns
    -------
    ReportsRead
        The usable rows as a table, what was rejected and why, what is doubtful, and counts.

    Raises
    ------
    EvidenceError
        TL-R001 to TL-R013, if the file as a whole cannot be used.
    """
    where = Path(path)
    how = mapping if isinstance(mapping, Mapped) else read_mapping(mapping) if mapping else AS_IS
    known = regions if isinstance(regions, Gazetteer) else read_regions(regions) if regions else NO_REGIONS
    asked = Asked(zone or how.zone, known, how, dataset)
    if where.suffix.lower() == ".gpkg" or kind == "gpkg":
        return read_geopackage(where, asked)
    data = read_bytes(where)
    chosen = kind or kind_of(data, str(where))
    if chosen not in KINDS:
        raise refuse("TL-R002", str(where), f"'{chosen}'")
    try:
        return _read(data, str(where), chosen, asked, version)
    except (pa.ArrowException, UnicodeDecodeError) as error:  # such as a map where a number belongs, or broken text
        raise refuse("TL-R001", str(where), why(error)) from error


def kind_of(data: bytes, name: str) -> str:
    r"""Guess the kind of a file from its first bytes and its columns.

    >>> kind_of(b"report,from,lon,lat,radius_m\n", "patrols.csv"), kind_of(b'{"type": "FeatureCollection"}', "a")
    ('csv', 'geojson')
    """
    if data.startswith(b"PAR1"):
        schema = opened_parquet(data, name).schema_arrow
        own = set(NAMES) <= set(schema.names)
        other = "geoparquet" if GEO in (schema.metadata or {}) else _kind_of_columns(schema.names)
        return "parquet" if own or other is None else other
    text, _ = text_of(data, name)
    if text.lstrip()[:1] in {b"{", b"["}:
        return "geojson"
    columns, _ = cells_of_first_line(text)
    return "ucdp" if ucdp.is_headless(columns) else _kind_of_columns(columns) or "csv"


def report_batches(
    path: Path | str, *, columns: Sequence[str] | None = None, rows: int = 2**16, coded: Sequence[str] = ()
) -> Iterator[pa.RecordBatch]:
    """Stream a Parquet file that `write_reports` wrote; memory follows the batch, not the file.

    Parameters
    ----------
    columns : sequence of str, optional
        Only these.
    rows : int
        At most so many per batch.
    coded : sequence of str
        Columns whose words are read as places in a dictionary.

    Raises
    ------
    EvidenceError
        TL-R001 if it is no Parquet file; TL-R005 if `write_reports` did not write it: then nobody
        has checked its cells, and `read_reports` has to.
    """
    try:
        with pq.ParquetFile(path, read_dictionary=list(coded)) as file:
            schema = file.schema_arrow
            if MARK not in (schema.metadata or {}) or not set(NAMES) <= set(schema.names):
                raise refuse("TL-R005", str(path), "its cells were never checked", "read it with read_reports first")
            yield from file.iter_batches(batch_size=rows, columns=list(columns) if columns else None)
    except (OSError, pa.ArrowException) as error:
        raise refuse("TL-R001", str(path), why(error)) from error


def write_reports(read: ReportsRead, path: Path | str) -> tuple[Path, ...]:
    """Write the table as Parquet, and what was left out or doubted beside it as ``<path>.rejects.csv``.

    Each file is written wholly or not at all. The metadata of the table say of which data set and file it is, count
    what was found, and say if the rows are called by their number only.

    Returns
    -------
    tuple of Path
        The files written: the second only if a row was left out or doubted.
    """
    goal = Path(path)
    about = {"file": Path(read.name).name, "kind": read.kind, "dataset": read.dataset, "counts": dict(read.counts),
             "numbered": read.numbered}  # fmt: skip
    told = {**(read.table.schema.metadata or {}), MARK: json.dumps(about, ensure_ascii=False).encode()}
    with written(goal) as file:
        pq.write_table(read.table.replace_schema_metadata(told), file, compression="zstd", row_group_size=2**17)
    if not len(read.rejected) and not len(read.warned):
        return (goal,)
    rejects = goal.with_name(f"{goal.name}.rejects.csv")
    write_rejects([read.rejected, read.warned], rejects)
    return goal, rejects


def is_checked(path: Path | str) -> bool:
    """Say whether a file is Parquet that `write_reports` wrote."""
    try:
        return MARK in (pq.read_schema(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def said_of(path: Path | str) -> dict[str, Any]:
    """Read what `write_reports` wrote into the metadata of a file: file, kind, dataset, counts, numbered."""
    return dict(json.loads(pq.read_schema(path).metadata[MARK]))


def write_rejects(notes: Iterable[pa.Table], path: Path | str) -> None:
    """Write tables of notes as CSV, by row: what became of the row, code, reason, remedy, the cell, and the record.

    Cell and record are JSON, so that no cell begins like a formula of a spreadsheet. The record of a row that was
    loaded stands in the table and is not written again.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["row", "fate", "column", "code", "reason", "remedy", "value", "original"])
    for note in sorted((note for table in notes for note in table.to_pylist()), key=lambda note: note["row"]):
        value = "" if note["value"] is None else json.dumps(note["value"], ensure_ascii=False)
        fate = LOADED if note["code"].startswith(WARNED) else LEFT_OUT
        words = (note["row"], fate, note["column"], note["code"], note["what"], note["remedy"])
        writer.writerow([*words, value, note.get("original") or ""])
    with written(path) as file:
        file.write(text.getvalue().encode())


def _read(data: bytes, name: str, kind: str, asked: Asked, version: str | None) -> ReportsRead:
    if kind in {"ucdp", "acled"}:
        module = ucdp if kind == "ucdp" else acled
        own = tables_of(module.DATASET, precision=asked.mapping.precision, acts=asked.mapping.acts)
        read = ucdp.read_ucdp if kind == "ucdp" else acled.read_acled
        return read(
            data, name=name, zone=asked.zone, regions=asked.regions, version=version, date_order=asked.order, tables=own
        )
    if kind == "geojson":
        return read_geojson(data, name, asked)
    if kind == "csv":
        return read_plain(name, kind, read_csv(data, name), asked)
    file = parquet_rows(data, name)
    return read_geoparquet(file.table, name, asked) if kind == "geoparquet" else read_plain(name, kind, file, asked)


def _kind_of_columns(columns: Sequence[str]) -> str | None:
    present = {column.strip() for column in columns}
    if present >= set(ucdp.NEEDED):
        return "ucdp"
    return "acled" if present >= set(acled.NEEDED) else None
